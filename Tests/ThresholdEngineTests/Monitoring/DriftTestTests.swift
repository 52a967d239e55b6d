import TestSupport
import Testing

@testable import ThresholdEngine

/// Tests of drift, against scipy 1.x (`fisher_exact`, `chi2`, `chi2_contingency`).
@Suite struct DriftTestTests {
  @Test(arguments: [
    (3, 10, 9, 12, 0.0835573095635015), (0, 5, 5, 5, 0.007936507936507938),
    (50, 5_000, 30, 5_000, 0.03229762771105021), (100, 10_000, 240, 30_000, 0.06788695413808007),
    (1, 3, 0, 1_000, 0.002991026919242273), (7, 7, 3, 3, 1),
    (120_000, 1_000_000, 119_000, 1_000_000, 0.029426792467455085),
  ])
  func fisher(hits: Int, rows: Int, otherHits: Int, otherRows: Int, p: Double) {
    let value = DriftTest.rates(hits, of: rows, and: otherHits, of: otherRows)
    #expect(abs(value - p) < 1e-6 * p, "\(value)")
  }

  @Test(arguments: [
    (3.84, 1, 0.05004352124870519), (0.5, 2, 0.7788007830714049), (11.07, 5, 0.050009618622405425),
    (30, 9, 0.00043872177097947936), (9, 8, 0.34229595583459105), (100, 9, 1.5735176303753876e-17),
    (0, 1, 1), (0, 2, 1),
  ])
  func chiSquared(x: Double, freedom: Int, tail: Double) {
    #expect(abs(ChiSquared.tail(x, freedom: freedom) - tail) <= 1e-11 * tail)
  }

  @Test func homogeneity() throws {
    let tens = [Double](repeating: 10, count: 10)
    let first = try #require(
      DriftTest.counts(tens, and: [20, 18, 25, 22, 14, 21, 19, 20, 23, 18]))
    #expect(abs(first - 0.9972764333382472) < 1e-11)
    let second = try #require(DriftTest.counts([100, 50, 20], and: [80, 60, 40]))
    #expect(abs(second - 0.008565451059314671) < 1e-12)
  }

  @Test func fewRowsSayNothing() {
    #expect(DriftTest.counts([3, 2], and: [2, 2]) == nil)
    #expect(DriftTest.counts([], and: []) == nil)
    #expect(DriftTest.counts([100], and: [50]) == nil)
  }

  private static func sample(_ rows: Int, shift: Double, _ draws: inout Draws) throws -> Scores {
    let values = (0..<rows).map { _ -> Double in
      let uniform = Double(draws.next() >> 11) * 0x1p-53
      // Rounded: ties are usual.
      return ((uniform * uniform + shift) * 200).rounded() / 200
    }
    return try Scores(values: values, labels: values.map { _ in draws.below(2) == 0 })
  }

  private static func rejections(shift: Double, of samples: Int) throws -> Double {
    var draws = Draws(seed: 5)
    var rejected = 0
    for _ in 0..<samples {
      let old = ScoreBins(try sample(300, shift: 0, &draws), parts: 10)
      let new = ScoreBins(counting: try sample(200, shift: shift, &draws), edges: old.edges)
      if let p = DriftTest.counts(old.counts, and: new.counts), p <= 0.05 { rejected += 1 }
    }
    return Double(rejected) / Double(samples)
  }

  /// Parts are made from the old scores, and the test keeps its level all the same.
  ///
  /// 6.5 % are three standard errors above 5 % of 2,000 samples.
  @Test func scoresKeepTheLevel() throws {
    #expect(try Self.rejections(shift: 0, of: 2_000) <= 0.065)
  }

  @Test func shiftedScoresAreFound() throws {
    #expect(try Self.rejections(shift: 0.1, of: 200) >= 0.9)
  }

  @Test func partsHoldEqualShares() throws {
    let scores = try Scores(
      values: (0..<100).map { Double($0) }, labels: (0..<100).map { $0 % 2 == 0 })
    let bins = ScoreBins(scores, parts: 10)
    #expect(bins.edges == (1..<10).map { Double(10 * $0) })
    #expect(bins.counts == [Double](repeating: 10, count: 10))
  }

  /// A score that most rows have is one part.
  @Test func tiesStayTogether() throws {
    let values = [Double](repeating: 0, count: 80) + (1...20).map { Double($0) }
    let scores = try Scores(values: values, labels: values.map { $0 > 3 })
    let bins = ScoreBins(scores, parts: 10)
    #expect(bins.edges == [1, 11])
    #expect(bins.counts == [80, 10, 10])
  }
}
