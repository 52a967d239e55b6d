import NumberText
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let verify = Builtin(
    "verify", .contracts, "Tests on new labelled rows whether the claims of a contract still hold.",
    documentation: """
      Each clause fails, holds or is open, by exact one-sided binomial tests, whose
      probabilities of error add up to at most `1 - level`: with probability at least `level` no
      verdict is wrong, however many clauses there are. A clause is open if the rows are too few to
      decide; the table says about how many are enough. The intervals (Clopper and Pearson) match
      these tests: their level is 1 - 2·(1 - level)/clauses, for one clause 80 % at a `level` of
      90 %. A clause is open if the number that it names lies inside its interval.

      The contract fails if a clause does, and holds if all hold: `status` is then 1 and 0, and 3
      otherwise. `assert(v)` ends the program with that status. A contract without clauses is open,
      and only drift is tested.

      Drift compares prevalence and flag rate by Fisher's exact test, and scores by the chi-squared
      test over the deciles of the old scores. It changes no verdict: a contract can hold despite drift.

      The rows are independent, and not those that chose the threshold. The command
      `thr verify contract.json rows.csv` does the same.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      save(tune(s, f1), "decision.json", promise = recall >= 20%)
      verify(load("decision.json"), scores([0.2, 0.5, 0.7, 0.8], [0, 1, 1, 1])).verdict
      """, foreignNames: ["validate", "check"],
    Form(
      Parameter<ContractResult>("contract", "The contract."),
      Parameter<ScoredRows>("scores", "New rows, with their labels."), .level
    ) { context, contract, scores, level in
      VerificationResult(
        content: try verification(contract.content, scores, level: level, context))
    })

  static func verification(
    _ contract: Contract, _ scores: ScoredRows, level: Double, _ context: CallContext
  ) throws(CallError) -> Verification {
    let verification = try Verification(contract, scores, level: level, context)
    if contract.clauses.isEmpty { context.warn(.nothingClaimed) }
    if contract.rows?.hash == scores.content.contentHash { context.warn(.sameRows) }
    return verification
  }
}

extension Verification {
  /// Ends the program unless the contract holds.
  func assertHolds(_ message: String, _ context: CallContext) throws {
    switch verdict {
    case .holds: return
    case .fails: throw CallError.failed(self, message)
    case .open:
      context.warn(.open(self))
      throw Exit(status: status)
    }
  }
}

extension CallError {
  static let noClauses = CallError(
    .noClauses, "the contract has no claims about new rows, so there is nothing to monitor",
    remedy: "save it with a clause: `save(decision, path, promise = recall >= 90%)`",
    parameter: "contract")

  static let weightedRows = CallError(
    .unsuitableArgument, "weighted rows have no exact test",
    remedy: "verify on rows without weights", parameter: "scores")

  /// What `assert` reports of a contract that fails.
  static func failed(_ verification: Verification, _ message: String) -> CallError {
    let failing = verification.clauses.filter { $0.test.verdict == .fails }.map(\.sentence)
    let head = message.isEmpty ? "the contract fails" : message
    return CallError(
      .assertionFailed, "\(head): \(failing.joined(separator: "; "))", parameter: "condition")
  }
}

extension Warning {
  fileprivate static let sameRows = Warning(
    .sameRows, "these are the rows that the contract was made on",
    remedy: "verify on new rows: on these the contract looks better than it is")

  fileprivate static let nothingClaimed = Warning(
    .nothingClaimed, "the contract makes no claims about new rows, so only drift is tested",
    remedy: "save it with a clause: `save(decision, path, promise = recall >= 90%)`")

  static func open(_ verification: Verification) -> Warning {
    if verification.clauses.isEmpty {
      return Warning(
        .openContract, "the contract is open: it makes no claims",
        remedy: "save it with a clause: `save(decision, path, promise = recall >= 90%)`")
    }
    let open = verification.clauses.filter { $0.test.verdict == .open }.map(\.sentence)
    return Warning(
      .openContract, "the contract is open: \(open.joined(separator: "; "))",
      remedy: "label more rows")
  }
}

extension Diagnostic.Kind {
  public static let noClauses = Diagnostic.Kind(
    "E0472", "no-clauses",
    explanation: .init(
      """
      The contract has no claims about new rows: its tuning had no `guarantee=`, and it was saved \
      without `promise=`. There is nothing to monitor; `verify` reports drift alone.
      """,
      wrong: """
        save(0.5, "decision.json")
        monitor(load("decision.json"), scores([0.2, 0.9], [0, 1]), state="decision.state")
        """,
      right: """
        save(0.5, "decision.json", promise = recall >= 50%)
        monitor(load("decision.json"), scores([0.2, 0.9], [0, 1]), state="decision.state")
        """))

  public static let nothingClaimed = Diagnostic.Kind(
    "W0690", "nothing-claimed", .warning,
    explanation: .init(
      """
      The contract makes no claims about new rows: its tuning had no `guarantee=`, and it was saved \
      without `promise=`. `verify` compares prevalence, flag rate and scores with those of the \
      contract's rows, and the contract is open.
      """,
      wrong: """
        s = scores([0.2, 0.9, 0.4, 0.7], [0, 1, 0, 1])
        save(tune(s, f1), "decision.json")
        verify(load("decision.json"), scores([0.3, 0.8], [0, 1]))
        """,
      right: """
        s = scores([0.2, 0.9, 0.4, 0.7], [0, 1, 0, 1])
        save(tune(s, f1), "decision.json", promise = recall >= 50%)
        verify(load("decision.json"), scores([0.3, 0.8], [0, 1]))
        """))

  public static let sameRows = Diagnostic.Kind(
    "W0671", "same-rows", .warning,
    explanation: .init(
      """
      The rows have the same hash as those that the contract was made on. A threshold looks better \
      on the rows that chose it than on new ones.
      """,
      wrong: """
        s = scores([0.2, 0.9], [0, 1])
        save(evaluate(s, at=0.5), "decision.json", promise = recall >= 50%)
        verify(load("decision.json"), s)
        """,
      right: """
        s = scores([0.2, 0.9], [0, 1])
        save(evaluate(s, at=0.5), "decision.json", promise = recall >= 50%)
        verify(load("decision.json"), scores([0.3, 0.8], [0, 1]))
        """))

  public static let openContract = Diagnostic.Kind(
    "W0672", "open-contract", .warning,
    explanation: .init(
      """
      The rows are too few to say whether the contract holds or fails, so `assert` ends the program \
      with status 3. `verify` says about how many rows are enough.
      """,
      wrong: """
        save(0.5, "decision.json", promise = recall >= 50%)
        assert(verify(load("decision.json"), scores([0.2, 0.9], [0, 1])))
        """,
      right: """
        save(0.5, "decision.json", promise = recall >= 50%)
        v = verify(load("decision.json"), scores([0.2, 0.9], [0, 1]))
        print(v.verdict)
        """))
}
