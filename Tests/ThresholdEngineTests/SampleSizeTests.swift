import Foundation
import JSONText
import Testing

@testable import ThresholdEngine

/// Sample sizes against scipy (scripts/fixtures/make_sample_sizes.py).
@Suite struct SampleSizeTests {
  private func cases(_ name: String) throws -> [JSON] {
    let cases = try ReferenceFile.json("sample_sizes.json")[name]?.array ?? []
    #expect(!cases.isEmpty)
    return cases
  }

  private func size(
    _ constraint: Constraint, allowed: Double, prevalence: Double? = nil, expected: Double? = nil
  ) throws -> SampleSize {
    try SampleSize(
      Guarantee(constraint, level: 1 - allowed), in: SampledPopulation(prevalence: prevalence),
      expected: expected)
  }

  @Test func sharesEqualScipy() throws {
    for given in try cases("shares") {
      let (share, allowed) = (try given.number("share"), try given.number("allowed"))
      let prevalence = try given.number("prevalence")
      let (least, rows) = (Int(try given.number("least")), Int(try given.number("rows")))
      let positives = try size(
        Metric.fnr <= Metric(share), allowed: allowed, prevalence: prevalence)
      #expect(positives.positives == least && positives.rows == rows, "\(given)")
      #expect(positives.negatives == 0)
      let negatives = try size(
        Metric.fpr <= Metric(share), allowed: allowed, prevalence: 1 - prevalence)
      #expect(negatives.negatives == least && negatives.rows == rows, "\(given)")
      let all = try size(Metric.flagRate <= Metric(share), allowed: allowed)
      #expect(all.rows == least)
      try expectMeans(given, positives)
    }
  }

  private func expectMeans(_ given: JSON, _ size: SampleSize) throws {
    let population = SampledPopulation(prevalence: try given.number("prevalence"))
    let needs = try size.needs + size.alternatives(to: size.needs[0], in: population)
    var compared = 0
    for pair in given["means"]?.array ?? [] {
      let numbers = pair.numbers.compactMap { $0 }
      let (count, mean) = (numbers[0], numbers[1])
      guard let need = needs.first(where: { $0.count == Int(count) }) else { continue }
      #expect(abs(need.expected - mean) < 1e-12, "\(given)")
      compared += 1
    }
    #expect(compared > 0)
  }

  @Test func averagesEqualScipy() throws {
    for given in try cases("averages") {
      let (share, allowed) = (try given.number("share"), try given.number("allowed"))
      let found = try size(
        Metric.recall >= Metric(share.complement), allowed: allowed,
        expected: given.number("average").complement)
      #expect(found.positives == Int(try given.number("rows")), "\(given)")
    }
  }

  @Test func pairsEqualScipy() throws {
    for given in try cases("pairs") {
      let (misses, alarms) = (try given.number("misses"), try given.number("alarms"))
      let found = try size(
        (Metric.fnr <= Metric(misses)).and(Metric.fpr <= Metric(alarms)),
        allowed: given.number("allowed"), prevalence: given.number("prevalence"))
      #expect(found.positives == Int(try given.number("positives")), "\(given)")
      #expect(found.negatives == Int(try given.number("negatives")), "\(given)")
      #expect(found.rows == Int(try given.number("rows")), "\(given)")
    }
  }

  @Test func certainRowsEqualScipy() throws {
    for given in try cases("precision") {
      let steps = given["steps"]?.numbers.compactMap { $0.map { Int($0) } } ?? []
      let guarantee = try Guarantee(Metric.precision >= Metric(0.5))
      let plan = try PredictivePlan(
        guarantee.clauses[0], isOfFlagged: true, least: 0.5, allowed: 0.1, level: 0.9,
        prevalence: 0.5, flagRate: given.number("rate"), expected: given.number("right"))
      let part = Certificate.Part(
        clause: guarantee.clauses[0], allowed: 0.1, rule: .stairs(steps))
      let found = try plan.probability(Int(given.number("rows")), part)
      #expect(abs(found - (try given.number("probability"))) < 1e-9, "\(given)")
    }
  }

  /// The numbers found are the least: with one row less, the probability is too small.
  @Test(arguments: [0.95, 1.0])
  func precisionTakesNoMoreRows(expected: Double) throws {
    let population = SampledPopulation(prevalence: 0.1, flagRate: 0.08)
    let guarantee = try Guarantee(Metric.precision >= Metric(0.8))
    let found = try SampleSize(guarantee, in: population, expected: expected)
    let plan = try PredictivePlan(
      guarantee.clauses[0], isOfFlagged: true, least: 0.8, allowed: 0.1, level: 0.9,
      prevalence: 0.1, flagRate: 0.08, expected: expected)
    let rows = try #require(found.rows)
    #expect(try plan.probability(rows, { false }) >= 0.9)
    #expect(try plan.probability(rows - 1, { false }) < 0.9)
  }

  @Test func refusesWhatCannotBePlanned() throws {
    #expect(throws: SampleSizeError.self) {
      try size(Metric.precision >= Metric(0.8), allowed: 0.1)
    }
    #expect(throws: SampleSizeError.self) {
      try size(Metric.recall >= Metric(0.8), allowed: 0.1, expected: 0.8)
    }
    #expect(throws: SampleSizeError.expectedOfSeveral) {
      try size(
        (Metric.recall >= Metric(0.8)).and(Metric.fpr <= Metric(0.1)), allowed: 0.1, expected: 0.9)
    }
  }

  /// precision = r q / (r q + f (1 - q)), solved for f.
  @Test(arguments: [(0.5, 0.001), (0.9, 0.02), (0.1, 0.3)])
  func requirementOfPrecisionEqualsItsFormula(least: Double, prevalence: Double) throws {
    let found = try Requirement(Metric.precision >= Metric(least), prevalence: prevalence)
    for (recall, rate) in zip(found.recall, found.falsePositiveRate) {
      let wanted = min(recall * prevalence * (1 - least) / ((1 - prevalence) * least), 1)
      #expect(abs((rate ?? -1) - wanted) < 1e-12)
    }
  }

  @Test func requirementsOfOtherRates() throws {
    let rate = try Requirement(Metric.flagRate <= Metric(0.1), prevalence: 0.2)
    // 0.2 r + 0.8 f <= 0.1 leaves f <= 0.125 - r / 4.
    #expect(abs((rate.falsePositiveRate[20] ?? -1) - 0.075) < 1e-12)
    #expect(rate.falsePositiveRate[60] == nil)
    let both = try Requirement(
      (Metric.recall >= Metric(0.8)).and(Metric.youden >= Metric(0.7)), prevalence: 0.2)
    #expect(both.falsePositiveRate[79] == nil)
    #expect(abs((both.falsePositiveRate[90] ?? -1) - 0.2) < 1e-12)
    #expect(throws: RequirementError.self) {
      try Requirement(Metric.fp <= Metric(3), prevalence: 0.1)
    }
  }
}
