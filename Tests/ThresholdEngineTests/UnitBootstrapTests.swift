import Testing

@testable import ThresholdEngine

/// Bootstrap samples of whole units, weighted rows and metrics by column.
@Suite struct UnitBootstrapTests {
  private static let count = 400

  /// Rows whose scores say something; four rows a unit.
  private static func rows() throws -> (scores: Scores, units: RowFacts.Groups) {
    var draws = DrawStream(seed: 4, number: 0)
    let values = (0..<count).map { _ in draws.openUnit() }
    let labels = values.map { draws.openUnit() < $0 * $0 }
    var facts = RowFacts()
    facts.columns["amount"] = (0..<count).map { _ in -10 * draws.openUnit() + 12 }
    let scores = try Scores(values: values, labels: labels).knowing(facts)
    let units = RowFacts.Groups(codes: (0..<count).map { Int32($0 / 4) }, count: count / 4)
    return (scores, units)
  }

  /// Each sample is what tuning on rows weighed by how often their unit is drawn gives.
  @Test func unitsAreDrawnWhole() throws {
    let (scores, units) = try Self.rows()
    let tuning = try tune(scores, .f1)
    let found = try bootstrap(scores, tuning, units: units, samples: 6, seed: 5)
    #expect(found.units == 100)
    // Units are numbered in the order of their highest row.
    let order = scores.values.indices.sorted { scores.values[$0] > scores.values[$1] }
    var numbers: [Int: Int] = [:]
    for row in order where numbers[row / 4] == nil { numbers[row / 4] = numbers.count }
    for (number, replicate) in found.replicates.enumerated() {
      var stream = DrawStream(seed: 5, number: number)
      var drawn = [Double](repeating: 0, count: 100)
      let rejected = DrawStream.rejected(below: 100)
      for _ in 0..<100 { drawn[stream.integer(below: 100, rejected: rejected)] += 1 }
      let weights = scores.values.indices.map { drawn[numbers[$0 / 4] ?? 0] }
      let sample = try Scores(values: scores.values, labels: scores.labels, weights: weights)
      let again = try tune(sample, .f1)
      #expect(replicate.outcome == again.outcome)
      #expect(replicate.values[0].inSample == again.value)
      let all = try counts(scores, again.outcome)
      #expect(replicate.values[0].onAllRows == Metric.f1.value(of: all))
      let left = weights.map { $0 == 0 ? 1.0 : 0 }
      let fresh = try Scores(values: scores.values, labels: scores.labels, weights: left)
      let outside = try counts(fresh, again.outcome)
      #expect(replicate.values[0].outOfBag == Metric.f1.value(of: outside))
    }
  }

  private func counts(_ scores: Scores, _ decision: Decision) throws -> Confusion {
    try evaluate(scores, at: decision, for: [.f1])
  }

  /// A column that is 1 everywhere is none; a column twice as large costs twice as much.
  @Test func columnsCountRows() throws {
    let (scores, _) = try Self.rows()
    var facts = RowFacts()
    facts.columns["one"] = [Double](repeating: 1, count: Self.count)
    facts.columns["two"] = [Double](repeating: 2, count: Self.count)
    let known = scores.knowing(facts)
    let weights = [Double](repeating: 1, count: Self.count)
    let weighted = try Scores(values: scores.values, labels: scores.labels, weights: weights)
    func confidence(_ rows: Scores, _ metric: Metric) throws -> Confidence {
      try bootstrap(rows, tune(rows, metric, goal: .minimise), samples: 30, seed: 2)
    }
    let plain = try confidence(weighted, 2 * .fn + .fp)
    let one = try confidence(known, 2 * Metric.fn.weighed(by: "one") + .fp)
    let two = try confidence(known, Metric.fn.weighed(by: "two") + .fp)
    #expect(one.worth == plain.worth && two.worth == plain.worth)
    #expect(one.gain == plain.gain && two.threshold == plain.threshold)
  }

  /// Rows that come four at a time say as much as a quarter of them: intervals are twice as wide,
  /// but for what 150 samples can say.
  @Test func rowsThatRepeatSayLess() throws {
    let scores = try Self.rows().scores
    func repeated<Element>(_ all: [Element]) -> [Element] {
      all.flatMap { [$0, $0, $0, $0] }
    }
    let some = (values: scores.values.prefix(90), labels: scores.labels.prefix(90))
    let many = try Scores(
      values: repeated(Array(some.values)), labels: repeated(Array(some.labels)))
    let tuning = try tune(many, .f1)
    let units = RowFacts.Groups(codes: (0..<360).map { Int32($0 / 4) }, count: 90)
    let single = RowFacts.Groups(codes: (0..<360).map { Int32($0) }, count: 360)
    func width(_ units: RowFacts.Groups) throws -> Double {
      let found = try bootstrap(many, tuning, units: units, samples: 150)
      let interval = try #require(found.worth?.interval)
      return interval.upper - interval.lower
    }
    let ratio = try width(units) / width(single)
    #expect(ratio > 1.4 && ratio < 2.8, "\(ratio)")
  }
}
