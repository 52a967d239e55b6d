import Testing

@testable import ThresholdEngine

/// Weights over fifteen orders of magnitude: every count is the nearest Double to the exact sum, in
/// the search, at any decision and on curves.
@Suite struct WideWeightTests {
  /// Whole numbers of 2^-30, so that sums are exact in 128 bits.
  private struct Rows {
    var values: [Double] = []
    var labels: [Bool] = []
    var units: [Int128] = []

    init(_ random: inout RandomScores) {
      for _ in 0..<40 {
        values.append(Double(random.pick(Array(0..<20))) / 20)
        labels.append(random.pick([true, false]))
        units.append(Int128(random.pick(Array(1..<1_000))) << random.pick(Array(0..<50)))
      }
      (values[0], labels[0], values[1], labels[1]) = (0, true, 0, false)
      (units[0], units[1]) = (1, 3)
    }

    var scores: Scores {
      get throws { try Scores(values: values, labels: labels, weights: units.map(Self.weight)) }
    }

    /// The nearest Double: of the two whose whole numbers lie around the sum, ties to even.
    static func weight(_ units: Int128) -> Double {
      let near = Double(units)
      let around = [near.nextDown, near, near.nextUp].filter { $0 >= 0 }
      let best = around.min {
        let (one, other) = ((Int128($0) - units).magnitude, (Int128($1) - units).magnitude)
        return one < other || one == other && $0.significandBitPattern & 1 == 0
      }
      return (best ?? near) * 0x1p-30
    }

    /// The counts where scores of at least a threshold are flagged.
    func confusion(_ threshold: Double) -> Confusion {
      func sum(_ isPositive: Bool, _ isFlagged: Bool) -> Double {
        Self.weight(
          values.indices.filter {
            labels[$0] == isPositive && (values[$0] >= threshold) == isFlagged
          }.reduce(0) { $0 + units[$1] })
      }
      return Confusion(
        truePositives: sum(true, true), falsePositives: sum(false, true),
        trueNegatives: sum(false, false), falseNegatives: sum(true, false))
    }
  }

  private static func sameCounts(_ one: Confusion, _ other: Confusion) -> Bool {
    one.truePositives == other.truePositives && one.falsePositives == other.falsePositives
      && one.trueNegatives == other.trueNegatives && one.falseNegatives == other.falseNegatives
  }

  @Test func countsAreExact() throws {
    var random = RandomScores(seed: 12)
    for _ in 0..<200 {
      let rows = Rows(&random)
      let scores = try rows.scores
      let sweep = try Sweep(scores)
      for index in 0..<sweep.count {
        let expected = rows.confusion(sweep.thresholds[index])
        #expect(Self.sameCounts(sweep.confusion(at: index), expected))
      }
      let grid = try Sweep(scores, search: .grid(step: 0.05))
      for index in 0..<grid.count {
        let expected = rows.confusion(grid.thresholds[index])
        #expect(Self.sameCounts(grid.confusion(at: index), expected))
      }
      for threshold in [-1, 0, 0.05, 0.525, 0.95, 2] {
        let found = evaluate(scores, at: .threshold(threshold)).confusion
        #expect(Self.sameCounts(found, rows.confusion(threshold)), "\(threshold)")
        let asked = try evaluate(scores, at: .threshold(threshold), for: [.fn])
        #expect(Self.sameCounts(asked, rows.confusion(threshold)), "\(threshold)")
      }
    }
  }

  /// What decides is a row whose weight is far below the last digit of its class' weight.
  @Test(arguments: [Search.exact, .grid(step: 0.1)])
  func lightRowsDecide(search: Search) throws {
    let scores = try Scores(
      values: [0.9, 0.7, 0.5, 0.3], labels: [true, false, true, false],
      weights: [1e15, 1, 1e-3, 1e15])
    // All positives but the light one: 1e-3 is missed for a false alarm of 0 or caught for one of 1.
    let tuning = try tune(scores, .fn * 10 + .fp, goal: .minimise, search: search)
    #expect(tuning.value == 0.01)
    #expect(tuning.confusion.falseNegatives == 1e-3)
    let cautious = try tune(scores, .fn * 10_000 + .fp, goal: .minimise, search: search)
    #expect(cautious.confusion.falseNegatives == 0)
    #expect(cautious.value == 1)
    var facts = RowFacts()
    facts.columns["amount"] = [1, 1, 1, 1]
    facts.groups["site"] = RowFacts.Groups(codes: [0, 0, 0, 0], count: 1)
    for metric in [
      try (Metric.fn * 10 + .fp).weighed(by: "amount"),
      try Metric.per(.fn * 10 + .fp, "site"),
    ] {
      let tuning = try tune(scores.knowing(facts), metric, goal: .minimise, search: search)
      #expect(tuning.value == 0.01, "\(metric)")
    }
    let missed = try evaluate(scores, at: .threshold(0.9), for: [.fn]).falseNegatives
    #expect(missed == 1e-3)
    let curve = try Curve.det(scores)
    #expect((0..<curve.count).contains { curve.y(at: $0) == 1e-3 / (1e15 + 1e-3) })
  }
}
