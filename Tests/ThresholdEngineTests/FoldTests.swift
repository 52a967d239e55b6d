import Foundation
import JSONText
import Testing

@testable import ThresholdEngine

/// Folds and cross-validated thresholds against scikit-learn (scripts/fixtures/make_folds.py).
@Suite struct FoldTests {
  private let fixture: JSON

  init() throws { fixture = try ReferenceFile.json("folds.json") }

  private func whole(_ json: JSON?) -> [Int] {
    json?.numbers.compactMap { $0.map { Int($0) } } ?? []
  }

  private func wholes(_ json: JSON?) -> [[Int]] { json?.array?.map { whole($0) } ?? [] }

  @Test func foldsEqualScikitLearn() throws {
    let labels = whole(fixture["labels"]).map { $0 == 1 }
    let folds = try StratifiedFolds.assigned(labels: labels, folds: 5, repeats: 3, seed: 2)
    #expect(folds == wholes(fixture["folds"]) && folds.count == 3)
    for given in fixture["few"]?.array ?? [] {
      let found = try StratifiedFolds.assigned(
        labels: whole(given["labels"]).map { $0 == 1 }, folds: Int(given.number("count")),
        repeats: 2, seed: UInt32(given.number("seed")))
      #expect(found == wholes(given["folds"]), "\(given)")
    }
    #expect(fixture["few"]?.array?.count == 6)
  }

  @Test func refusesMoreFoldsThanRowsOfAClass() {
    #expect(throws: FoldError.classTooSmall(label: true, count: 2, folds: 3)) {
      try StratifiedFolds.assigned(labels: [true, false, false, true, false], folds: 3)
    }
    #expect(throws: FoldError.tooFew(0, folds: 2)) {
      try StratifiedFolds.assigned(labels: [], folds: 2)
    }
  }

  private func data() throws -> Dataset {
    try .synthetic(
      rows: 600, majority: 0.8, features: 2, informative: 2, redundant: 0, clusters: 1, flip: 0.05,
      separation: 1, seed: 4)
  }

  /// The scores of every row by the model of the other folds.
  private func outOfFold() throws -> Scores {
    let (data, folds) = (try data(), wholes(fixture["folds"])[0])
    var values = [Double](repeating: 0, count: data.rows)
    for fold in 0..<5 {
      let (others, held) = (
        folds.indices.filter { folds[$0] != fold },
        folds.indices.filter { folds[$0] == fold }
      )
      let model = try LogisticRegression.fit(data.subset(rows: others))
      for (row, value) in zip(held, try model.probabilities(of: data.subset(rows: held))) {
        values[row] = value
      }
    }
    return try Scores(values: values, labels: data.labels)
  }

  @Test func outOfFoldScoresEqualScikitLearn() throws {
    let scores = try outOfFold()
    #expect(scores.labels == whole(fixture["labels"]).map { $0 == 1 })
    for (found, wanted) in zip(scores.values, fixture["scores"]?.numbers ?? []) {
      #expect(abs(found - (wanted ?? .nan)) < 1e-6)
    }
  }

  /// The mean curve on a grid is `TunedThresholdClassifierCV` with the thresholds of the grid.
  @Test(arguments: [
    ("f1", Metric.f1), ("balanced_accuracy", .balancedAccuracy), ("fbeta", .fBeta(2)),
    ("cost", .cost(fp: 1, fn: 4)),
  ])
  func meanCurveEqualsScikitLearn(name: String, metric: Metric) throws {
    let given = try #require(
      fixture["tuned"]?.array?.first { $0["metric"] == .string(name) })
    let folded = FoldedScores([
      FoldedScores.Round(try outOfFold(), folds: wholes(fixture["folds"])[0])
    ])
    let question = FoldedQuestion(metric, search: .grid(step: 0.01))
    let rule = try crossValidate([folded], question).rules[1]
    let sign = metric.direction == .minimise ? -1.0 : 1.0
    let means = given["scores"]?.numbers.compactMap { $0.map { $0 * sign } } ?? []
    #expect(means.count == 100)
    let threshold = try #require(rule.decision?.threshold)
    #expect(threshold == (try given.number("threshold")))
    #expect(abs((rule.mean ?? .nan) - (try given.number("score")) * sign) < 1e-9)
  }
}
