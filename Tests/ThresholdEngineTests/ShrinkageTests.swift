import Testing

@testable import ThresholdEngine

/// Thresholds of groups drawn toward that of all rows.
@Suite struct ShrinkageTests {
  /// Efron and Morris' form with variances that differ, worked out by hand: distances 0.1, -0.2, 0.3
  /// of variances 0.01, 0.01, 0.04; Σ w d² = 1 + 4 + 2.25, less 3 groups, over Σ w = 225.
  @Test func keepsTheSettledPart() {
    let shrinkage = Shrinkage(
      [0.4, 0.1, 0.6], about: 0.3, variances: [0.01, 0.01, 0.04], least: 0)
    #expect(abs(shrinkage.spread - 4.25 / 225) < 1e-15)
    let expected = [0.01, 0.01, 0.04].map { (4.25 / 225) / (4.25 / 225 + $0) }
    #expect(zip(shrinkage.kept, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func keepsNothingOfNoise() {
    let shrinkage = Shrinkage([0.31, 0.28], about: 0.3, variances: [0.01, 0.01], least: 0)
    #expect(shrinkage.spread == 0 && shrinkage.kept == [0, 0])
    // A group whose samples have no threshold is decided as all rows are.
    let silent = Shrinkage([0.9, 0.1], about: 0.3, variances: [nil, 1e-6], least: 1e-9)
    #expect(silent.kept[0] == 0 && silent.kept[1] > 0.99)
  }

  @Test func sharesOfRows() throws {
    let scores = try Scores(
      values: [1, 2, 2, 3], labels: [true, false, true, false], weights: [1, 2, 0, 1])
    let shares = FlaggedShares(scores)
    let found = [0.5, 1, 2, 2.5, 3, 4].map { shares.share(.threshold($0)) }
    #expect(found == [1, 1, 0.75, 0.25, 0.25, 0])
    #expect(shares.share(.flagNothing) == 0)
  }

  /// The nearest allowed candidate, by counting.
  @Test func movesToTheNearestAllowed() throws {
    var random = RandomScores(seed: 17)
    var moved = 0
    for round in 0..<randomProblems(300) {
      let scores = try random.scores(kind: round.isMultiple(of: 2) ? .heavyTies : .distinct)
      let all = try random.scores(kind: .distinct)
      let share = random.pick([0, 0.1, 0.25, 0.5, 0.8, 1])
      let limit: Constraint? = round.isMultiple(of: 3) ? .recall >= 0.5 : nil
      guard let best = try? tune(scores, .accuracy, where: limit) else { continue }
      let found = try tuning(
        best, on: scores, flagging: share, of: FlaggedShares(all), midpoint: false)
      let candidates =
        Set(scores.values).sorted(by: >).map { Decision.threshold($0) }
        + [.flagNothing]
      func distance(_ decision: Decision) -> Double {
        let flagged = all.values.count { value in decision.threshold.map { value >= $0 } ?? false }
        return abs(Double(flagged) / Double(all.count) - share)
      }
      let allowed = candidates.filter { decision in
        limit == nil || evaluate(scores, at: decision).value(of: .recall) ?? 0 >= 0.5
      }
      let least = allowed.map(distance).min()
      #expect(distance(found.outcome) == least)
      let expected = allowed.first { distance($0) == least }
      #expect(found.outcome == expected)
      #expect(counts(found.confusion) == counts(evaluate(scores, at: found.outcome).confusion))
      #expect(found.value == evaluate(scores, at: found.outcome).value(of: .accuracy))
      moved += found.outcome == best.outcome ? 0 : 1
    }
    #expect(moved > 50)
  }

  private func counts(_ confusion: Confusion) -> [Double] {
    [
      confusion.truePositives, confusion.falsePositives, confusion.trueNegatives,
      confusion.falseNegatives,
    ]
  }
}
