import Testing

@testable import ThresholdEngine

/// Thresholds that are equally good are found to be so, and the tie rule decides between them.
@Suite struct ExactTieTests {
  /// Two metrics whose values round several times, as whole numbers over whole numbers that
  /// decide alike.
  private static let exact:
    [(Metric, @Sendable (_ tp: Int, _ fp: Int, _ p: Int, _ n: Int) -> Ratio)] =
      [
        (
          .mcc,
          { tp, fp, p, n in
            let excess = tp * n - fp * p
            let margins = (tp + fp) * (p + n - tp - fp)
            return margins == 0 ? Ratio(0, 1) : Ratio(excess * abs(excess), margins)
          }
        ),
        (
          .closestTopleft,
          { tp, fp, p, n in
            let (missed, alarmed) = ((p - tp) * n, fp * p)
            return Ratio(-(missed * missed + alarmed * alarmed), 1)
          }
        ),
      ]

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

  /// Every way to label up to 12 rows.
  @Test(arguments: exact.indices)
  func smallSets(index: Int) throws {
    let (metric, worth) = Self.exact[index]
    for rows in 2...12 {
      let values = (0..<rows).map { Double(rows - $0) }
      for pattern in 1..<((1 << rows) - 1) {
        let labels = (0..<rows).map { pattern >> $0 & 1 == 1 }
        let positives = labels.count { $0 }
        func ratio(_ flagged: Int) -> Ratio {
          let tp = labels.prefix(flagged).count { $0 }
          return worth(tp, flagged - tp, positives, rows - positives)
        }
        let best = try #require((0...rows).map(ratio).max())
        let first = try #require(
          (1...rows).first { ratio($0) == best } ?? (ratio(0) == best ? 0 : nil))
        let scores = try Scores(values: values, labels: labels)
        let expected: Decision = first == 0 ? .flagNothing : .threshold(values[first - 1])
        #expect(try tune(scores, metric).outcome == expected, "\(labels)")
      }
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
