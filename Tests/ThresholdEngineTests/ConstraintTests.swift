import Testing
import ThresholdEngine

@Suite struct ConstraintTests {
  /// Precision 0.75, recall 0.6, flag rate 8/22.
  private static let counts = Confusion(
    truePositives: 6, falsePositives: 2, trueNegatives: 10, falseNegatives: 4)
  private static let unknown = Metric.tp / 0 > 1

  @Test(
    arguments: [
      (Metric.precision >= 0.75, true), (Metric.precision > 0.75, false),
      (Metric.precision <= 0.75, true),
      (Metric.precision < 0.75, false), (0.7 < Metric.precision, true),
      (Metric.fp < Metric.tp, true),
      (Metric.precision >= 0.7 && Metric.recall >= 0.7, false),
      (Metric.precision >= 0.7 || Metric.recall >= 0.7, true), (!(Metric.recall >= 0.7), true),
      (unknown, false), (!unknown, false), (unknown || Metric.tp > 0, true),
      (unknown && Metric.tp > 0, false), (!(unknown && Metric.tp < 0), true),
    ] as [(Constraint, Bool)])
  func isMet(constraint: Constraint, expected: Bool) {
    #expect(constraint.isMet(by: Self.counts) == expected)
  }

  @Test(
    arguments: [
      (Metric.precision >= 0.75, 0), (Metric.precision >= 1, 0.25), (Metric.fp <= 1, 0.5),
      (Metric.fp < 0, 1),
      (Metric.precision >= 1 && Metric.fp <= 1, 0.5),
      (Metric.precision >= 1 || Metric.fp <= 1, 0.25),
      (!(Metric.fp > 1), 0.5), (!(Metric.precision < 1 || Metric.fp > 1), 0.5), (unknown, nil),
      (unknown && Metric.fp <= 1, nil), (unknown || Metric.fp <= 1, 0.5),
    ] as [(Constraint, Double?)])
  func shortfall(constraint: Constraint, expected: Double?) {
    #expect(constraint.shortfall(of: Self.counts) == expected)
  }

  /// Equality is not enough for a strict comparison: a shortfall of 0 would say that it is met.
  @Test func strictShortfallIsPositive() throws {
    #expect(try #require((Metric.fp > 2).shortfall(of: Self.counts)) > 0)
  }

  @Test(
    arguments: [
      (
        Metric.precision >= 0.9 && Metric.flagRate <= 0.02, "precision >= 0.9 and flag_rate <= 0.02"
      ),
      ((Metric.tp > 1 || Metric.fp < 2) && Metric.fn <= 3, "(tp > 1 or fp < 2) and fn <= 3"),
      (Metric.tp > 1 || (Metric.fp < 2 && Metric.fn <= 3), "tp > 1 or fp < 2 and fn <= 3"),
      (!(Metric.tp > 1 && Metric.fp < 2), "not (tp > 1 and fp < 2)"),
      (!(Metric.tp > 1), "not tp > 1"),
      (Metric.tp + Metric.fp <= 200, "tp + fp <= 200"),
    ] as [(Constraint, String)])
  func readsAsItIsWritten(constraint: Constraint, source: String) {
    #expect(constraint.description == source)
  }

  @Test func infeasibleSaysWhatIsNearest() throws {
    let scores = try Scores(
      values: [0.9, 0.8, 0.7, 0.6], labels: [false, true, true, false])
    // Precision is at most 2/3, at 0.7.
    #expect {
      try tune(scores, Metric.recall, where: Metric.precision >= 0.9)
    } throws: { error in
      guard case .infeasible(_, let nearest?, _) = error as? TuningError else { return false }
      return nearest.decision == .threshold(0.7) && nearest.value == 1
        && nearest.readings.map(\.left) == [2.0 / 3] && nearest.readings.map(\.isMet) == [false]
    }
  }
}
