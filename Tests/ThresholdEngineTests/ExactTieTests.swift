import Foundation
import Testing

@testable import ThresholdEngine

/// Thresholds that are equally good are found to be so, and the tie rule decides between them.
@Suite struct ExactTieTests {
  /// What is made largest, as whole numbers over whole numbers, infinite over 0; `nil` where it is
  /// undefined.
  private static let exact: [(Metric, @Sendable (Table) -> Ratio?)] = [
    (.recall, { $0.p == 0 ? nil : Ratio($0.tp, $0.p) }),
    (.specificity, { $0.n == 0 ? nil : Ratio($0.tn, $0.n) }),
    (.fpr, { $0.n == 0 ? nil : Ratio(-$0.fp, $0.n) }),
    (.fnr, { $0.p == 0 ? nil : Ratio(-$0.fn, $0.p) }),
    (.precision, { $0.flagged == 0 ? nil : Ratio($0.tp, $0.flagged) }),
    (.npv, { $0.passed == 0 ? nil : Ratio($0.tn, $0.passed) }),
    (.accuracy, { Ratio($0.tp + $0.tn, $0.p + $0.n) }),
    (.gmean, { $0.p * $0.n == 0 ? nil : Ratio($0.tp * $0.tn, $0.p * $0.n) }),
    (.youden, { $0.p * $0.n == 0 ? nil : Ratio($0.excess, $0.p * $0.n) }),
    (.balancedAccuracy, { $0.p * $0.n == 0 ? nil : Ratio($0.excess, $0.p * $0.n) }),
    (.f1, { $0.p == 0 && $0.fp == 0 ? nil : Ratio(2 * $0.tp, $0.tp + $0.fp + $0.p) }),
    (.jaccard, { $0.p == 0 && $0.fp == 0 ? nil : Ratio($0.tp, $0.fp + $0.p) }),
    (
      .fBeta(2),
      { $0.p == 0 && $0.fp == 0 ? nil : Ratio(5 * $0.tp, 5 * $0.tp + 4 * $0.fn + $0.fp) }
    ),
    (
      .kappa,
      {
        let whole = $0.flagged * $0.n + $0.p * $0.passed
        return whole == 0 ? nil : Ratio(2 * $0.excess, whole)
      }
    ),
    (
      .mcc,
      {
        let margins = $0.flagged * $0.passed
        if $0.p * $0.n == 0 { return nil }
        return margins == 0 ? Ratio(0, 1) : Ratio($0.excess * abs($0.excess), margins)
      }
    ),
    (
      .closestTopleft,
      {
        let (missed, alarmed) = ($0.fn * $0.n, $0.fp * $0.p)
        return $0.p * $0.n == 0 ? nil : Ratio(-(missed * missed + alarmed * alarmed), 1)
      }
    ),
    (.lrPlus, { $0.odds($0.tp * $0.n, $0.fp * $0.p) }),
    (.lrMinus, { $0.p * $0.n == 0 || $0.tn == 0 ? nil : Ratio(-$0.fn * $0.n, $0.tn * $0.p) }),
    (.dor, { $0.odds($0.tp * $0.tn, $0.fp * $0.fn) }),
    (.cost(fp: 1, fn: 3), { Ratio(-$0.fp - 3 * $0.fn, 1) }),
    (.netBenefit(0.2), { Ratio(4 * $0.tp - $0.fp, $0.p + $0.n) }),
  ]

  /// The counts of a decision.
  private struct Table {
    let tp, fp, p, n: Int
    var fn: Int { p - tp }
    var tn: Int { n - fp }
    var flagged: Int { tp + fp }
    var passed: Int { fn + tn }
    /// TP·TN - FP·FN.
    var excess: Int { tp * n - fp * p }

    func odds(_ part: Int, _ whole: Int) -> Ratio? {
      p * n == 0 || (part == 0 && whole == 0) ? nil : Ratio(part, whole)
    }
  }

  private struct Ratio: Comparable {
    let part: Int
    let whole: Int

    init(_ part: Int, _ whole: Int) { (self.part, self.whole) = (part, whole) }

    static func == (one: Ratio, other: Ratio) -> Bool {
      one.part * other.whole == other.part * one.whole
    }

    static func < (one: Ratio, other: Ratio) -> Bool {
      one.part * other.whole < other.part * one.whole
    }
  }

