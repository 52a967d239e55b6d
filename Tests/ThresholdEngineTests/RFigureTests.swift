import JSONText
import Testing

@testable import ThresholdEngine

/// The figures of R's pROC, cutpointr, OptimalCutpoints and ROCR; `scripts/fixtures/make_r.R` wrote
/// them, with the versions.
@Suite struct RFigureTests {
  private let figures: JSON
  private let patients: JSON

  init() throws {
    figures = try ReferenceFile.json("r.json")
    patients = try #require(figures["asah"])
  }

  private func scores(_ name: String) throws -> Scores {
    try Scores(
      values: (patients[name]?.numbers ?? []).compactMap { $0 },
      labels: (patients["outcome"]?.numbers ?? []).map { $0 == 1 })
  }

  private func expectEqual(
    _ value: Double?, _ expected: Double, within tolerance: Double = 1e-12,
    _ place: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs((value ?? .nan) - expected) <= tolerance * max(1, abs(expected)),
      "\(String(describing: value)), R has \(expected)", sourceLocation: place)
  }

  @Test func areasAsPROC() throws {
    let (s100b, ndka) = (try scores("s100b"), try scores("ndka"))
    expectEqual(try auc(s100b), try patients.number("auc"))
    expectEqual(try auc(ndka), try patients.number("auc_ndka"))
    let deLong = try #require(try DeLong([s100b, ndka]))
    let interval = deLong.interval(level: 0.95)
    let expected = try #require(patients["interval"]).numbers.compactMap { $0 }
    expectEqual(interval.lower, expected[0])
    expectEqual(interval.upper, expected[1])
    // R's difference is of the first less the second.
    let difference = deLong.difference(of: 1, level: 0.95)
    let bounds = try #require(patients["difference"]).numbers.compactMap { $0 }
    expectEqual(difference.interval.lower, -bounds[1])
    expectEqual(difference.interval.upper, -bounds[0])
    expectEqual(difference.pValue, try patients.number("p_value"))
  }

  @Test func partsAsPROC() throws {
    let s100b = try scores("s100b")
    func area(_ part: PartOfROC, _ standardized: Bool) throws -> Double? {
      try partialAUC(s100b, part, standardized: standardized)
    }
    expectEqual(
      try area(.maxFPR(0.1), false), try patients.number("partial"))
    expectEqual(
      try area(.maxFPR(0.1), true), try patients.number("partial_standardized"))
    expectEqual(
      try area(.minRecall(0.9), false), try patients.number("partial_recall"))
  }

  /// The value is the same, and the threshold is among those that reach it.
  private static let criteria: [(String, Metric)] = [
    ("Youden", .youden), ("ROC01", .closestTopleft), ("MaxKappa", .kappa),
    ("MaxEfficiency", .accuracy),
    ("MaxProdSpSe", .recall * .specificity), ("MaxSpSe", .combine(.min, .recall, .specificity)),
    ("SpEqualSe", .apply(.abs, .recall - .specificity)),
  ]

  @Test(arguments: criteria)
  func criteriaAsOptimalCutpoints(name: String, metric: Metric) throws {
    let criterion = try #require(patients["criteria"]?[name])
    let tuning = try tune(try scores("s100b"), metric)
    // Youden's is rounded there.
    expectEqual(
      tuning.value, try criterion.number("value"), within: name == "Youden" ? 1e-9 : 1e-12)
    let cutoffs = try #require(criterion["cutoffs"]).numbers
    #expect(cutoffs.contains(tuning.threshold))
  }

  private static let lift: Metric = {
    let flagged: Metric = .flagged / (.tp + .fp + .tn + .fn)
    return .recall / flagged
  }()

  private static let metricsOfROCR: [(String, Metric)] = [
    ("precision", .precision), ("recall", .recall), ("fpr", .fpr), ("f1", .f1), ("mcc", .mcc),
    ("accuracy", .accuracy), ("flag_rate", .flagRate), ("lift", lift),
  ]

  @Test(arguments: metricsOfROCR)
  func metricsAsROCR(name: String, metric: Metric) throws {
    let sweep = try Sweep(try scores("s100b"))
    let measure = try #require(patients["rocr"]?[name])
    #expect(measure["cutoffs"]?.numbers == sweep.thresholds)
    let values = try #require(measure["values"]).numbers
    #expect(values.count == sweep.count)
    for (index, expected) in values.enumerated() {
      // ROCR leaves MCC undefined where all rows are flagged; here it is 0.
      expectEqual(sweep.value(of: metric, at: index), expected ?? 0)
    }
  }

  @Test(arguments: ["all", "female", "male"])
  func cutpointsByGender(group: String) throws {
    let expected = try #require(figures["suicide"]?[group])
    let people = try ReferenceFile.text("suicide.csv").split(separator: "\n").dropFirst()
      .map { $0.filter { $0 != "\"" }.split(separator: ",") }
      .filter { group == "all" || $0[1] == group }
    let scores = try Scores(
      values: try people.map { try #require(Double($0[2])) }, labels: people.map { $0[3] == "yes" })
    for (name, metric) in [("youden", Metric.youden), ("f1", .f1), ("cohens_kappa", .kappa)] {
      let found = try tune(scores, metric)
      let cutpoint = try #require(expected[name])
      #expect(found.threshold == (try cutpoint.number("cutpoint")))
      expectEqual(found.value, try cutpoint.number("value"))
      for (rate, rateMetric) in [
        ("accuracy", Metric.accuracy), ("recall", .recall), ("specificity", .specificity),
      ] {
        expectEqual(rateMetric.value(of: found.confusion), try cutpoint.number(rate))
      }
    }
    let smoothed = try smooth(tune(scores, .youden), on: scores, by: .spline, midpoint: false)
    let spline = try #require(expected["spline"])
    #expect(smoothed.tuning.threshold == (try spline.number("cutpoint")))
    expectEqual(smoothed.value, try spline.number("curve"), within: 1e-9)
    expectEqual(smoothed.tuning.value, try spline.number("value"))
    expectEqual(try auc(scores), try spline.number("auc"))
  }

  @Test func smoothsAsCutpointr() throws {
    let s100b = try scores("s100b")
    let smoothed = try smooth(tune(s100b, .youden), on: s100b, by: .spline, midpoint: false)
    let spline = try #require(patients["spline"])
    #expect(smoothed.tuning.threshold == (try spline.number("cutpoint")))
    expectEqual(smoothed.value, try spline.number("curve"), within: 1e-9)
    expectEqual(smoothed.tuning.value, try spline.number("value"))
    #expect(smoothed.thresholds == 50)
  }

  @Test func splinesAsSmoothSpline() throws {
    for spline in figures["splines"]?.array ?? [] {
      let (x, y) = (spline["x"]?.numbers ?? [], spline["y"]?.numbers ?? [])
      let fitted = try #require(
        SmoothingSpline.fitted(x.compactMap { $0 }, y.compactMap { $0 }))
      for (value, expected) in zip(fitted.values, spline["smoothed"]?.numbers ?? []) {
        expectEqual(value, try #require(expected), within: 1e-9)
      }
      expectEqual(fitted.degreesOfFreedom, try spline.number("df"), within: 1e-9)
    }
    let knots = try #require(figures["knots"])
    let points = try #require(knots["points"]).numbers.compactMap { $0 }
    #expect(points.count == 12)
    #expect(points.map { Double(SmoothingSpline.knotCount(Int($0))) } == knots["knots"]?.numbers)
  }

  @Test func needsFourThresholds() throws {
    let scores = try Scores(values: [1, 2, 2, 3], labels: [false, true, false, true])
    #expect(throws: SmoothingError.tooFew(3)) {
      try smooth(tune(scores, .youden), on: scores, by: .spline, midpoint: false)
    }
  }
}
