public import ParallelWork

/// The outcome counts at every distinct score, or at the points of a grid, strictest threshold
/// first: sort once, count once, and every curve and every rule is a view.
///
/// Flagging nothing comes before the first; it is not listed.
public struct Sweep: Hashable, Sendable {
  /// Every threshold, descending.
  public private(set) var thresholds: [Double] = []
  /// Number or total weight of flagged positives at each threshold; never decreasing.
  public private(set) var truePositives: [Double] = []
  /// The flagged negatives, likewise.
  public private(set) var falsePositives: [Double] = []
  /// What is not flagged at each threshold, where rows have weights.
  private var unflagged: [ClassSums]?
  /// Number or total weight of all positives and all negatives.
  public let positives: Double
  public let negatives: Double
  /// The metrics that ask more of rows than counts, at every threshold; NaN where undefined.
  private var asked: [Metric: [Double]] = [:]

  /// Sorts and counts.
  ///
  /// Rows of weight 0 are left out.
  ///
  /// - Throws: `Cancelled` soon after `isCancelled`, asked every few milliseconds, says so.
  /// - Complexity: O(*n*) in the number of rows; 24 bytes a distinct score are kept.
  public init(
    _ scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(Cancelled) {
    let sorted = try scores.sorted(isCancelled)
    positives = sorted.positives
    negatives = sorted.negatives
    if let columns = try sorted.columns(isCancelled) {
      thresholds = columns.thresholds
      truePositives = columns.truePositives
      falsePositives = columns.falsePositives
      return
    }
    // Reserved, not touched: what few distinct scores leave over costs no memory.
    thresholds.reserveCapacity(sorted.count)
    truePositives.reserveCapacity(sorted.count)
    falsePositives.reserveCapacity(sorted.count)
    let decoded = LaneMemory.allocate()
    defer { decoded.deallocate() }
    try sorted.forEachBlock(isCancelled: isCancelled) { block in
      sorted.decodeThresholds(of: block, into: decoded)
      thresholds.append(contentsOf: UnsafeBufferPointer(start: decoded, count: block.count))
      truePositives.append(
        contentsOf: UnsafeBufferPointer(start: block.truePositives, count: block.count))
      falsePositives.append(
        contentsOf: UnsafeBufferPointer(start: block.falsePositives, count: block.count))
      guard block.unflagged != nil else { return }
      unflagged = unflagged ?? []
      unflagged?.append(contentsOf: (0..<block.count).compactMap(block.unflagged(at:)))
    }
  }

  /// Counts at the points of a grid from 0 to 1, or at every distinct score.
  ///
  /// Points above every score are listed too: they flag nothing.
  ///
  /// - Parameter metrics: Those that may ask for columns, conditions or groups of the rows.
  /// - Throws: `TuningError` where the grid is none or the scores do not suit it.
  /// - Complexity: O(*n* + points).
  public init(
    _ scores: Scores, search: Search, metrics: [Metric] = [],
    isCancelled: () -> Bool = { false }
  ) throws(TuningError) {
    try self.init(scores, by: search, isCancelled)
    let asking = metrics.filter(\.asksRows)
    guard !asking.isEmpty else { return }
    let source = try TalliedScores(
      scores, asking.map(\.expression), search: search, isCancelled: isCancelled)
    asked = try TuningError.ifCancelled { () throws(Cancelled) in
      try source.values(of: asking, count: thresholds.count, isCancelled)
    }
  }

  private init(
    _ scores: Scores, by search: Search, _ isCancelled: () -> Bool
  ) throws(TuningError) {
    guard case .grid(let from, let to, let step) = search else {
      self = try TuningError.ifCancelled { () throws(Cancelled) in
        try Sweep(scores, isCancelled: isCancelled)
      }
      return
    }
    let extent = scores.extent
    let grid = try GridPoints(from: from, to: to, step: step, on: extent)
    let counts = try TuningError.ifCancelled { () throws(Cancelled) in
      try GridCounts(scores, grid, extent: extent, isCancelled: isCancelled)
    }
    thresholds = grid.points.reversed()
    truePositives = counts.truePositives.reversed()
    falsePositives = counts.falsePositives.reversed()
    unflagged = counts.unflagged.map { $0.reversed() }
    (positives, negatives) = (counts.positives, counts.negatives)
  }

  public var count: Int { thresholds.count }

  /// A metric at every threshold, NaN where it is undefined.
  public func values(of metric: Metric) -> [Double] {
    asked[metric] ?? (0..<count).map { metric.value(of: confusion(at: $0)) ?? .nan }
  }

  /// A metric at one threshold; `nil` where it is undefined.
  public func value(of metric: Metric, at index: Int) -> Double? {
    guard let values = asked[metric] else { return metric.value(of: confusion(at: index)) }
    return values[index].isNaN ? nil : values[index]
  }

  /// The counts when every score of at least `thresholds[index]` is flagged.
  public func confusion(at index: Int) -> Confusion {
    Confusion(
      tp: truePositives[index], fp: falsePositives[index], positives: positives,
      negatives: negatives, unflagged: unflagged?[index])
  }
}

extension Sweep {
  /// The threshold where a metric is best, among those listed.
  ///
  /// - Parameters:
  ///   - goal: The metric's own direction where `nil`.
  ///   - ties: Which of equally good thresholds it is.
  /// - Returns: The index; `nil` where the metric is undefined everywhere or has no direction.
  /// - Complexity: O(*n*).
  public func best(_ metric: Metric, goal: Direction? = nil, ties: Ties = .highest) -> Int? {
    best(metric, goal: goal, ties: ties, orFlagNothing: false)?.identity.map { Int($0) }
  }

