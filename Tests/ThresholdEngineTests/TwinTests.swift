import Glibc
import Testing
import ThresholdEngine

/// The engine against the naive twin on random rows of every awkward kind.
@Suite struct TwinTests {
  private static let goals: [Direction] = [.maximise, .minimise]

  /// 200 with THR_LONG_FUZZ set in the environment.
  private static let rounds = getenv("THR_LONG_FUZZ") == nil ? 60 : 200

  @Test(arguments: NaiveMetric.all)
  func choosesAsTheTwin(metric: NaiveMetric) throws {
    var random = RandomScores(seed: 11)
    for round in 0..<Self.rounds {
      let scores = try random.scores(kind: ScoresKind.allCases[round % ScoresKind.allCases.count])
      let constraint = random.pick(NaiveConstraint.all.map(Optional.some) + [nil, nil])
      let goal = random.pick(Self.goals)
      let ties = random.pick(Ties.allCases)
      // Scores of some kinds lie outside 0…1, and the grid reaches to them.
      let points = (-20..<40).map { Double($0) / 20 }
      for grid in [nil, points] {
        let twin = NaiveTuning(
          scores: scores, metric: metric, goal: goal, ties: ties, constraint: constraint,
          grid: grid)
        let search: Search = grid == nil ? .exact : .grid(from: -1, to: 2, step: 0.05)
        let found = Self.answer(twin, search)
        #expect(found == twin.answer(), "\(scores) \(goal) \(ties) \(search)")
      }
    }
  }

  private static func answer(_ twin: NaiveTuning, _ search: Search) -> NaiveTuning.Answer? {
    do throws(TuningError) {
      let tuning = try tune(
        twin.scores, twin.metric.metric, goal: twin.goal, where: twin.constraint?.constraint,
        ties: twin.ties, search: search)
      return .best(
        tuning.outcome, value: tuning.value, lower: tuning.plateau.lower,
        upper: tuning.plateau.upper)
    } catch {
      switch error {
      case .undefinedEverywhere: return .undefined
      case .infeasible(_, let nearest, _): return .infeasible(nearest?.decision)
      default: return nil
      }
    }
  }

  /// What tuning promises is what evaluation finds, also where weights round.
  @Test func evaluationConfirmsTheTuning() throws {
    var random = RandomScores(seed: 5)
    for _ in 0..<100 {
      let scores = try random.scores(kind: .roundedWeights)
      let tuning = try tune(scores, .f1)
      let evaluation = evaluate(scores, at: tuning.outcome)
      #expect(evaluation.confusion == tuning.confusion)
      #expect(evaluation.value(of: .f1) == tuning.value)
    }
  }

  /// The default is what evaluation finds there: on a grid point, beside one, and between scores.
  @Test(arguments: [.exact, .grid(from: -1, to: 2, step: 0.25)] as [Search])
  func evaluationConfirmsTheDefault(search: Search) throws {
    var random = RandomScores(seed: 9)
    for kind in ScoresKind.allCases + [.roundedWeights] {
      for threshold in [-0.5, 0, 0.2, 0.25, 0.5, 0.6, 3] {
        let scores = try random.scores(kind: kind)
        let metric = Metric.cost(fp: 1, fn: 3)
        let tuning = try tune(scores, metric, search: search, default: threshold)
        let evaluation = evaluate(scores, at: .threshold(threshold))
        #expect(tuning.default?.confusion == evaluation.confusion)
        #expect(tuning.default?.value == evaluation.value(of: metric))
      }
    }
  }

  /// Sums of weights do not depend on the order of the rows, so neither does anything else.
  @Test func orderOfRowsDoesNotMatter() throws {
    var random = RandomScores(seed: 6)
    for _ in 0..<100 {
      let scores = try random.scores(kind: .roundedWeights)
      let order = Array(0..<scores.rows).shuffled(using: &random.generator)
      let shuffled = try Scores(
        values: order.map { scores.values[$0] }, labels: order.map { scores.labels[$0] },
        weights: order.map { scores.weights?[$0] ?? 1 })
      #expect(try tune(scores, .cost(fp: 1, fn: 5)) == tune(shuffled, .cost(fp: 1, fn: 5)))
      #expect(try Sweep(scores) == Sweep(shuffled))
    }
  }

  /// Blocks end at 1,024 candidates and sorting goes by bytes: both must not show.
  @Test(arguments: [1_000, 1_024, 1_025, 3_000])
  func manyCandidates(rows: Int) throws {
    var random = RandomScores(seed: 8)
    let values = (0..<rows).map { _ in Double.random(in: -1...1, using: &random.generator) }
    let labels = values.map { _ in Bool.random(using: &random.generator) }
    let scores = try Scores(values: values, labels: labels)
    let sweep = try Sweep(scores)
    #expect(sweep.thresholds == values.sorted(by: >))
    var best: (threshold: Double, rank: Double) = (0, -1)
    var (tp, fp) = (0.0, 0.0)
    for row in values.indices.sorted(by: { values[$0] > values[$1] }) {
      if labels[row] { tp += 1 } else { fp += 1 }
      let f1 = 2 * tp / (tp + fp + sweep.positives)
      if f1 > best.rank { best = (values[row], f1) }
    }
    let tuning = try tune(scores, .f1)
    #expect(tuning.threshold == best.threshold)
    #expect(tuning.value == best.rank)
    // All candidates tie, the last of them in the last block.
    #expect(try tune(scores, 0 * .tp, ties: .lowest).threshold == values.min())
    #expect(try tune(scores, 0 * .tp, ties: .highest).threshold == values.max())
  }
}
