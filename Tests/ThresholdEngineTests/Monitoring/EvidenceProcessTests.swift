import TestSupport
import Testing
import ThresholdEngine

/// The test martingale, against a few lines of numpy that follow the same definition.
@Suite struct EvidenceProcessTests {
  @Test(arguments: [
    (
      Limit(.recall, .greaterOrEqual, 0.9), [9, 8, 10, 5, 6, 0, 7], [10, 10, 10, 10, 9, 0, 12],
      [
        0.8530201121771199, 0.9701396068240467, 0.6829108500878256, 4.063439613795135,
        14.164096665082432, 14.164096665082432, 451.331678518718,
      ]
    ),
    (
      Limit(.flagRate, .lessOrEqual, 0.02), [18, 25, 40, 0, 31], [1_000, 1_000, 1_000, 5, 1_100],
      [
        0.6797680167455736, 0.749810768068816, 62.61816295823047, 58.17755080976708,
        162.18532356634398,
      ]
    ),
  ])
  func followsItsDefinition(limit: Limit, hits: [Int], rows: [Int], evidence: [Double]) throws {
    var process = try #require(EvidenceProcess(limit))
    #expect(process.evidence == 1)
    for (batch, expected) in evidence.enumerated() {
      process.take(hits: hits[batch], of: rows[batch])
      #expect(abs(process.evidence - expected) < 1e-10 * expected)
    }
  }

  @Test(arguments: [0.0, 1]) func certainClaimsHaveNone(bound: Double) {
    #expect(EvidenceProcess(Limit(.recall, .greaterOrEqual, bound)) == nil)
  }

  /// Of 400 streams of 200 batches at the limit itself, at most 10 % (and three standard errors)
  /// ever reach 10; of streams beyond it nearly all do.
  @Test func alarmsAreRarelyFalse() throws {
    var draws = Draws(seed: 11)
    func alarmed(rate: Double) throws -> Double {
      let count = try (0..<400).count { _ in
        var process = try #require(EvidenceProcess(Limit(.recall, .greaterOrEqual, 0.9)))
        for _ in 0..<200 {
          let hits = (0..<5).count { _ in Double(draws.next() >> 11) * 0x1p-53 < rate }
          process.take(hits: hits, of: 5)
          if process.evidence >= 10 { return true }
        }
        return false
      }
      return Double(count) / 400
    }
    #expect(try alarmed(rate: 0.9) <= 0.145)
    #expect(try alarmed(rate: 0.75) >= 0.95)
  }

  /// What is stopped and goes on is the same to the last bit.
  @Test func goesOnExactly() throws {
    var draws = Draws(seed: 2)
    var whole = try #require(EvidenceProcess(Limit(.precision, .greaterOrEqual, 0.8)))
    var broken = whole
    for _ in 0..<100 {
      let hits = draws.below(30)
      whole.take(hits: hits, of: 30)
      broken = try #require(
        EvidenceProcess(broken.limit, batches: broken.batches, logWealth: broken.logWealth))
      broken.take(hits: hits, of: 30)
    }
    #expect(whole == broken)
    #expect(whole.logEvidence.isFinite)
  }
}
