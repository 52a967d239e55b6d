import JSONText
import Testing
import ThresholdEngine

/// Curves, areas and metrics against scikit-learn 1.9.
///
/// scripts/fixtures/make_metrics.py wrote the values. A null is a stand-in of scikit-learn's, which thr calls undefined.
@Suite struct ScikitLearnTests {
  private let cases: [JSON]

  init() throws {
    cases = try ReferenceFile.json("metrics/scikit-learn.json")["cases"]?.array ?? []
    try #require(cases.count == 15)
  }

  @Test func metrics() throws {
    var compared = 0
    for each in cases {
      let scores = try scores(each)
      for expected in each["at"]?.array ?? [] {
        let threshold = try #require(expected["threshold"]?.number)
        let evaluation = evaluate(scores, at: .threshold(threshold))
        for member in expected["values"]?.object?.members ?? [] {
          let found = evaluation.value(of: try #require(metric(member.key)))
          if member.value.string == "inf" {
            #expect(found == .infinity)
            compared += 1
            continue
          }
          expectNear(found, member.value.number, "\(member.key) at \(threshold), \(name(each))")
          compared += 1
        }
      }
    }
    #expect(compared > 900)
  }

  private func metric(_ name: String) -> Metric? {
    switch name {
    case "fbeta(2)": .fBeta(2)
    case "fbeta(0.5)": .fBeta(0.5)
    default: Metric(named: name)
    }
  }

  @Test func areasAndProbabilityScores() throws {
    for each in cases {
      let scores = try scores(each)
      let expected = each["expected"]
      expectNear(try auc(scores), expected?["auc"]?.number, "AUC, \(name(each))")
      expectNear(
        try averagePrecision(scores), expected?["average_precision"]?.number,
        "average precision, \(name(each))")
      expectNear(try logLoss(scores), expected?["log_loss"]?.number, "log loss, \(name(each))")
      expectNear(try brier(scores), expected?["brier"]?.number, "Brier, \(name(each))")
    }
  }

  @Test func curves() throws {
    for each in cases {
      let scores = try scores(each)
      let expected = each["expected"]
      try expectSame(try? Curve.roc(scores), expected?["roc"], name(each))
      try expectSame(try? Curve.precisionRecall(scores), expected?["pr"], name(each))
    }
  }

  /// scikit-learn cuts the ends off the DET curve; what is left is part of ours.
  @Test func detectionErrorTradeOff() throws {
    for each in cases {
      guard let expected = each["expected"]?["det"] else { continue }
      let curve = try Curve.det(scores(each))
      let shown = Dictionary(
        uniqueKeysWithValues: zip(curve.thresholds, zip(curve.x, curve.y)))
      for (index, threshold) in (expected["thresholds"]?.numbers ?? []).enumerated() {
        let point = shown[threshold]
        expectNear(point?.0, expected["x"]?[index]?.number, "FPR, \(name(each))")
        expectNear(point?.1, expected["y"]?[index]?.number, "FNR, \(name(each))")
      }
    }
  }

  // MARK: - Comparing

  private func name(_ each: JSON) -> String { each["name"]?.string ?? "?" }

  private func scores(_ each: JSON) throws -> Scores {
    try Scores(
      values: (each["values"]?.numbers ?? []).map { try #require($0) },
      labels: (each["labels"]?.numbers ?? []).map { $0 == 1 },
      weights: each["weights"]?.array?.map { try #require($0.number) })
  }

  private func expectNear(_ found: Double?, _ expected: Double?, _ what: String) {
    guard let found, let expected else {
      #expect(found == expected, "\(what)")
      return
    }
    #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)), "\(what)")
  }

  private func expectSame(_ curve: Curve?, _ expected: JSON?, _ name: String) throws {
    guard let expected, let curve else {
      #expect(curve == nil && expected == nil, "\(name)")
      return
    }
    // scikit-learn lists precision and recall loosest first.
    let isReversed = curve.kind == .precisionRecall
    let order = isReversed ? Array(curve.x.indices.reversed()) : Array(curve.x.indices)
    #expect(order.map { curve.thresholds[$0] } == expected["thresholds"]?.numbers, "\(name)")
    try #require(order.count == expected["x"]?.array?.count, "\(name)")
    for (place, index) in order.enumerated() {
      expectNear(curve.x[index], expected["x"]?[place]?.number, "x of \(curve.kind), \(name)")
      expectNear(curve.y[index], expected["y"]?[place]?.number, "y of \(curve.kind), \(name)")
    }
  }
}
