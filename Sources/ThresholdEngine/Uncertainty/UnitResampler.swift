import ParallelWork

/// Draws whole units, and tunes with every tally that the question needs.
struct UnitResampler: Resampling {
  private let frame: UnitFrame
  private let task: ResamplingTask
  private let isCancelled: () -> Bool

  init(_ frame: UnitFrame, _ task: ResamplingTask, _ isCancelled: @escaping () -> Bool) {
    (self.frame, self.task, self.isCancelled) = (frame, task, isCancelled)
  }

  /// - Complexity: O(*n*) for each tally.
  func replicate(_ number: Int) throws(Cancelled) -> Confidence.Replicate {
    let drawn = draw(number)
    let rows = frame.codes.indices.map { ($0, Double(drawn[Int(frame.codes[$0])])) }
    let nothing = Confidence.Replicate(outcome: nil, reach: nil, values: [], leftOut: nil)
    guard let sample = try tallied(rows.filter { $0.1 > 0 }),
      let (outcome, reach) = try choose(from: sample)
    else { return nothing }
    let fresh = try tallied(rows.filter { $0.1 == 0 }.map { ($0.0, 1) })
    let standard = task.tuning.default.map { Decision.threshold($0.threshold) }
    func values(_ source: TalliedScores?, _ decision: Decision?) -> [Double?] {
      guard let source, let decision else { return task.metrics.map { _ in nil } }
      let counts = source.confusion(at: decision)
      let sized = source.total > 0 ? counts.scaled(by: frame.whole.total / source.total) : counts
      return task.metrics.map { $0.value(of: sized) }
    }
    let inSample = values(sample, outcome)
    let (all, outOfBag) = (values(frame.whole, outcome), values(fresh, outcome))
    let (atChosen, atStandard) = (values(sample, task.tuning.outcome), values(sample, standard))
    return Confidence.Replicate(
      outcome: outcome, reach: reach,
      values: task.metrics.indices.map {
        Confidence.Replicate.Values(
          inSample: inSample[$0], onAllRows: all[$0], outOfBag: outOfBag[$0],
          atChosen: atChosen[$0], atStandard: atStandard[$0])
      }, leftOut: nil)
  }

  /// How often each unit is drawn.
  private func draw(_ number: Int) -> [UInt32] {
    var drawn = [UInt32](repeating: 0, count: frame.count)
    var stream = DrawStream(seed: task.seed, number: number)
    for members in strata where !members.isEmpty {
      let bound = UInt64(members.count)
      let rejected = DrawStream.rejected(below: bound)
      for _ in members.indices {
        drawn[members[stream.integer(below: bound, rejected: rejected)]] += 1
      }
    }
    return drawn
  }

  /// The units that are drawn apart from others.
  private var strata: [[Int]] {
    guard frame.isStratified else { return [Array(0..<frame.count)] }
    let labels = frame.rows.labels
    return [labels.indices.filter { labels[$0] }, labels.indices.filter { !labels[$0] }]
  }

  /// `nil` where there are no rows.
  private func tallied(
    _ rows: [(row: Int, times: Double)]
  ) throws(Cancelled) -> TalliedScores? {
    if isCancelled() { throw Cancelled() }
    if rows.isEmpty { return nil }
    do throws(TuningError) {
      return try TalliedScores(
        frame.rows.rows(rows), frame.expressions, search: task.tuning.search,
        isCancelled: isCancelled)
    } catch {
      if error == .cancelled { throw Cancelled() }
      return nil
    }
  }

  private func choose(
    from sample: TalliedScores
  ) throws(Cancelled) -> (Decision, Confidence.Interval)? {
    var selector = Selector(
      task.question, positives: sample.positives, negatives: sample.negatives, sample.layout)
    try sample.forEachBlock(isCancelled: isCancelled) { selector.consider($0) }
    selector.considerFlaggingNothing()
    guard let best = selector.best else { return nil }
    let lower = sample.plateau(of: best.identity).lower ?? -.infinity
    guard let identity = best.identity else {
      return (.flagNothing, .init(lower: lower, upper: .infinity))
    }
    let threshold = sample.threshold(of: identity)
    return (.threshold(threshold), .init(lower: lower, upper: threshold))
  }
}

extension TalliedScores {
  fileprivate var total: Double { positives + negatives }
}
