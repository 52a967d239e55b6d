import ParallelWork

/// Candidates of some intervals of scores, strictest first, with the counts that the sorted sweep
/// has for them.
struct SurvivingCandidates {
  private(set) var thresholds: [Double] = []
  private var truePositives: [Double] = []
  private var falsePositives: [Double] = []
  /// What is not flagged, where rows have weights.
  private var unflagged: [ClassSums]?
  /// Whether no row is between a candidate and the one before.
  private var follows: [Bool] = []

  /// - Parameters:
  ///   - cells: Intervals whose rows were fetched, strictest first.
  ///   - rows: Their rows; `nil` where there are none.
  ///   - single: Cells of one score each.
  ///   - weighed: How weights of rows in memory add up.
  init(
    _ cells: [Cell], _ rows: Scores?, single: [Cell], _ weighed: WeighedBuckets?,
    isCancelled: () -> Bool
  ) throws(Cancelled) {
    let sorted = try rows.map { rows throws(Cancelled) in
      try SortedScores(part: rows, weighed?.sum, isCancelled: isCancelled)
    }
    if weighed != nil || rows.map({ $0.weights != nil && !$0.isCounted }) ?? false {
      unflagged = []
    }
    var row = 0
    for cell in (cells + single).sorted(by: { $0.extent.upperBound > $1.extent.upperBound }) {
      if cell.isOneScore {
        append(cell)
      } else if let sorted {
        let end = sorted.count(atLeast: cell.extent.lowerBound)
        append(sorted, row..<end, of: cell, weighed)
        row = end
      }
      if isCancelled() { throw Cancelled() }
    }
  }

  private mutating func append(_ cell: Cell) {
    append(cell.extent.upperBound + 0, cell.flagged, cell.below, isFirst: true)
  }

  private mutating func append(
    _ threshold: Double, _ flagged: ClassSums, _ rest: @autoclosure () -> ClassSums,
    isFirst: Bool
  ) {
    thresholds.append(threshold)
    truePositives.append(flagged.positives)
    falsePositives.append(flagged.negatives)
    follows.append(!isFirst)
    if unflagged != nil { unflagged?.append(rest()) }
  }

  /// The distinct scores of the fetched rows of a cell.
  private mutating func append(
    _ sorted: SortedScores, _ rows: Range<Int>, of cell: Cell, _ weighed: WeighedBuckets?
  ) {
    if let weighed, let above = cell.unitsAbove {
      return append(sorted, rows, above, weighed)
    }
    let first = thresholds.count
    var own = ClassSums.zero
    for row in rows {
      let weight = sorted.weight(at: row)
      if sorted.isPositive(at: row) { own.positives += weight } else { own.negatives += weight }
      let score = sorted.score(at: row)
      if row + 1 < rows.upperBound, sorted.score(at: row + 1) == score { continue }
      append(score, cell.above + own, own, isFirst: thresholds.count == first)
    }
    // What is not flagged of the cell itself, without the digits that a difference of all loses.
    for place in first..<thresholds.count where unflagged != nil {
      if let flagged = unflagged?[place] { unflagged?[place] = cell.below + (own - flagged) }
    }
  }

  /// The same of rows whose weights add up to the same sum in any order.
  private mutating func append(
    _ sorted: SortedScores, _ rows: Range<Int>, _ above: WeightSum.Classes,
    _ weighed: WeighedBuckets
  ) {
    var (flagged, isFirst) = (above, true)
    for row in rows {
      flagged.add(sorted.units(at: row) ?? .zero, isPositive: sorted.isPositive(at: row))
      let score = sorted.score(at: row)
      if row + 1 < rows.upperBound, sorted.score(at: row + 1) == score { continue }
      append(
        score, weighed.sum.weights(flagged), weighed.sum.weights(weighed.totals - flagged),
        isFirst: isFirst)
      isFirst = false
    }
  }
}

extension SurvivingCandidates {
  /// The next lower score of all rows; `nil` where that is not known.
  func next(after place: Int) -> Double? {
    place + 1 < thresholds.count && follows[place + 1] ? thresholds[place + 1] : nil
  }

  /// A candidate's identity is its position.
  func forEachBlock(_ body: (CandidateBlock) -> Void) {
    let block = CandidateBlock(holdsUnflagged: unflagged != nil)
    var next = 0
    while next < thresholds.count {
      block.count = min(CandidateBlock.capacity, thresholds.count - next)
      for place in 0..<block.count {
        block.truePositives[place] = truePositives[next + place]
        block.falsePositives[place] = falsePositives[next + place]
        block.write(unflagged?[next + place], at: place)
        block.identities[place] = UInt64(next + place)
      }
      body(block)
      next += block.count
    }
  }
}