  private static let isLong = ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] != nil

  /// Every way to label up to 8 rows; up to 10 with THR_LONG_FUZZ set in the environment.
  @Test(arguments: exact.indices)
  func smallSets(index: Int) throws {
    for rows in 2...(Self.isLong ? 10 : 8) {
      let values = (0..<rows).map { Double(rows - $0) }
      for pattern in 0..<(1 << rows) {
        try expectBest(values, (0..<rows).map { pattern >> $0 & 1 == 1 }, index)
      }
    }
  }

  /// 10,000 sets with THR_LONG_FUZZ set in the environment; scores are tied too.
  @Test(arguments: exact.indices)
  func randomSets(index: Int) throws {
    var generator = RandomScores.Generator(state: 21)
    for _ in 0..<(Self.isLong ? 10_000 : 150) {
      let rows = Int.random(in: 2...60, using: &generator)
      let levels = Int.random(in: 1...40, using: &generator)
      let values = (0..<rows).map { _ in Double(Int.random(in: 0..<levels, using: &generator)) }
      let share = Double.random(in: 0...1, using: &generator)
      try expectBest(
        values, values.map { _ in Double.random(in: 0..<1, using: &generator) < share }, index)
    }
  }

  /// The tie rule by trying every candidate, in whole numbers: of the best, the highest threshold or
  /// the lowest, and flagging nothing only where it is strictly better.
  private func expectBest(_ values: [Double], _ labels: [Bool], _ index: Int) throws {
    let (metric, worth) = Self.exact[index]
    let positives = labels.count { $0 }
    func ratio(_ threshold: Double) -> Ratio? {
      let flagged = labels.indices.filter { values[$0] >= threshold }
      let tp = flagged.count { labels[$0] }
      return worth(
        Table(tp: tp, fp: flagged.count - tp, p: positives, n: labels.count - positives))
    }
    let candidates = Set(values).sorted(by: >)
    let worths = candidates.map(ratio)
    let best = (worths + [ratio(.infinity)]).compactMap { $0 }.max()
    let scores = try Scores(values: values, labels: labels)
    for ties in [Ties.highest, .lowest] {
      let found = try? tune(scores, metric, ties: ties).outcome
      let places = worths.indices.filter { worths[$0] != nil && worths[$0] == best }
      let place = ties == .highest ? places.first : places.last
      let expected = place.map { Decision.threshold(candidates[$0]) } ?? .flagNothing
      #expect(found == (best == nil ? nil : expected), "\(metric) \(ties) \(values) \(labels)")
    }
  }

  @Test func theTieOfTenRows() throws {
    let labels = [1, 0, 0, 1, 1, 0, 0, 1, 0, 0].map { $0 == 1 }
    let scores = try Scores(values: (1...10).reversed().map(Double.init), labels: labels)
    #expect(try tune(scores, .mcc).threshold == 10)
    #expect(try tune(scores, .mcc, ties: .lowest).threshold == 3)
  }

  /// Ratios of many digits that are equal give the same Double.
  @Test func equalRatiosOfLargeCounts() {
    var generator = RandomScores.Generator(state: 12)
    for _ in 0..<20_000 {
      let part = Int.random(in: -1 << 40...1 << 40, using: &generator)
      let whole = Int.random(in: 1...1 << 36, using: &generator)
      let factor = Int.random(in: 1...1 << 7, using: &generator)
      let one = Lanes(repeating: Double(part)).signedSquare(over: Lanes(repeating: Double(whole)))
      let other = Lanes(repeating: Double(part * factor)).signedSquare(
        over: Lanes(repeating: Double(whole * factor * factor)))
      #expect(one[0] == other[0])
      let square = Double(Int128(part) * Int128(abs(part)))
      #expect(abs(one[0] - square / Double(whole)) <= abs(one[0]) * 0x1p-51)
    }
  }

  @Test func sumsOfSquaresRoundOnce() {
    var generator = RandomScores.Generator(state: 13)
    for _ in 0..<20_000 {
      let one = Int.random(in: 0...1 << 52, using: &generator)
      let other = Int.random(in: 0...1 << 52, using: &generator)
      let sum = Lanes.sumOfSquares(
        Lanes(repeating: Double(one)), Lanes(repeating: Double(other)))
      #expect(sum[0] == Double(Int128(one) * Int128(one) + Int128(other) * Int128(other)))
    }
  }

  // MARK: - Where a formula divides by 0

  /// Were it undefined where nothing is flagged, a threshold worse than chance would be chosen.
  @Test func nothingFlaggedIsAsGoodAsChance() throws {
    let scores = try Scores(values: [0.9, 0.8, 0.1], labels: [false, false, true])
    let tuning = try tune(scores, .mcc)
    #expect(tuning.value == 0)
    #expect(tuning.threshold == 0.1)
    #expect(try tune(scores, .mcc, ties: .lowest).threshold == 0.1)
    let single = try Scores(values: [0.9, 0.8], labels: [true, true])
    #expect(evaluate(single, at: .threshold(0.5)).value(of: .mcc) == nil)
  }

  /// The odds ratio is infinite where no positive is missed, too.
  @Test(arguments: [(Metric.lrPlus, 0.8), (.dor, 0.2)])
  func infiniteRatiosAreBest(metric: Metric, lowest: Double) throws {
    let scores = try Scores(values: [0.9, 0.8, 0.2, 0.1], labels: [true, true, false, false])
    let tuning = try tune(scores, metric, ties: .lowest)
    #expect(tuning.threshold == lowest)
    #expect(tuning.value == .infinity)
    #expect(tuning.gain == 0)
    let bounded = try tune(scores, .recall, where: metric >= 10)
    #expect(bounded.threshold == 0.8)
    #expect(evaluate(scores, at: .threshold(2)).value(of: metric) == nil)
    #expect(!(metric <= 10).isMet(by: tuning.confusion))
    #expect((metric <= 10).shortfall(of: tuning.confusion) == 1)
  }
}
