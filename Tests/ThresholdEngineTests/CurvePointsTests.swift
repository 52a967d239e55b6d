import Testing
import ThresholdEngine

/// Points of curves against the counts that they are views of.
@Suite struct CurvePointsTests {
  private static func curves(_ scores: Scores) throws -> [Curve] {
    try [
      Curve.roc(scores), .precisionRecall(scores), .det(scores), .gains(scores), .lift(scores),
    ]
  }

  private static func mixed(_ random: inout RandomScores, _ kind: ScoresKind) throws -> Scores? {
    let scores = try random.scores(kind: kind)
    let sweep = try Sweep(scores)
    return sweep.positives > 0 && sweep.negatives > 0 ? scores : nil
  }

  @Test(arguments: ScoresKind.allCases)
  func countsAreThoseOfTheThreshold(kind: ScoresKind) throws {
    var random = RandomScores(seed: 11)
    for _ in 0..<20 {
      guard let scores = try Self.mixed(&random, kind) else { continue }
      for curve in try Self.curves(scores) {
        for index in 0..<curve.count {
          let decision = curve.threshold(at: index).map(Decision.threshold) ?? .flagNothing
          #expect(curve.confusion(at: index) == scores.confusion(at: decision))
          #expect(curve.x[index] == curve.x(at: index) && curve.y[index] == curve.y(at: index))
          #expect(curve.thresholds[index] == curve.threshold(at: index))
        }
      }
    }
  }

  @Test(arguments: ScoresKind.allCases)
  func coordinatesAreMetrics(kind: ScoresKind) throws {
    var random = RandomScores(seed: 12)
    for _ in 0..<20 {
      guard let scores = try Self.mixed(&random, kind) else { continue }
      let (roc, pr) = (try Curve.roc(scores), try Curve.precisionRecall(scores))
      for index in 0..<roc.count {
        let counts = roc.confusion(at: index)
        #expect(roc.y(at: index) == counts.truePositives / roc.positives)
        #expect(roc.x(at: index) == counts.falsePositives / roc.negatives)
      }
      for index in 0..<pr.count {
        #expect(pr.y(at: index) == Metric.precision.value(of: pr.confusion(at: index)))
      }
    }
  }

  /// The best point is that of `tune`, with all its ties, among constrained and unconstrained kinds.
  @Test(arguments: ScoresKind.allCases)
  func theBestPointIsTheTuning(kind: ScoresKind) throws {
    var random = RandomScores(seed: 13)
    for _ in 0..<20 {
      guard let scores = try Self.mixed(&random, kind) else { continue }
      let roc = try Curve.roc(scores)
      for metric in [Metric.youden, .gmean, .f1, .mcc, .accuracy] {
        guard let best = roc.index(ofBest: metric) else { continue }
        let tuning = try tune(scores, metric)
        #expect(roc.threshold(at: best) == tuning.threshold, "\(metric)")
        #expect(roc.confusion(at: best) == tuning.confusion, "\(metric)")
      }
    }
  }

  @Test func equalByKindAndCounts() throws {
    let scores = try Scores(values: [0.1, 0.4, 0.6, 0.9], labels: [false, true, false, true])
    #expect(try Curve.roc(scores) == Curve.roc(scores))
    #expect(try Curve.roc(scores) != Curve.det(scores))
    let decision = try Curve.decision(scores, step: 0.25)
    #expect(decision.thresholds == [0, 0.25, 0.5, 0.75])
    #expect(decision.confusion(at: 1) == scores.confusion(at: .threshold(0.25)))
  }
}
