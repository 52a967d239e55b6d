import Testing
import ThresholdEngine

/// Counts of rows against the rows that they stand for, equal to the last digit.
@Suite struct ScoreCountsTests {
  private struct Case {
    let counts: ScoreCounts
    let counted: Scores
    let rows: Scores
  }

  /// Scores in any order, some of them twice, some without rows of one class or of both.
  private static func make(_ seed: UInt64, most: Int, scale: [Double]) throws -> Case {
    var random = RandomScores(seed: seed)
    let size = Int.random(in: 2...12, using: &random.generator)
    var (values, positives, negatives): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<size {
      values.append(random.pick(scale))
      positives.append(Double(Int.random(in: 0...most, using: &random.generator)))
      negatives.append(Double(Int.random(in: 0...most, using: &random.generator)))
    }
    positives[0] += 1
    negatives[1] += 1
    let counts = try ScoreCounts(values: values, positives: positives, negatives: negatives)
    return Case(counts: counts, counted: Scores(counts), rows: try expand(counts))
  }

  private static func expand(_ counts: ScoreCounts) throws -> Scores {
    var (scores, labels): ([Double], [Bool]) = ([], [])
    for index in counts.values.indices {
      for (count, label) in [(counts.positives[index], true), (counts.negatives[index], false)] {
        scores += Array(repeating: counts.values[index], count: Int(count))
        labels += Array(repeating: label, count: Int(count))
      }
    }
    return try Scores(values: scores, labels: labels)
  }

  private static let shares: [Double] = [0, 0.1, 0.2, 0.3, 1 / 3, 0.5, 0.7, 0.9, 1]
  private static let numbers: [Double] = [-.infinity, -2.5, -0.0, 0.0, 0.1, 3, 1e300, .infinity]

  private static func each(_ body: (Case) throws -> Void) rethrows {
    for seed in 1...8 {
      for scale in [shares, numbers] {
        guard let made = try? make(UInt64(seed), most: 5, scale: scale) else {
          Issue.record("seed \(seed)")
          continue
        }
        try body(made)
      }
    }
  }

  private func outcome(_ tune: () throws -> Tuning) -> Result<Tuning, TuningError> {
    do { return .success(try tune()) } catch {
      return .failure(error as? TuningError ?? .cancelled)
    }
  }

  @Test func countsAreOfTheRows() throws {
    try Self.each { (made: Case) throws in
      #expect(made.counted.rows == made.rows.rows)
      #expect(made.counted.positives == made.rows.positives)
      #expect(made.counted.negatives == made.rows.negatives)
      let again = try #require(made.counted.counts)
      #expect(try Sweep(Scores(again)) == Sweep(made.rows))
    }
  }

  @Test(arguments: Metric.named.map { Metric($0) } + [.fBeta(2), .cost(fp: 1, fn: 7)])
  func tunesAsTheRowsDo(metric: Metric) throws {
    Self.each { (made: Case) in
      for ties in Ties.allCases {
        for constraint in [nil, Metric.precision >= Metric(0.5)] {
          let goal = metric.direction ?? .maximise
          let (one, other) = (
            outcome {
              try tune(made.counted, metric, goal: goal, where: constraint, ties: ties)
            }, outcome { try tune(made.rows, metric, goal: goal, where: constraint, ties: ties) }
          )
          #expect(one == other)
        }
      }
    }
  }

  @Test func tunesOnAGridAsTheRowsDo() {
    Self.each { (made: Case) in
      for search in [Search.grid(step: 0.1), .grid(from: -3, to: 4, step: 0.5)] {
        let (one, other) = (
          outcome { try tune(made.counted, .f1, search: search) },
          outcome { try tune(made.rows, .f1, search: search) }
        )
        #expect(one == other)
      }
    }
  }

