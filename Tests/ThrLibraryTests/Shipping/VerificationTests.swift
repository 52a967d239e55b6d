import Synchronization
import TestSupport
import Testing
import ThrModel
import ThrSyntax
import ThresholdEngine

@testable import ThrLibrary

/// Contracts held against new rows.
@Suite struct VerificationTests {
  private static func contract(_ clauses: [Limit]) -> Contract {
    var contract = Contract(.threshold(0.5), kind: "number")
    contract.clauses = clauses.compactMap { Contract.Clause($0, level: nil) }
    return contract
  }

  /// Rows with these counts at 0.5.
  private static func rows(tp: Int, fp: Int, tn: Int, fn: Int) throws -> ScoredRows {
    let parts = [(tp, 0.9, true), (fp, 0.9, false), (tn, 0.1, false), (fn, 0.1, true)]
    let values = parts.flatMap { [Double](repeating: $0.1, count: $0.0) }
    let labels = parts.flatMap { [Bool](repeating: $0.2, count: $0.0) }
    return ScoredRows(try Scores(values: values, labels: labels))
  }

  @Test(arguments: [
    (90, 10, 890, 10, "holds", 0), (60, 40, 860, 40, "fails", 1), (3, 1, 90, 1, "open", 3),
  ])
  func verdicts(tp: Int, fp: Int, tn: Int, fn: Int, verdict: String, status: Int) throws {
    let contract = Self.contract([
      Limit(.precision, .greaterOrEqual, 0.75), Limit(.recall, .greaterOrEqual, 0.75),
    ])
    let rows = try Self.rows(tp: tp, fp: fp, tn: tn, fn: fn)
    let verification = try Verification(contract, rows, level: 0.9, Caller().context)
    #expect(verification.verdict.rawValue == verdict)
    #expect(verification.status == status)
    #expect(verification.clauses.allSatisfy { abs($0.test.allowed - 0.05) < 1e-12 })
  }

  /// One clause that fails decides, whatever the others are.
  @Test func oneFailureFails() throws {
    let contract = Self.contract([
      Limit(.precision, .greaterOrEqual, 0.95), Limit(.recall, .greaterOrEqual, 0.5),
    ])
    let verification = try Verification(
      contract, try Self.rows(tp: 80, fp: 20, tn: 900, fn: 10), level: 0.9, Caller().context)
    #expect(verification.clauses.map(\.test.verdict) == [.fails, .holds])
    #expect(verification.verdict == .fails)
    #expect(verification.summary == "the contract fails: precision >= 0.95 (status 1)")
  }

  /// Of 1,000 samples from a population in which three clauses hold exactly at their limits, no more
  /// fail than `1 - level`, and of one in which a clause is broken nearly all.
  @Test func keepsItsLevelAndHasPower() throws {
    var draws = Draws(seed: 9)
    let contract = Self.contract([
      Limit(.recall, .greaterOrEqual, 0.8), Limit(.fpr, .lessOrEqual, 0.1),
      Limit(.flagRate, .lessOrEqual, 0.24),
    ])
    func failing(recall: Double, of samples: Int) throws -> Double {
      var count = 0
      for _ in 0..<samples {
        var counts = [0, 0, 0, 0]
        for _ in 0..<400 {
          let isPositive = draws.uniform() < 0.2
          let isFlagged = draws.uniform() < (isPositive ? recall : 0.1)
          counts[isPositive ? (isFlagged ? 0 : 3) : (isFlagged ? 1 : 2)] += 1
        }
        let rows = try Self.rows(tp: counts[0], fp: counts[1], tn: counts[2], fn: counts[3])
        if try Verification(contract, rows, level: 0.9, Caller().context).verdict == .fails {
          count += 1
        }
      }
      return Double(count) / Double(samples)
    }
    // 10 % and three standard errors.
    #expect(try failing(recall: 0.8, of: 1_000) <= 0.13)
    #expect(try failing(recall: 0.5, of: 200) >= 0.95)
  }

  @Test func weightsAreRefused() throws {
    let caller = Caller()
    _ = try caller.call("save", 0.5, "c.json", named: ["promise": Metric.recall >= Metric(0.5)])
    let contract = try caller.call("load", "c.json")
    let scores = try caller.call("scores", [0.1, 0.9], [0.0, 1], named: ["weight": [1.0, 2]])
    let fault = caller.fault { try $0.call("verify", contract, scores) }
    #expect(fault.contains("no exact test"), "\(fault)")
  }

  @Test func theOwnRowsAreReported() throws {
    let caller = Caller()
    let scores = try caller.call("scores", [0.1, 0.4, 0.9], [0.0, 1, 1])
    let decision = try caller.call("evaluate", scores, named: ["at": 0.4])
    _ = try caller.call(
      "save", decision, "c.json", named: ["promise": Metric.recall >= Metric(0.5)])
    let contract = try caller.call("load", "c.json")
    let same = try caller.call("scores", [0.9, 0.1, 0.4], [1.0, 0, 1])
    _ = try caller.call("verify", contract, same)
    #expect(caller.warnings.withLock { $0.map(\.kind.name) } == ["same-rows"])
  }

  /// What changed, in words.
  @Test func differences() {
    var old = Self.contract([Limit(.recall, .greaterOrEqual, 0.5)])
    var new = old
    #expect(ContractDifference(old, new).lines == [])
    new.decision = .threshold(0.4)
    new.clauses =
      Self.contract([
        Limit(.recall, .greaterOrEqual, 0.6), Limit(.precision, .greaterOrEqual, 0.9),
      ]).clauses
    #expect(
      ContractDifference(old, new).lines == [
        "the threshold was 0.5 and is 0.4, lower: more rows are flagged",
        "the clause `recall >= 0.5` became `recall >= 0.6`, which claims more",
        "the clause `precision >= 0.9` was added",
      ])
    old.decision = .flagNothing
    #expect(
      ContractDifference(new, old).lines == [
        "the decision was 0.4 and is flag nothing",
        "the clause `recall >= 0.6` became `recall >= 0.5`, which claims less",
        "the clause `precision >= 0.9` was removed",
      ])
  }
}
