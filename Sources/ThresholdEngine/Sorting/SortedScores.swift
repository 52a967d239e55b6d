import Algorithms
import ParallelWork

/// Rows sorted by score, strictest first, ready to be counted.
///
/// A row is one 64-bit key, score and label together. The sign bit of a score is free once scores
/// of either sign are kept apart: those of at least 0 first, by falling magnitude, then those
/// below 0, by rising magnitude; in both parts the key is (order of the magnitude) · 2 + label.
struct SortedScores: Sendable {
  let positives: Double
  let negatives: Double
  private let rows: Rows
  /// The weight of all rows, where what is not flagged is to be added up by itself.
  private var totals: WeightSum.Classes?

  private enum Rows: Sendable {
    case plain(SortedRows<UInt64>)
    case weighted(SortedRows<WeightedKey>, WeightSum)
  }

  /// - Complexity: O(*n*); 8 bytes a row are kept (16 where weighted), twice as many are needed
  ///   meanwhile.
  init(_ scores: Scores, isCancelled: () -> Bool) throws(Cancelled) {
    try self.init(scores, scores.weightSum, isCancelled)
    // Numbers of rows have exact differences.
    if !scores.isCounted, case .weighted(_, let sum) = rows { totals = scores.totals(in: sum) }
  }

  /// Some of the rows that belong to the classes.
  ///
  /// - Parameter sum: How the weights of all of them add up; `nil` where that is not known.
  init(part scores: Scores, _ sum: WeightSum?, isCancelled: () -> Bool) throws(Cancelled) {
    try self.init(scores, scores.weights == nil ? nil : sum ?? scores.weightSum, isCancelled)
  }

  private init(
    _ scores: Scores, _ sum: WeightSum?, _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    (positives, negatives) = scores.classTotals
    if let sum {
      rows = .weighted(try SortedRows(scores, isCancelled), sum)
    } else {
      rows = .plain(try SortedRows(scores, isCancelled))
    }
  }
}

/// A key that carries the weight of its row.
struct WeightedKey: RadixKeyed, Sendable {
  var radixKey: UInt64
  var weight: Double
}

// MARK: - Keys

/// What a key says.
enum ScoreKey {
  private static let greatestMagnitude: UInt64 = .max >> 1

  @inline(__always)
  static func key(_ score: Double, _ label: Bool) -> UInt64 {
    let magnitude = score.magnitude.bitPattern
    let order = score >= 0 ? greatestMagnitude &- magnitude : magnitude
    return order &<< 1 | (label ? 1 : 0)
  }

  /// The score that a key stands for; ±0 is 0.
  static func score(of key: UInt64, isAtLeastZero: Bool) -> Double {
    let order = key >> 1
    return Double(bitPattern: isAtLeastZero ? greatestMagnitude - order : order | 1 << 63)
  }
}

/// Sorted keys, in memory of their own.
struct SortedRows<Element: ScoredRowKey>: Sendable {
  let count: Int
  /// How many are of scores of at least 0.
  let atLeastZero: Int
  private let buffer: RowBuffer<Element>

  init(_ scores: Scores, _ isCancelled: () -> Bool) throws(Cancelled) {
    count = scores.count
    (atLeastZero, buffer) = try StopSignal.asking(isCancelled) { stop throws(Cancelled) in
      let sections = try RowSections(scores, stop)
      return (sections.countAtLeastZero, try sections.sorted(stop))
    }
  }

  @inline(__always)
  subscript(position: Int) -> Element { buffer.start[position] }

  func score(at position: Int) -> Double {
    ScoreKey.score(of: self[position].radixKey, isAtLeastZero: position < atLeastZero)
  }

  func decode(_ block: CandidateBlock, into column: UnsafeMutablePointer<Double>) {
    for place in 0..<block.count {
      column[place] = score(at: Int(truncatingIfNeeded: block.identities[place]))
    }
  }

  /// The position after the last row that has the score of a row.
  func endOfTie(from start: Int) -> Int {
    let last = part(of: start).last
    var end = start
    while end < last, self[end].radixKey ^ self[end + 1].radixKey <= 1 { end += 1 }
    return end + 1
  }

  /// How many rows score at least `threshold`.
  func count(atLeast threshold: Double) -> Int {
    (0..<count).partitioningIndex { score(at: $0) < threshold }
  }

