import Glibc
import Testing
import ThresholdEngine

/// The search by pruning, the sorted sweep and a try of every candidate give the same answer.
@Suite struct PrunedPropertyTests {
  private static let instances = getenv("THR_LONG_FUZZ") == nil ? 60 : 20_000

  private static let metrics =
    NaiveMetric.all + [
      NaiveMetric(metric: .apply(.abs, .specificity - 0.9)) {
        ratio($0.tn, $0.n).map { abs($0 - 0.9) }
      },
      NaiveMetric(metric: 3 * .recall + 2 * .specificity - .fpr / 2 + .precision - 1) { c in
        guard let recall = ratio(c.tp, c.p), let specificity = ratio(c.tn, c.n),
          let fpr = ratio(c.fp, c.n), let precision = ratio(c.tp, c.tp + c.fp)
        else { return nil }
        return 3 * recall + 2 * specificity - fpr / 2 + precision - 1
      },
      NaiveMetric(metric: .recall.power(2) / (.fpr + 0.1) - .apply(.exp, .flagRate)) { c in
        guard let recall = ratio(c.tp, c.p), let fpr = ratio(c.fp, c.n),
          let rate = ratio(c.tp + c.fp, c.p + c.n)
        else { return nil }
        return pow(recall, 2) / (fpr + 0.1) - exp(rate)
      },
      NaiveMetric(metric: .apply(.log, .tp) - .apply(.sqrt, .fp)) {
        $0.tp > 0 ? log($0.tp) - $0.fp.squareRoot() : nil
      },
    ]

  /// Scores of many shapes: crowded, few values, infinite, margins, rounded, in a narrow window.
  private static func scores(_ random: inout RandomScores, weighted: Bool) throws -> Scores {
    let rows = Int.random(in: 6...60, using: &random.generator)
    let shape = Int.random(in: 0..<7, using: &random.generator)
    let share = Double.random(in: 0.02...0.8, using: &random.generator)
    let labels = (0..<rows).map { _ in
      Double.random(in: 0..<1, using: &random.generator) < share
    }
    let values = labels.map { label in
      let draw = Double.random(in: 0...0.7, using: &random.generator) + (label ? 0.3 : 0)
      switch shape {
      case 0: return draw
      case 1: return (draw * 8).rounded() / 8
      case 2: return draw < 0.6 ? draw * 1e-12 : draw
      case 3: return draw < 0.2 ? -.infinity : draw > 0.9 ? .infinity : draw - 0.5
      case 4: return (draw - 0.5) * 12
      case 5: return Double(Float(draw))
      default: return 0.5 + draw * 1e-6
      }
    }
    let weights = (0..<rows).map { _ in random.pick([0.5, 1.25, 8, 0.25]) }
    return try Scores(values: values, labels: labels, weights: weighted ? weights : nil)
  }

  private enum Outcome: Equatable {
    case found(Tuning)
    case failed(TuningError)

    init(_ search: () throws(TuningError) -> Tuning) {
      do throws(TuningError) { self = .found(try search()) } catch { self = .failed(error) }
    }

    init(_ source: NarrowSource, _ question: NaiveTuning, _ infeasible: Infeasible) throws {
      do throws(CountSourceError<NarrowSource.Failure>) {
        self = .found(
          try tune(
            source, question.metric.metric, goal: question.goal,
            where: question.constraint?.constraint, infeasible: infeasible, ties: question.ties))
      } catch .tuning(let error) { self = .failed(error) }
    }
  }