  @Test func evaluatesAsTheRowsDo() throws {
    Self.each { (made: Case) in
      for threshold in Self.shares + Self.numbers {
        let decision = Decision.threshold(threshold)
        #expect(
          evaluate(made.counted, at: decision) == evaluate(made.rows, at: decision))
      }
      #expect(evaluate(made.counted, at: .flagNothing) == evaluate(made.rows, at: .flagNothing))
    }
  }

  @Test func curvesAndAreasAreThoseOfTheRows() throws {
    try Self.each { (made: Case) throws in
      let (one, other) = (made.counted, made.rows)
      #expect(try Sweep(one) == Sweep(other))
      #expect(try Curve.roc(one) == Curve.roc(other))
      #expect(try Curve.roc(one).area == Curve.roc(other).area)
      #expect(try Curve.precisionRecall(one).area == Curve.precisionRecall(other).area)
      #expect(try Curve.det(one).y == Curve.det(other).y)
      #expect(try Curve.gains(one).x == Curve.gains(other).x)
      #expect(try Curve.lift(one).y == Curve.lift(other).y)
      #expect(try auc(one) == auc(other))
      #expect(try averagePrecision(one) == averagePrecision(other))
    }
  }

  @Test func distributionsAreThoseOfTheRows() {
    Self.each { (made: Case) in
      let bins = ScoreDistribution.suggestedBins(made.rows)
      #expect(ScoreDistribution.suggestedBins(made.counted) == bins)
      #expect(
        ScoreDistribution(made.counted, bins: bins) == ScoreDistribution(made.rows, bins: bins))
    }
  }

  @Test(arguments: ReliabilityCurve.Binning.allCases)
  func reliabilityIsThatOfTheRows(binning: ReliabilityCurve.Binning) throws {
    for seed in 1...200 {
      let made = try Self.make(UInt64(seed), most: 40, scale: Self.shares)
      for bins in [1, 3, 10] {
        let (one, other) = (
          try ReliabilityCurve(made.counted, bins: bins, binning: binning),
          try ReliabilityCurve(made.rows, bins: bins, binning: binning)
        )
        #expect(one == other)
        #expect(one.error == other.error)
      }
      #expect(try brier(made.counted) == brier(made.rows))
      let (one, other) = (try logLoss(made.counted), try logLoss(made.rows))
      #expect((one - other).magnitude <= other * 1e-14)
    }
  }

  @Test func bootstrapsTheRows() throws {
    for seed in 1...10 {
      let made = try Self.make(UInt64(seed), most: 20, scale: Self.shares)
      let tuning = try tune(made.counted, .f1)
      #expect(
        try bootstrap(made.counted, tuning, samples: 40)
          == bootstrap(made.rows, tuning, samples: 40))
    }
  }

  @Test func aBootstrapOfTooManyRowsIsRefused() throws {
    let counts = try ScoreCounts(values: [0.2, 0.9], positives: [1, 6e6], negatives: [6e6, 2])
    let scores = Scores(counts)
    let tuning = try tune(scores, .f1)
    #expect(tuning.rows == 12_000_003 && tuning.positives == 6_000_001)
    #expect(throws: BootstrapError.tooManyRows(12_000_003)) {
      try bootstrap(scores, tuning, samples: 1)
    }
  }

  /// tp 6, fp 2, fn 1: f1 = 12 / 15, by hand; no row scores 0.6, so the plateau goes down to 0.4.
  @Test func knownCounts() throws {
    let counts = try ScoreCounts(
      values: [0.4, 0.6, 0.8], positives: [1, 0, 6], negatives: [9, 0, 2])
    let tuning = try tune(Scores(counts), .f1)
    #expect(tuning.outcome == .threshold(0.8) && tuning.value == 0.8)
    #expect(tuning.plateau == Tuning.Plateau(lower: 0.4, upper: 0.8))
    #expect(tuning.rows == 18)
  }

  @Test func badCountsAreRefused() {
    let bad: [(Double, ScoreCountsError)] = [
      (-1, .badCount(-1, .negatives, row: 1)), (0.5, .badCount(0.5, .negatives, row: 1)),
      (.infinity, .badCount(.infinity, .negatives, row: 1)), (1e17, .tooManyRows),
    ]
    for (count, error) in bad {
      #expect(throws: error) {
        try ScoreCounts(values: [0.1, 0.2], positives: [1, 2], negatives: [3, count])
      }
    }
    #expect(throws: ScoreCountsError.self) {
      try ScoreCounts(values: [0.1], positives: [.nan], negatives: [3])
    }
    #expect(throws: ScoreCountsError.allZero) {
      try ScoreCounts(values: [0.1, 0.2], positives: [0, 0], negatives: [0, 0])
    }
    #expect(throws: ScoreCountsError.empty) {
      try ScoreCounts(values: [], positives: [], negatives: [])
    }
    #expect(throws: ScoreCountsError.undefinedScore(row: 0)) {
      try ScoreCounts(values: [.nan], positives: [1], negatives: [1])
    }
    #expect(throws: ScoreCountsError.unequalLengths(values: 1, positives: 2, negatives: 1)) {
      try ScoreCounts(values: [0.5], positives: [1, 1], negatives: [1])
    }
  }
}
