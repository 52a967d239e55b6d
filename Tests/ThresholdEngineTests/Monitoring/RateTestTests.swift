import TestSupport
import Testing
import ThresholdEngine

/// Verdicts on rates, against scipy 1.x (`binom.cdf`, `binom.sf`, `beta.ppf`).
@Suite struct RateTestTests {
  @Test(arguments: [
    (17, 20, 0.9, true, RateTest.Verdict.open, 0.6563361956857181, 0.9578305921142214),
    (150, 200, 0.9, true, .fails, 0.6945326433508061, 0.7998267548182427),
    (200, 200, 0.98, true, .holds, 0.9851329607687279, 1),
    (5, 1_000, 0.02, false, .holds, 0.001972153141805247, 0.010484076911415651),
    (20, 1_000, 0.02, false, .open, 0.013293005534560481, 0.028930122851398708),
    (31, 1_000, 0.02, false, .fails, 0.02253022167403825, 0.041610073480079626),
  ])
  func judges(
    hits: Int, rows: Int, bound: Double, isFloor: Bool, verdict: RateTest.Verdict, lower: Double,
    upper: Double
  ) {
    let limit = Limit(.recall, isFloor ? .greaterOrEqual : .lessOrEqual, bound)
    let test = RateTest(limit, hits: hits, rows: rows, allowed: 0.05)
    #expect(test.verdict == verdict)
    #expect(abs(test.interval.lowerBound - lower) < 1e-9)
    #expect(abs(test.interval.upperBound - upper) < 1e-9)
  }

  @Test func withoutRowsAllIsOpen() {
    let test = RateTest(Limit(.precision, .greaterOrEqual, 0.9), hits: 0, rows: 0, allowed: 0.05)
    #expect(test.verdict == .open)
    #expect(test.value == nil)
    #expect(test.interval == 0...1)
    #expect(test.neededRows == nil)
  }

  @Test(arguments: [(0.0, 0, true), (1.0, 5, false)])
  func whatEveryRateMeetsHolds(bound: Double, hits: Int, isFloor: Bool) {
    let limit = Limit(.recall, isFloor ? .greaterOrEqual : .lessOrEqual, bound)
    #expect(RateTest(limit, hits: hits, rows: 5, allowed: 0.05).verdict == .holds)
  }

  @Test func oneMistakeFailsAClaimOfNone() {
    let limit = Limit(.recall, .greaterOrEqual, 1)
    #expect(RateTest(limit, hits: 99, rows: 100, allowed: 0.05).verdict == .fails)
    #expect(RateTest(limit, hits: 100, rows: 100, allowed: 0.05).verdict == .open)
  }

  /// As many rows as are said to be needed do settle it.
  @Test(arguments: [(17, 20, 0.9), (53, 100, 0.5), (9, 10, 0.85)])
  func neededRowsSettle(hits: Int, rows: Int, bound: Double) throws {
    let limit = Limit(.recall, .greaterOrEqual, bound)
    let needed = try #require(RateTest(limit, hits: hits, rows: rows, allowed: 0.05).neededRows)
    let more = Int((Double(hits) / Double(rows) * Double(needed)).rounded())
    #expect(needed > rows)
    #expect(RateTest(limit, hits: more, rows: needed, allowed: 0.05).verdict != .open)
  }

  /// At the limit itself, a rate fails in at most the share allowed, and one beyond it holds in at
  /// most that share; half way to certainty, most are settled.
  @Test func keepsItsLevelAndHasPower() {
    var draws = Draws(seed: 3)
    func share(_ verdict: RateTest.Verdict, rate: Double, rows: Int) -> Double {
      let limit = Limit(.precision, .greaterOrEqual, 0.9)
      let count = (0..<2_000).count { _ in
        let hits = (0..<rows).count { _ in Double(draws.next() >> 11) * 0x1p-53 < rate }
        return RateTest(limit, hits: hits, rows: rows, allowed: 0.1).verdict == verdict
      }
      return Double(count) / 2_000
    }
    // Three standard errors of a share of 10 % in 2,000 draws.
    #expect(share(.fails, rate: 0.9, rows: 150) <= 0.12)
    #expect(share(.holds, rate: 0.9 - 1e-9, rows: 150) <= 0.12)
    #expect(share(.fails, rate: 0.8, rows: 150) >= 0.95)
    #expect(share(.holds, rate: 0.97, rows: 150) >= 0.9)
  }
}

/// Which constraints are limits of metrics.
@Suite struct LimitTests {
  @Test func readsBothWaysRound() {
    let constraint = (Metric.recall >= Metric(0.9)).and(Metric(0.02) > .flagRate)
    #expect(
      constraint.limits == [
        Limit(.recall, .greaterOrEqual, 0.9), Limit(.flagRate, .less, 0.02),
      ])
  }

  @Test func othersAreNone() {
    let limit = Metric.recall >= Metric(0.9)
    #expect(limit.or(limit).limits == nil)
    #expect(limit.negated.limits == nil)
    #expect((Metric.recall >= .precision).limits == nil)
  }
}