  @Test(arguments: NarrowSource.Manner.allCases, [false, true])
  func choosesAsTheSweepDoes(manner: NarrowSource.Manner, weighted: Bool) throws {
    var random = RandomScores(seed: weighted ? 11 : 10)
    var pruned = 0
    for instance in 0..<Self.instances {
      let scores = try Self.scores(&random, weighted: weighted)
      _ = try Sweep(scores)  // sorted once, they are searched by the sweep
      let metric = random.pick(Self.metrics)
      let question = NaiveTuning(
        scores: scores, metric: metric,
        goal: metric.metric.direction ?? random.pick(Direction.allCases),
        ties: random.pick(Ties.allCases),
        constraint: instance % 2 == 0 ? nil : random.pick(NaiveConstraint.all))
      let infeasible = random.pick([Infeasible.error, .nearest])
      let swept = Outcome { () throws(TuningError) in
        try tune(
          scores, metric.metric, goal: question.goal, where: question.constraint?.constraint,
          infeasible: infeasible, ties: question.ties)
      }
      let source = NarrowSource(scores: scores, manner: manner)
      let label: Comment = "\(instance): \(metric) \(question.goal) \(question.ties)"
      #expect(try Outcome(source, question, infeasible) == swept, label)
      guard case .found(let tuning) = swept, tuning.isFeasible else { continue }
      guard case .best(let decision, _, let lower, _) = question.answer() else {
        Issue.record("nothing is best for \(label)")
        continue
      }
      #expect(tuning.outcome == decision, label)
      #expect(tuning.plateau.lower == lower, label)
      if source.fetched.rows < scores.count / 2 { pruned += 1 }
    }
    // Where most rows survive, all of them are sorted, which shows nothing.
    #expect(manner == .undivided || pruned > Self.instances / 20)
  }

  @Test func unevenSumsOfWeightsComeCloseEnough() throws {
    var random = RandomScores(seed: 12)
    for instance in 0..<Self.instances {
      var scores = try Self.scores(&random, weighted: true)
      let weights = scores.values.map { _ in random.pick([0.1, 0.7, 1e-9, 1e6, 0.3]) }
      scores = try Scores(values: scores.values, labels: scores.labels, weights: weights)
      _ = try Sweep(scores)
      let metric = random.pick(Self.metrics)
      guard let goal = metric.metric.direction else { continue }
      guard let swept = try? tune(scores, metric.metric) else { continue }
      let source = NarrowSource(
        scores: scores, manner: random.pick(NarrowSource.Manner.allCases), isExact: false)
      let found = try tune(source, metric.metric, goal: goal)
      let isClose =
        found.value == swept.value
        || abs(found.value - swept.value) <= 1e-12 * max(1, abs(swept.value))
      #expect(isClose, "\(instance): \(metric) \(found.value) \(swept.value)")
    }
  }

  @Test func rowsThatChangeMeanwhileAreNoticed() throws {
    var random = RandomScores(seed: 13)
    let values = (0..<400).map { _ in Double.random(in: 0...1, using: &random.generator) }
    let scores = try Scores(values: values, labels: values.map { $0 > 0.5 })
    let changed = try Scores(values: values.map { $0 / 2 }, labels: scores.labels)
    #expect(throws: CountSourceError<ChangingSource.Failure>.source(.changed)) {
      try tune(ChangingSource(first: scores, then: changed), .f1)
    }
  }

  @Test func gridsDivideTheScores() {
    for extent in [
      -2.5...3, 0...1, 0.5...0.5, -3 ... -1e-300, 1e300...1.5e300, 0...Double.leastNonzeroMagnitude,
    ] {
      let buckets = ScoreBuckets(grid: extent, atMost: 100)
      #expect(buckets.count <= 100)
      for bucket in 0..<buckets.count {
        let scores = buckets.scores(of: bucket)
        #expect(buckets.bucket(of: scores.lowerBound) == bucket)
        #expect(buckets.bucket(of: scores.upperBound) == bucket)
        if bucket > 0 {
          #expect(scores.upperBound < buckets.scores(of: bucket - 1).lowerBound)
        }
      }
    }
  }
}

/// Answers about other rows after the first count.
private struct ChangingSource: CountSource {
  typealias Failure = NarrowSource.Failure

  let first: NarrowSource
  let then: NarrowSource

  init(first: Scores, then: Scores) {
    self.first = NarrowSource(scores: first, manner: .bits)
    self.then = NarrowSource(scores: then, manner: .bits)
  }

  var mostFetched: Double { 4 }
  var changedMeanwhile: Failure? { .changed }

  func population(isCancelled: () -> Bool) throws(Failure) -> Population {
    try first.population(isCancelled: isCancelled)
  }
  func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets {
    first.buckets(over: extent, atMost: most)
  }
  func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(Failure) -> BucketCounts {
    try first.counts(in: buckets, isCancelled: isCancelled)
  }
  func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(Failure) -> [BucketCounts]? {
    try then.counts(in: parts, isCancelled: isCancelled)
  }
  func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(Failure) -> Scores {
    try then.scores(in: buckets, where: isChosen, isCancelled: isCancelled)
  }
}
