import Testing
import ThresholdEngine

/// Metrics of columns, conditions and groups against every candidate counted row by row.
@Suite struct RowMetricTests {
  @Test func choosesAsTheTwin() throws {
    var random = RandomScores(seed: 23)
    let metrics = try NaiveRowMetric.all()
    let limits = try NaiveRowConstraint.all()
    var answers: [String: Int] = [:]
    for round in 0..<randomProblems(1_500) {
      let kind = ScoresKind.allCases[round % ScoresKind.allCases.count]
      var rows = try random.rows(kind: kind)
      if round.isMultiple(of: 3) { rows.grid = (-20..<40).map { Double($0) / 20 } }
      let asked = metrics[round % metrics.count]
      let limit: NaiveRowConstraint? = round.isMultiple(of: 2) ? random.pick(limits) : nil
      let found = Self.answer(rows, asked, limit)
      let expected = rows.best(asked, where: limit)
      #expect(
        found == expected, "\(asked.metric) where \(String(describing: limit?.constraint)) \(rows)")
      answers[String("\(expected)".prefix(4)), default: 0] += 1
    }
    // Every kind of answer was met often.
    #expect(answers.values.min() ?? 0 > 10 && answers.count == 3, "\(answers)")
  }

  private static func answer(
    _ rows: NaiveRows, _ asked: NaiveRowMetric, _ limit: NaiveRowConstraint?
  ) -> NaiveRows.Answer? {
    do throws(TuningError) {
      let tuning = try tune(
        rows.known, asked.metric, goal: asked.goal, where: limit?.constraint,
        search: rows.grid == nil ? .exact : .grid(from: -1, to: 2, step: 0.05))
      return .best(tuning.outcome, tuning.value)
    } catch {
      switch error {
      case .undefinedEverywhere: return .undefined
      case .infeasible: return .infeasible
      default: return nil
      }
    }
  }

  /// What a count loses may be less than nothing: a sum of either sign is exact.
  @Test func countsOfNegativeNumbers() throws {
    var random = RandomScores(seed: 3)
    let metric = try Metric.tp.weighed(by: "x") - .fp
    for round in 0..<200 {
      var rows = try random.rows(kind: ScoresKind.allCases[round % ScoresKind.allCases.count])
      rows.x = rows.x.map { _ in random.pick([-3, -0.5, 0, 2.25, 8]) }
      let twin = NaiveRowMetric(metric: metric, goal: .maximise) { rows, decision in
        rows.counts(decision) { rows.x[$0] }.tp - rows.counts(decision).fp
      }
      #expect(Self.answer(rows, twin, nil) == rows.best(twin, where: nil))
    }
  }

  /// Amounts such as 0.1 add up to the same in any order of the rows.
  @Test func orderOfRowsDoesNotMatter() throws {
    var random = RandomScores(seed: 8)
    for _ in 0..<100 {
      var rows = try random.rows(kind: .roundedWeights)
      rows.x = rows.x.map { _ in random.pick([0.1, 0.7, 1e-9, 123.45]) }
      let order = Array(0..<rows.scores.rows).shuffled(using: &random.generator)
      var shuffled = rows
      shuffled.scores = try Scores(
        values: order.map { rows.scores.values[$0] }, labels: order.map { rows.scores.labels[$0] },
        weights: rows.scores.weights.map { weights in order.map { weights[$0] } })
      shuffled.x = order.map { rows.x[$0] }
      shuffled.holds = order.map { rows.holds[$0] }
      shuffled.group = order.map { rows.group[$0] }
      let metric = try Metric.f1.weighed(by: "x")
      let (one, other) = (try? tune(rows.known, metric), try? tune(shuffled.known, metric))
      #expect(one?.outcome == other?.outcome)
      #expect(one?.value == other?.value)
    }
  }

  @Test func sweepHasTheValueOfEveryThreshold() throws {
    var random = RandomScores(seed: 4)
    for round in 0..<100 {
      let rows = try random.rows(kind: ScoresKind.allCases[round % ScoresKind.allCases.count])
      for asked in try NaiveRowMetric.all() {
        for search in [Search.exact, .grid(from: -1, to: 2, step: 0.25)] {
          let sweep = try Sweep(rows.known, search: search, metrics: [asked.metric])
          for index in 0..<sweep.count {
            let expected = asked.value(rows, .threshold(sweep.thresholds[index]))
            #expect(sweep.value(of: asked.metric, at: index) == expected, "\(asked.metric)")
          }
        }
      }
    }
  }

  @Test func saysWhatItIs() throws {
    let metric = try Metric.recall.weighed(by: "amount").only(NaiveRows.condition)
    #expect(metric.description == #"only(recall["amount"], holds)"#)
    #expect(
      try Metric.per(metric, "day", quantile: 0.95).description
        == #"per(only(recall["amount"], holds), "day", quantile=0.95)"#)
    #expect(
      try Metric.cost(fp: .fixed(4), fn: .column("a")).description
        == #"cost(fp=4, fn="a")"#)
    #expect(throws: MetricError.weighedTwice("a")) {
      try Metric.recall.weighed(by: "a").weighed(by: "b")
    }
    #expect(throws: MetricError.groupedTwice) { try Metric.per(.gap(.recall, "a"), "b") }
    #expect(throws: TuningError.unknownRows("\"a\"")) {
      try tune(Scores(values: [0, 1], labels: [false, true]), .recall.weighed(by: "a"))
    }
  }
}