  /// The rows of one sign that a position belongs to: where they are, and the last of them.
  func part(of position: Int) -> (rows: UnsafeMutablePointer<Element>, last: Int) {
    (buffer.start, position < atLeastZero ? atLeastZero - 1 : count - 1)
  }
}

// MARK: - Candidates

extension SortedScores: CandidateSource {
  typealias Failure = Cancelled

  /// All candidates as columns; `nil` where blocks are as fast, or rows have weights.
  func columns(_ isCancelled: () -> Bool) throws(Cancelled) -> SortedColumns? {
    guard case .plain(let rows) = rows, rows.count >= SortedColumns.leastRows else { return nil }
    return try SortedColumns(rows, isCancelled: isCancelled)
  }

  /// How many entries there are: rows, or counts of rows.
  var count: Int {
    switch rows {
    case .plain(let rows): rows.count
    case .weighted(let rows, _): rows.count
    }
  }

  /// The score at a position, the greatest first.
  func score(at position: Int) -> Double {
    switch rows {
    case .plain(let rows): rows.score(at: position)
    case .weighted(let rows, _): rows.score(at: position)
    }
  }

  func isPositive(at position: Int) -> Bool {
    switch rows {
    case .plain(let rows): rows[position] & 1 == 1
    case .weighted(let rows, _): rows[position].radixKey & 1 == 1
    }
  }

  /// The weight of a row, in the units of its sum; `nil` where all weigh the same.
  func units(at position: Int) -> WeightSum.Units? {
    guard case .weighted(let rows, let sum) = rows else { return nil }
    return sum.units(rows[position].weight)
  }

  /// The weight of an entry.
  func weight(at position: Int) -> Double {
    guard case .weighted(let rows, _) = rows else { return 1 }
    return rows[position].weight
  }

  /// How many rows the entry at a position stands for, where entries are counts.
  func rows(at position: Int) -> Int {
    guard case .weighted(let rows, _) = rows else { return 1 }
    return Int(rows[position].weight)
  }

  /// How many rows score at least `threshold`.
  func count(atLeast threshold: Double) -> Int {
    switch rows {
    case .plain(let rows): rows.count(atLeast: threshold)
    case .weighted(let rows, _): rows.count(atLeast: threshold)
    }
  }

  /// A candidate's identity is the position of its last row.
  func threshold(of identity: UInt64) -> Double { score(at: Int(identity)) }

  /// The thresholds of a whole block.
  func decodeThresholds(of block: CandidateBlock, into column: UnsafeMutablePointer<Double>) {
    switch rows {
    case .plain(let rows): rows.decode(block, into: column)
    case .weighted(let rows, _): rows.decode(block, into: column)
    }
  }

  var extent: ClosedRange<Double> { score(at: count - 1)...score(at: 0) }

  func plateau(of identity: UInt64?) -> Tuning.Plateau {
    guard let identity else { return Tuning.Plateau(lower: score(at: 0), upper: nil) }
    let next = Int(identity) + 1
    return Tuning.Plateau(
      lower: next < count ? score(at: next) : nil, upper: threshold(of: identity))
  }

  func confusion(atLeast threshold: Double) -> Confusion {
    switch rows {
    case .plain(let rows):
      let flagged = rows.count(atLeast: threshold)
      var hits: UInt64 = 0
      for position in 0..<flagged { hits &+= rows[position] & 1 }
      return Confusion(
        tp: Double(hits), fp: Double(flagged) - Double(hits), positives: positives,
        negatives: negatives)
    case .weighted(let rows, let sum):
      var flagged = WeightSum.Classes()
      for position in 0..<rows.count(atLeast: threshold) {
        let row = rows[position]
        flagged.add(sum.units(row.weight), isPositive: row.radixKey & 1 == 1)
      }
      return Confusion(
        tp: sum.weight(flagged.positives), fp: sum.weight(flagged.negatives),
        positives: positives, negatives: negatives,
        unflagged: totals.map { sum.unflagged($0 - flagged) })
    }
  }

  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Cancelled) {
    var cursor = SortedCursor(of: totals)
    while cursor.row < count {
      switch rows {
      case .plain(let rows): cursor.fill(rows)
      case .weighted(let rows, let sum): cursor.fill(rows, sum)
      }
      body(cursor.block)
      if isCancelled() { throw Cancelled() }
    }
  }
}
