/// Says which cells can hold the best candidate.
///
/// The last row of a cell is a candidate whose counts are known. Cells that cannot reach the best
/// of these that surely meets the constraint, nor meet the constraint, hold neither the optimum nor
/// a tie with it.
struct CellJudge {
  private let steps: BoundSteps
  private let sign: Double
  /// What the best candidate ranks at least.
  private(set) var best = -Double.infinity

  /// - Parameter rounding: What counts may be off by, as a share.
  init(_ question: Question, _ population: Population, rounding: Double) {
    let totals = ClassSums(positives: population.positives, negatives: population.negatives)
    steps = BoundSteps(question, totals: totals, rounding: rounding)
    sign = question.goal == .maximise ? 1 : -1
  }

  /// Judges by values as they are shown, against a candidate that is known to be best.
  init(_ question: Question, _ population: Population, best value: Double) {
    let totals = ClassSums(positives: population.positives, negatives: population.negatives)
    steps = BoundSteps(question, totals: totals, rounding: 1e-12, byValue: true)
    sign = question.goal == .maximise ? 1 : -1
    best = value * sign
  }

  /// The best value that a cell could have, if that is worse than the best known; infinitely bad
  /// where no row of it can meet the constraint, `nil` where it may hold the best.
  func worseBound(of cell: Cell) -> Double? {
    let bound = bounds(of: [cell], from: 0)[0]
    return bound >= best && bound > -.infinity ? nil : bound * sign
  }

  /// The cells that can hold the best candidate, or one that ties with it.
  mutating func surviving(_ cells: [Cell]) -> [Cell] {
    var highest: [Lanes] = []
    for start in stride(from: 0, to: cells.count, by: Lanes.scalarCount) {
      let edges = steps.run(CountBoxes(lastRowsOf: cells, from: start))
      best = max(best, signed(edges.rank).low.max(where: edges.surelyHolds))
      highest.append(bounds(of: cells, from: start))
    }
    return cells.indices.filter { place in
      let bound = highest[place / Lanes.scalarCount][place % Lanes.scalarCount]
      return bound >= best && bound > -.infinity
    }.map { cells[$0] }
  }

  /// What no candidate of a cell exceeds; minus infinity where none competes.
  private func bounds(of cells: [Cell], from start: Int) -> Lanes {
    let bounds = steps.run(CountBoxes(cells, from: start))
    let rank = signed(bounds.rank)
    let cannotHold = bounds.truth.map { $0.high .< 1 } ?? (Lanes() .!= 0)
    return rank.high.replacing(with: -.infinity, where: rank.isNone .| cannotHold)
  }

  private func signed(_ rank: LaneIntervals) -> LaneIntervals {
    sign > 0 ? rank : LaneIntervals(low: -rank.high, high: -rank.low)
  }
}

extension BoundSteps.Result {
  /// Where a candidate has a value and meets the constraint.
  fileprivate var surelyHolds: SIMDMask<Lanes.MaskStorage> {
    let hasValue = rank.low .<= rank.high
    return truth.map { ($0.low .>= 1) .& ($0.high .>= 1) .& hasValue } ?? hasValue
  }
}

extension Lanes {
  fileprivate func max(where mask: SIMDMask<MaskStorage>) -> Double {
    replacing(with: -.infinity, where: .!mask).max()
  }
}

extension CountBoxes {
  /// The counts that candidates of eight cells can have; leftover lanes repeat the last.
  fileprivate init(_ cells: [Cell], from start: Int) {
    self.init(cells, from: start) { cell in (cell.above, cell.below) }
  }

  /// Those at the last rows of eight cells.
  fileprivate init(lastRowsOf cells: [Cell], from start: Int) {
    self.init(cells, from: start) { cell in (cell.flagged, cell.below) }
    greatest.fn = least.fn
    greatest.tn = least.tn
  }

  private init(
    _ cells: [Cell], from start: Int, _ ends: (Cell) -> (flagged: ClassSums, rest: ClassSums)
  ) {
    least = CountLanes(nothing: 0)
    greatest = least
    for lane in 0..<Lanes.scalarCount {
      let cell = cells[min(start + lane, cells.count - 1)]
      let (flagged, rest) = ends(cell)
      let (most, unflagged) = (cell.flagged, cell.below + cell.own)
      (least.tp[lane], least.fp[lane]) = (flagged.positives, flagged.negatives)
      (greatest.tp[lane], greatest.fp[lane]) = (most.positives, most.negatives)
      (least.fn[lane], least.tn[lane]) = (rest.positives, rest.negatives)
      (greatest.fn[lane], greatest.tn[lane]) = (unflagged.positives, unflagged.negatives)
    }
  }
}
