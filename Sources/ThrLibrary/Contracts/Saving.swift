import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let save = Builtin(
    "save", .contracts, "Saves a decision as a contract: a file that others can read and verify.",
    documentation: """
      The file is JSON that people can read and compare: the decision rule, how it was chosen, the
      claims about new rows, and summary counts of the rows that it was made on. It contains no row.
      Numbers read back exactly; a checksum shows changes. The file is written completely or not at
      all.

      What a tuning guarantees is a clause of the contract. `promise` adds clauses, which `verify`
      checks on new rows: recall, fnr, specificity, fpr, precision, npv, flag_rate and accuracy,
      compared with numbers and joined by `and`. `where=` of a tuning holds on its own rows only;
      `promise = t.constraint` makes it a clause.

      A threshold that was fixed without tuning is a decision too: `save(0.7, "vendor.json")`, or
      `save(evaluate(s, at=0.7), "vendor.json")`, which also keeps summary counts of the rows.

      Of a tuning by group the file has a threshold for each group, and the overall one for rows of
      other groups. If every group has the guarantee, it is a clause for all rows of these groups,
      at `level` to the power of the number of groups, as groups have independent rows; rows of
      other groups are not covered. A tuning or a cross-validation that knows its model keeps it
      too, and `save(model, path)` keeps a model alone: `load(path).model` gives the same
      probabilities, bit for bit.
      """,
    effect: .writesFiles,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      save(tune(s, f1), "decision.json", promise = recall >= 80%)
      """, foreignNames: ["dump", "saveRDS"],
    Form(
      Parameter<SavedDecision>(
        "decision",
        "A tuning, also by group, a cv, an evaluation, a contract, a model, a threshold, or none to "
          + "flag nothing."),
      Parameter<String>("path", kind: .path, "The file to write, such as \"fraud.json\"."),
      Parameter<Constraint?>(
        "promise",
        "Claims about new rows that `verify` checks, such as `recall >= 90%`."),
      result: ValueType.none
    ) { context, decision, path, promise in
      var contract = try decision.contract
      try contract.add(promise: promise)
      if let clause = contract.unmetClause { context.warn(.unmet(clause, contract)) }
      do throws(FileError) {
        try context.files.writeFileAtomically(path, Array(contract.fileText.utf8))
      } catch {
        throw CallError(error, parameter: "path")
      }
      return Value.none
    })

  static let load = Builtin(
    "load", .contracts, "Reads a contract that `save` has written.",
    documentation: """
      A contract is a decision: `classify(rows, at=load("fraud.json"))`. Its `model` computes scores:
      `predict(load("fraud.json").model, rows)`; it is none where none was saved. A file that was altered or
      cut off, or that a newer thr has written, is refused. A relative path is looked up in the
      working folder, then in the folder of the script.
      """,
    effect: .readsFiles,
    example: """
      save(0.5, "decision.json")
      classify([0.1, 0.6], at=load("decision.json"))
      """, foreignNames: ["readRDS"],
    Form(Parameter<String>("path", kind: .path, "The file.")) { context, path in
      try ContractResult(content: contract(at: path, context))
    })

  static func contract(at path: String, _ context: CallContext) throws(CallError) -> Contract {
    if let error = CallError.unreadablePath(path) { throw error }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try context.files.readFile(context.located(path), atMost: 1 << 26)
    } catch {
      throw CallError(error, parameter: "path")
    }
    do throws(ContractFault) {
      return try Contract(file: bytes)
    } catch {
      throw CallError(error, path)
    }
  }
}

extension Contract {
  /// Adds clauses that are not there yet.
  mutating func add(promise: Constraint?) throws(CallError) {
    guard let promise else { return }
    if isModelAlone { throw .noDecision(parameter: "decision") }
    guard let limits = promise.limits else { throw .unverifiable(promise) }
    for limit in limits {
      guard let clause = Clause(limit, level: nil) else { throw .unverifiable(promise, limit) }
      if !clauses.contains(where: { $0.limit == limit }) { clauses.append(clause) }
    }
  }

  /// The first clause that does not even hold on the rows at hand.
  fileprivate var unmetClause: Clause? {
    guard let confusion = rows?.confusion else { return nil }
    return clauses.first { clause in
      clause.limit.metric.value(of: confusion) != nil
        && !clause.limit.constraint.isMet(by: confusion)
    }
  }
}

extension CallError {
  static func noDecision(parameter: String) -> CallError {
    CallError(
      .noDecision, "the contract holds a model, and no threshold that decides",
      remedy: "tune on the model's scores, and save the tuning: it keeps the model too",
      parameter: parameter)
  }
}

extension Diagnostic.Kind {
  public static let noDecision = Diagnostic.Kind(
    "E0480", "no-decision",
    explanation: .init(
      """
      The contract was saved from a model alone. Its `model` computes scores; a threshold that \
      decides on them comes from a tuning, which keeps its model when it is saved.
      """,
      wrong: """
        data = synth(400, 0.9, flip=0.02)
        save(logreg(data.train), "m.json")
        evaluate(load("m.json").model, data.val, at=load("m.json"))
        """,
      right: """
        data = synth(400, 0.9, flip=0.02)
        save(tune(logreg(data.train), data.val, f1), "m.json")
        evaluate(load("m.json").model, data.test, at=load("m.json"))
        """))
}
