import Algorithms
import CKernels
import ParallelWork

/// Passes over rows in memory that look at some of the scores.
extension Scores {
  /// The rows with scores within intervals that are disjoint, the highest first.
  func rows(
    within extents: [ClosedRange<Double>], _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Int] {
    try RowPass.run(0..<count, isCancelled, from: [Int]()) { [values] found, rows in
      RowPass.forEachRow(in: values, rows, within: extents) { row, _ in found.append(row) }
    } join: {
      $0 += $1
    }
  }

  /// How many rows of each class the buckets of parts hold.
  func counted(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(Cancelled) -> [BucketCounts] {
    let starts = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + 2 * $1.count) }
    let sum = weightSum
    let extents = parts.map(\.extent)
    let empty = [WeightSum.Units](repeating: .zero, count: starts[parts.count])
    let table = try RowPass.run(0..<count, isCancelled, from: empty) {
      [values, labels, weights] table, rows in
      table.withUnsafeMutableBufferPointer { table in
        RowPass.forEachRow(in: values, rows, within: extents) { row, part in
          let bucket = parts[part].bucket(of: values[row])
          let slot = starts[part] + 2 * bucket + (labels[row] ? 1 : 0)
          if let sum, let weights {
            table[slot] += sum.units(weights[row])
          } else {
            table[slot].increment()
          }
        }
      }
    } join: { sums, table in
      for slot in sums.indices { sums[slot] += table[slot] }
    }
    let totals = try sum.map { _ throws(Cancelled) in
      try self.counts(in: ScoreBuckets(extent), isCancelled: isCancelled).weighed?.totals
    }
    return zip(parts, starts).map { part, start in
      let units = Array(table[start..<start + 2 * part.count])
      guard let sum else { return BucketCounts(part, units) }
      return BucketCounts(part, units, sum, totals: totals ?? nil, isCounted: isCounted)
    }
  }
}

extension BucketCounts {
  /// - Parameter rows: Numbers of negatives and positives of each bucket, one after the other.
  fileprivate init(_ buckets: ScoreBuckets, _ rows: [WeightSum.Units]) {
    self.init(buckets)
    for bucket in 0..<buckets.count {
      negatives[bucket] = rows[2 * bucket].nearest
      positives[bucket] = rows[2 * bucket + 1].nearest
    }
  }
}

extension [ClosedRange<Double>] {
  /// Which of disjoint intervals, the highest first, a score is in; `nil` for none.
  ///
  /// - Complexity: O(log intervals).
  @inline(__always)
  public func place(of score: Double) -> Int? {
    let place = partitioningIndex { $0.lowerBound <= score }
    return place < count && score <= self[place].upperBound ? place : nil
  }
}

extension Scores {
  /// The rows, or counts of rows, within intervals that are disjoint, the highest first.
  func within(_ extents: [ClosedRange<Double>]) -> Scores {
    let kept = values.indices.filter { extents.place(of: values[$0]) != nil }
    return Scores(
      unchecked: kept.map { values[$0] }, kept.map { labels[$0] },
      weights.map { weights in kept.map { weights[$0] } }, isCounted: isCounted)
  }
}

extension RowPass {
  /// Scores and labels of some rows as C has them.
  @inline(__always)
  static func withRows(
    _ values: [Double], _ labels: [Bool], _ rows: Range<Int>,
    _ body: (UnsafePointer<Double>?, UnsafePointer<UInt8>?) -> Void
  ) {
    values.withUnsafeBufferPointer { values in
      labels.withUnsafeBytes { labels in
        let bytes = labels.bindMemory(to: UInt8.self)
        body(
          values.baseAddress.map { $0 + rows.lowerBound },
          bytes.baseAddress.map { $0 + rows.lowerBound })
      }
    }
  }

  /// Calls `body` with every row whose score is within one of some intervals, and which it is.
  ///
  /// - Parameter extents: Disjoint, the highest first.
  static func forEachRow(
    in values: [Double], _ rows: Range<Int>, within extents: [ClosedRange<Double>],
    _ body: (_ row: Int, _ extent: Int) -> Void
  ) {
    guard let first = extents.first, let last = extents.last else { return }
    let found = [UInt32](unsafeUninitializedCapacity: rows.count) { found, count in
      count = values.withUnsafeBufferPointer { values in
        thr_rows_within(
          values.baseAddress.map { $0 + rows.lowerBound }, rows.count, last.lowerBound,
          first.upperBound, found.baseAddress)
      }
    }
    for offset in found {
      let row = rows.lowerBound + Int(offset)
      if let extent = extents.place(of: values[row]) { body(row, extent) }
    }
  }

  /// The least and the greatest of finite or infinite numbers, and how many are NaN.
  static func extent(of values: [Double]) -> (range: ClosedRange<Double>?, undefined: Int) {
    let empty = thr_score_extent(least: .infinity, greatest: -.infinity, undefined: 0)
    let extent = uncancelled(0..<values.count, from: Shared(empty)) { extent, rows in
      values.withUnsafeBufferPointer { values in
        thr_extend(
          values.baseAddress.map { $0 + rows.lowerBound }, rows.count, &extent.value)
      }
    } join: { whole, part in
      whole.value.least = min(whole.value.least, part.value.least)
      whole.value.greatest = max(whole.value.greatest, part.value.greatest)
      whole.value.undefined += part.value.undefined
    }.value
    // -0 is 0.
    let range = extent.least <= extent.greatest ? extent.least + 0...extent.greatest + 0 : nil
    return (range, extent.undefined)
  }

  /// How many labels are positive.
  static func positives(of labels: [Bool]) -> Int {
    uncancelled(0..<labels.count, from: 0) { positives, rows in
      labels.withUnsafeBytes { bytes in
        for byte in bytes[rows] { positives &+= Int(byte) }
      }
    } join: {
      $0 += $1
    }
  }

  /// A pass that is over before anyone could wish to stop it.
  static func uncancelled<Partial: Sendable>(
    _ rows: Range<Int>, from empty: Partial,
    _ body: @escaping @Sendable (inout Partial, Range<Int>) -> Void,
    join: (inout Partial, Partial) -> Void
  ) -> Partial {
    do { return try run(rows, { false }, from: empty, body, join: join) } catch { return empty }
  }

  /// Numbers of C that threads hand to each other.
  struct Shared<Value: BitwiseCopyable>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
  }
}
