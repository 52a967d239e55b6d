import Foundation
import JSONText
import Testing

@testable import ThresholdEngine

/// Intervals of metrics against scipy (scripts/fixtures/make_intervals.py), and by what they are
/// for.
@Suite struct MetricIntervalTests {
  private func cases(_ name: String) throws -> [JSON] {
    let cases = try ReferenceFile.json("intervals.json")[name]?.array ?? []
    #expect(!cases.isEmpty)
    return cases
  }

  @Test func quantilesOfTheNormalDistributionEqualScipy() throws {
    for given in try cases("normal") {
      let z = try given.number("z")
      #expect(abs(StandardNormal.quantile(try given.number("p")) - z) < 1e-9, "\(given)")
      #expect(abs(StandardNormal.bothTails(z) - (try given.number("tails"))) < 1e-13, "\(given)")
    }
  }

  @Test(arguments: [("wilson", ShareMethod.wilson), ("exact", .clopperPearson)])
  func intervalsOfSharesEqualScipy(name: String, method: ShareMethod) throws {
    for given in try cases("shares") {
      let interval = try #require(
        method.interval(
          given.number("hits"), of: given.number("trials"), level: given.number("level")))
      let wanted = given[name]?.numbers.compactMap { $0 } ?? []
      #expect(abs(interval.lower - wanted[0]) < 1e-9, "\(given)")
      #expect(abs(interval.upper - wanted[1]) < 1e-9, "\(given)")
    }
  }

  /// 34 of 50 positives and 6 of 4,950 negatives are flagged.
  private func rows() throws -> Scores {
    let (positives, negatives) = ((0..<50).map { $0 < 34 }, (0..<4_950).map { $0 < 6 })
    let flagged = positives + negatives
    return try Scores(
      values: flagged.map { $0 ? 1 : 0 }, labels: flagged.indices.map { $0 < 50 })
  }

  /// numpy's 200,000 multinomial samples of the four cells give f1 from 0.6667 to 0.8333.
  @Test func bootstrapOfCountsEqualsNumpy() throws {
    let found = try JudgedRows.intervals(
      of: [.f1, .recall], rows(), at: .threshold(0.5), level: 0.9, samples: 20_000)
    let f1 = try #require(found[0].interval)
    #expect(abs(f1.lower - 0.6667) < 0.004 && abs(f1.upper - 0.8333) < 0.004)
    #expect(found[0].share == nil && found[1].share == .wilson)
  }

  /// Cells and single rows are two ways to draw the same samples.
  @Test func rowsByRowAgreesWithCells() throws {
    let rows = try rows()
    let byRow = JudgedRows([(rows, .threshold(0.5))], units: Array(0..<rows.count))
    let byCell = JudgedRows([(rows, .threshold(0.5))])
    for metric in [Metric.f1, .mcc, .tp] {
      let values = try [byRow, byCell].map {
        try $0.values(of: [metric], samples: 2_000, seed: 3)[0][0]
      }
      let means = values.map { $0.reduce(0, +) / Double($0.count) }
      let spreads = zip(values, means).map { values, mean in
        (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)).squareRoot()
      }
      // The error of a mean of 2,000 is 1/45 of the spread, of a spread 1/63 of itself.
      #expect(abs(means[0] - means[1]) < 5 * spreads[0] / 45 * 2.0.squareRoot(), "\(metric)")
      #expect(abs(spreads[0] / spreads[1] - 1) < 0.1, "\(metric)")
    }
  }

  @Test func binomialDrawsHaveTheirMomentsAndStayWithinTheirRows() throws {
    for counts in [[3.0, 0, 1], [500, 20, 1, 0], [1e6, 2e6, 5]] {
      let draws = MultinomialDraws(counts)
      let total = counts.reduce(0, +)
      var sums = counts.map { _ in 0.0 }
      for number in 0..<4_000 {
        var stream = DrawStream(seed: 5, number: number)
        let sample = draws.sample(&stream)
        #expect(sample.reduce(0, +) == total && sample.allSatisfy { $0 >= 0 })
        for cell in counts.indices { sums[cell] += sample[cell] / 4_000 }
      }
      for (mean, count) in zip(sums, counts) {
        let error = (count * (1 - count / total) / 4_000).squareRoot()
        #expect(abs(mean - count) <= 5 * error, "\(counts)")
      }
    }
  }

  @Test func equalSeedsGiveEqualIntervals() throws {
    let rows = try rows()
    let found = try (0..<2).map { _ in
      try JudgedRows.intervals(of: [.f1, .mcc], rows, at: .threshold(0.5), level: 0.9, seed: 7)
    }
    #expect(found[0] == found[1])
  }

  @Test func undefinedMetricsHaveNoInterval() throws {
    let rows = try Scores(values: [0.1, 0.2], labels: [true, true])
    let found = try JudgedRows.intervals(
      of: [.precision, .specificity, .mcc, .recall], rows, at: .flagNothing, level: 0.9)
    #expect(found.map { $0.interval == nil } == [true, true, true, false])
  }
}
