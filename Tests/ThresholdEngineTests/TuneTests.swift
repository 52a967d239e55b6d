import Testing
import ThresholdEngine

/// Rules of choice by hand-made examples; TwinTests holds them on random rows.
@Suite struct TuneTests {
  private static let scores = [0.9, 0.7, 0.4, 0.2]

  private func tuned(
    _ labels: [Bool], _ metric: Metric, ties: Ties? = nil, search: Search = .exact,
    values: [Double] = scores
  ) throws -> Tuning {
    try tune(Scores(values: values, labels: labels), metric, ties: ties, search: search)
  }

  @Test func tiesGoToTheHighestScoreButTheLowestGridPoint() throws {
    // Accuracy is 3/4 at 0.9 and at 0.4.
    let labels = [true, false, true, false]
    #expect(try tuned(labels, .accuracy).threshold == 0.9)
    #expect(try tuned(labels, .accuracy, ties: .lowest).threshold == 0.4)
    #expect(try tuned(labels, .accuracy, search: .grid(step: 0.1)).threshold == 0.3)
    let highest = try tuned(labels, .accuracy, ties: .highest, search: .grid(step: 0.1))
    #expect(highest.threshold == 0.9)
  }

  @Test func plateauGivesTheVerySameLabels() throws {
    let labels = [true, false, true, false]
    let exact = try tuned(labels, .accuracy)
    #expect(exact.plateau == Tuning.Plateau(lower: 0.7, upper: 0.9))
    let grid = try tuned(labels, .accuracy, search: .grid(step: 0.1))
    #expect(grid.plateau == Tuning.Plateau(lower: 0.2, upper: 0.4))
    let all = try tuned([true, true, true, true], .recall)
    #expect(all.plateau == Tuning.Plateau(lower: nil, upper: 0.2))
  }

  @Test func flaggingNothingWinsOnlyStrictly() throws {
    let strictly = try tuned([false, false, true, false], .accuracy)
    #expect(strictly.outcome == .flagNothing)
    #expect(strictly.threshold == nil)
    #expect(strictly.value == 0.75)
    #expect(strictly.plateau == Tuning.Plateau(lower: 0.9, upper: nil))
    // Here flagging nothing and flagging two rows are both right in half of the cases.
    #expect(try tuned([false, true, true, false], .accuracy).threshold == 0.4)
    #expect(try tuned([false, true], .accuracy, values: [0.9, 0.7]).threshold == 0.7)
  }

  @Test func gridPointsAboveEveryScoreFlagNothing() throws {
    let tuning = try tuned(
      [false, true], .specificity, search: .grid(step: 0.25), values: [0.3, 0.1])
    #expect(tuning.outcome == .flagNothing)
    #expect(tuning.plateau == Tuning.Plateau(lower: 0.3, upper: nil))
  }

  @Test func flaggingNothingCompetesWithoutAGridPointForIt() throws {
    let tuning = try tuned(
      [false, true], .specificity, search: .grid(step: 0.25), values: [1, 0.1])
    #expect(tuning.outcome == .flagNothing)
    #expect(tuning.plateau == Tuning.Plateau(lower: 1, upper: nil))
    let tie = try tuned([true, false], .accuracy, search: .grid(step: 0.5), values: [1, 0.1])
    #expect(tie.threshold == 0.5)
  }

  @Test func defaultAndGain() throws {
    let tuning = try tuned([true, false, true, false], .recall)
    #expect(tuning.default?.threshold == 0.5)
    #expect(tuning.default?.value == 0.5)
    #expect(tuning.gain == 0.5)
    let scores = try Scores(values: [3, 1, -1], labels: [true, true, false])
    #expect(try tune(scores, .recall).default == nil)
    #expect(try tune(scores, .recall).gain == nil)
    let cost = try tune(scores, .cost(fp: 1, fn: 10), default: 2)
    #expect(cost.default?.value == 10)
    #expect(cost.gain == 10)
  }

  /// The same labels, as far from both scores as can be.
  @Test(arguments: [Search.exact, .grid(step: 0.1)])
  func midpoints(search: Search) throws {
    let scores = try Scores(values: [0.9, 0.7, 0.4, 0.2], labels: [true, true, false, false])
    let tuning = try tune(scores, .f1, search: search, midpoint: true)
    #expect(tuning.threshold == 0.55)
    #expect(tuning.plateau == Tuning.Plateau(lower: 0.4, upper: 0.7))
    #expect(evaluate(scores, at: tuning.outcome).confusion == tuning.confusion)
    // Where every row is flagged, or none, there is no middle.
    #expect(try tune(scores, .recall, ties: .lowest, midpoint: true).threshold == 0.2)
    let close = try Scores(values: [0.5, 0.5.nextUp], labels: [false, true])
    #expect(try tune(close, .f1, midpoint: true).threshold == 0.5.nextUp)
  }

