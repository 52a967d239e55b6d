import ParallelWork

/// A value of a column and how many rows have it.
public struct DistinctValue: Hashable, Sendable {
  /// A number or a text, never missing.
  public let value: Cell
  public let count: Int

  public init(value: Cell, count: Int) {
    self.value = value
    self.count = count
  }
}

/// The distinct values of a column: numbers ascending, texts by first appearance.
public struct DistinctValues: Hashable, Sendable {
  public let values: [DistinctValue]

  /// False when the column has more distinct values than were asked for; `values` then holds
  /// the first ones met, and their counts stop where the search did.
  public let isComplete: Bool

  public init(_ values: [DistinctValue], isComplete: Bool) {
    (self.values, self.isComplete) = (values, isComplete)
  }
}

extension Column {
  /// The distinct values with their counts, giving up beyond `limit` of them; missing cells are
  /// left out, and -0 counts as 0.
  ///
  /// O(rows) for few distinct values.
  public func distinctValues(atMost limit: Int = .max) -> DistinctValues {
    switch values {
    case .numbers(let numbers): numbers.distinctValues(atMost: limit)
    case .texts(let texts): texts.distinctValues(atMost: limit)
    }
  }
}

extension NumberValues {
  fileprivate func distinctValues(atMost limit: Int) -> DistinctValues {
    let found = counts(ofEachAtMost: limit)
    let ascending = found.counts.sorted { $0.key < $1.key }
    return DistinctValues(
      ascending.map { DistinctValue(value: .number($0.key + 0), count: $0.value) },
      isComplete: found.isComplete)
  }

  private func counts(ofEachAtMost limit: Int) -> Counts {
    let parts = Workers.results(ofRows: count) { [values] in
      Self.counts(of: values[$0], atMost: limit)
    }
    guard parts.allSatisfy(\.isComplete) else { return Self.counts(of: values[...], atMost: limit) }
    let all = parts.reduce(into: [:]) { $0.merge($1.counts, uniquingKeysWith: +) }
    if all.count <= limit { return (all, true) }
    return Self.counts(of: values[...], atMost: limit)
  }

  private typealias Counts = (counts: [Double: Int], isComplete: Bool)

  private static func counts(of values: ArraySlice<Double>, atMost limit: Int) -> Counts {
    var counts: [Double: Int] = [:]
    // Columns asked about their values mostly have long runs or two values: hash only on change.
    var current = Double.nan
    var run = 0
    for value in values where !value.isNaN {
      if value == current {
        run += 1
        continue
      }
      if run > 0 { counts[current, default: 0] += run }
      if counts.count >= limit, counts[value] == nil { return (counts, false) }
      current = value
      run = 1
    }
    if run > 0 { counts[current, default: 0] += run }
    return (counts, true)
  }
}

extension TextValues {
  fileprivate func distinctValues(atMost limit: Int) -> DistinctValues {
    var counts = [Int](repeating: 0, count: levels.count)
    for code in codes where code != Self.missingCode { counts[Int(code)] += 1 }
    let values = zip(levels, counts).prefix(max(0, limit)).map {
      DistinctValue(value: .text($0), count: $1)
    }
    return DistinctValues(values, isComplete: levels.count <= limit)
  }
}