  /// As `best`, but flagging nothing competes too, as in `tune`.
  ///
  /// - Returns: How many of the thresholds, the strictest first, lie at the best one or above it; 0
  ///   where flagging nothing is best.
  public func bestPlace(_ metric: Metric, goal: Direction? = nil) -> Int? {
    best(metric, goal: goal, ties: .highest, orFlagNothing: true).map { candidate in
      candidate.identity.map { Int($0) + 1 } ?? 0
    }
  }

  /// The best candidate, known by its index; flagging nothing competes where asked for.
  func best(
    _ metric: Metric, goal: Direction? = nil, ties: Ties = .highest, orFlagNothing: Bool
  ) -> Choice.Candidate? {
    guard let goal = goal ?? metric.direction else { return nil }
    if let values = asked[metric] { return best(values, goal, ties) }
    let question = Question(metric: metric, goal: goal, constraint: nil, ties: ties)
    var selector = Selector(question, positives: positives, negatives: negatives)
    forEachBlock { selector.consider($0) }
    if orFlagNothing { selector.considerFlaggingNothing() }
    return selector.best
  }

  /// The best of values that are known.
  private func best(_ values: [Double], _ goal: Direction, _ ties: Ties) -> Choice.Candidate? {
    let order = ties == .highest ? Array(values.indices) : values.indices.reversed()
    let best = order.filter { !values[$0].isNaN }.reduce(nil as Int?) { best, index in
      guard let best else { return index }
      let isBetter = goal == .maximise ? values[index] > values[best] : values[index] < values[best]
      return isBetter ? index : best
    }
    return best.map {
      Choice.Candidate(
        identity: UInt64($0), truePositives: truePositives[$0], falsePositives: falsePositives[$0],
        unflagged: unflagged?[$0])
    }
  }

  /// A candidate's identity is its index.
  func forEachBlock(_ body: (CandidateBlock) -> Void) {
    let block = CandidateBlock(holdsUnflagged: unflagged != nil)
    var next = 0
    while next < count {
      block.count = min(CandidateBlock.capacity, count - next)
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