  @Test func weightlessRowsAreNoCandidates() throws {
    let scores = try Scores(
      values: [0.9, 0.8, 0.7], labels: [true, false, false], weights: [2, 0, 1])
    let tuning = try tune(scores, .f1)
    #expect(tuning.threshold == 0.9)
    // They do not count, but they are decided: the plateau keeps their labels too.
    #expect(tuning.plateau == Tuning.Plateau(lower: 0.8, upper: 0.9))
    #expect(tuning.rows == 2)
  }

  // MARK: - Refusals

  @Test(
    arguments: [
      (.fp, .exact, .noDirection(metric: .fp)),
      (.flagRate, .exact, .noDirection(metric: .flagRate)),
      (.flagged, .exact, .noDirection(metric: .flagged)),
      (.tp + .fp, .exact, .noDirection(metric: Metric.tp + .fp)),
      (1 / (.tp - .tp), .exact, .undefinedEverywhere(metric: "1/(tp - tp)", .atEveryThreshold)),
      (.f1, .grid(step: 0), .badStep(0)), (.f1, .grid(step: -0.1), .badStep(-0.1)),
      (.f1, .grid(from: 1, to: 1, step: 0.1), .badRange(from: 1, to: 1)),
      (.f1, .grid(step: 1e-8), .tooManyPoints(1e8)),
    ] as [(Metric, Search, TuningError)])
  func refuses(metric: Metric, search: Search, error: TuningError) throws {
    #expect(throws: error) { try tuned([true, true, false, false], metric, search: search) }
  }

  @Test func refusesWhatOneClassLeavesUndefined() throws {
    #expect(throws: TuningError.undefinedEverywhere(metric: "recall", .noPositives)) {
      try tuned([false, false, false, false], .recall)
    }
    #expect(throws: TuningError.undefinedEverywhere(metric: "youden", .noNegatives)) {
      try tuned([true, true, true, true], .youden)
    }
  }

  @Test func gridsNeedScoresWithinTheirReach() throws {
    let scores = try Scores(values: [-1, 2], labels: [false, true])
    #expect(throws: TuningError.scoresOutsideUnitInterval(lowest: -1, highest: 2)) {
      try tune(scores, .f1, search: .grid(step: 0.1))
    }
    #expect(try tune(scores, .f1, search: .grid(from: -2, to: 3, step: 0.5)).threshold == -0.5)
  }

  @Test(arguments: [.exact, .grid(step: 0.1)] as [Search])
  func stopsWhenAsked(search: Search) throws {
    let scores = try Scores(values: [0.1, 0.9], labels: [false, true])
    #expect(throws: TuningError.cancelled) {
      try tune(scores, .f1, search: search, isCancelled: { true })
    }
  }

  // MARK: - Scores

  @Test func refusesWhatIsNoScore() {
    #expect(throws: ScoresError.empty) { try Scores(values: [], labels: []) }
    #expect(throws: ScoresError.unequalLengths(values: 1, labels: 2, weights: nil)) {
      try Scores(values: [1], labels: [true, false])
    }
    #expect(throws: ScoresError.unequalLengths(values: 1, labels: 1, weights: 0)) {
      try Scores(values: [1], labels: [true], weights: [])
    }
    let gaps = [0.5, .nan, .infinity] + [Double](repeating: .nan, count: 9)
    #expect(throws: ScoresError.undefinedScores(count: 10, firstRows: [1, 3, 4, 5, 6])) {
      try Scores(values: gaps, labels: gaps.map { _ in true })
    }
    #expect(throws: ScoresError.allWeightsZero) {
      try Scores(values: [1], labels: [true], weights: [0])
    }
    for weight in [-1, .infinity, -Double.leastNonzeroMagnitude] {
      #expect(throws: ScoresError.badWeight(weight, row: 1)) {
        try Scores(values: [1, 2], labels: [true, true], weights: [1, weight])
      }
    }
    #expect(throws: ScoresError.weightsOutOfScale(largest: 1e200)) {
      try Scores(values: [1, 2], labels: [true, true], weights: [1, 1e200])
    }
  }

  @Test func classifiesByAtLeast() {
    let values = [0.4, 0.5, -.infinity, .infinity]
    #expect(classify(values: values, at: .threshold(0.5)) == [false, true, false, true])
    #expect(classify(values: values, at: .flagNothing) == [false, false, false, false])
  }
}
