import Testing
import ThresholdEngine

/// What is chosen, or said, where no candidate meets the constraint.
@Suite struct InfeasibleTests {
  private static let scores = try? Scores(
    values: [0.9, 0.8, 0.7, 0.6], labels: [false, true, false, true])

  private func tuned(
    _ infeasible: Infeasible, where constraint: Constraint
  ) throws -> Tuning {
    try tune(#require(Self.scores), .recall, where: constraint, infeasible: infeasible)
  }

  /// Precision is 0.5 at 0.8 and at 0.6, where recall is greater.
  @Test func theNearestStandsIn() throws {
    let tuning = try tuned(.nearest, where: .precision >= 0.9)
    #expect(tuning.threshold == 0.6)
    #expect(tuning.value == 1)
    #expect(!tuning.isFeasible)
    #expect(try tuned(.nearest, where: .precision >= 0.5).isFeasible)
  }

  @Test func flaggingNothingStandsInWhereItFailsNothing() throws {
    let tuning = try tuned(.flagNothing, where: Metric.precision >= 0.9 && Metric.flagRate <= 0.5)
    #expect(tuning.outcome == .flagNothing)
    #expect(tuning.value == 0)
    #expect(!tuning.isFeasible)
    let impossible = Metric.recall >= 0.6 && Metric.precision >= 0.9
    #expect(throws: TuningError.flaggingNothingFails(impossible)) {
      try tuned(.flagNothing, where: impossible)
    }
  }

  @Test func saysHowFarEachPartCanBeMet() throws {
    let constraint = Metric.precision >= 0.9 && Metric.recall >= 0.6
    let error = #expect(throws: TuningError.self) { try tuned(.error, where: constraint) }
    guard case .infeasible(_, let nearest?, let reach) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(nearest.decision == .threshold(0.6))
    #expect(nearest.plateau == Tuning.Plateau(lower: nil, upper: 0.6))
    #expect(reach.map(\.metric) == [.precision, .recall])
    #expect(reach.map(\.value) == [0.5, nil])
    #expect(reach.map(\.decision) == [.threshold(0.6), nil])
    #expect(reach.map(\.others) == [.recall >= 0.6, .precision >= 0.9])
  }

  /// A floor, a ceiling and a number on the left; the other parts hold everywhere.
  @Test(
    arguments: [
      (.precision > 0.5, true, 0.5), (0.9 <= .precision, true, 0.5), (.fp + 1 <= 0, false, 1),
      (.fnr < 0, false, 0),
    ] as [(Constraint, Bool, Double)])
  func floorsAndCeilings(constraint: Constraint, isFloor: Bool, value: Double) throws {
    let whole = constraint && !(Metric.recall < 0)
    let error = #expect(throws: TuningError.self) { try tuned(.error, where: whole) }
    guard case .infeasible(_, _, let reach) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reach.map(\.isFloor) == [isFloor])
    #expect(reach.map(\.value) == [value])
  }
}
