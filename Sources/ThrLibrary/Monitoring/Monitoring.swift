import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let monitor = Builtin(
    "monitor", .contracts,
    "Monitors a contract batch by batch, with a bounded probability of a false alarm.",
    documentation: """
      Each call adds one batch of labelled rows, such as a day's, and saves the evidence in the file
      `state`. The evidence against a clause is an e-value (a test martingale: bets that win if the
      clause is broken). The alarm is raised when the mean evidence reaches `limit`, 1/(1 - level).
      The probability of a false alarm is then at most `1 - level`, however often you look and
      whenever you stop. A clause is `named` as broken when its own evidence reaches `limit` times
      the number of clauses.

      The size of a batch must not depend on its labels. If labels come late, add the rows of a day
      only when their labels are complete: added as they arrive, early misses would raise false
      alarms; `thr monitor --id` keeps such rows until then. A batch that is added twice in a row, such
      as after an interruption, counts once. Clauses with a bound of 0 or 1 are not monitored.
      """,
    effect: .writesFiles,
    example: """
      save(0.5, "decision.json", promise = recall >= 80%)
      today = scores([0.2, 0.4, 0.9], [0, 1, 1])
      monitor(load("decision.json"), today, state="decision.state").alarm
      """, foreignNames: ["watch", "RiskMonitoring"],
    Form(
      Parameter<ContractResult>("contract", "The contract."),
      Parameter<ScoredRows>("scores", "The rows of the batch, with their labels."),
      Parameter<String>(
        "state", kind: .path, "The file that holds the evidence of earlier batches."), .level
    ) { context, contract, scores, path, level in
      MonitorResult(
        content: try monitored(contract.content, scores, state: path, context),
        level: level)
    })

  static func monitored(
    _ contract: Contract, _ rows: ScoredRows, state path: String, _ context: CallContext
  ) throws -> MonitorState {
    let scores = rows.content
    guard scores.weights == nil || scores.isCounted else { throw CallError.weightedRows }
    let hash = scores.contentHash
    return try updated(contract, state: path, batch: hash, context) { state in
      let confusion = try contract.confusion(on: rows, context)
      state.take(confusion, rows: scores.rows, hash: hash)
    }
  }

  /// Takes in rows whose labels may come later: batches as a whole, in order.
  static func monitored(
    _ contract: Contract, _ rows: LateRows, patience: Int?, state path: String,
    _ context: CallContext
  ) throws -> MonitorState {
    try updated(contract, state: path, batch: rows.hash, context) { state in
      state.take(rows.rows, hash: rows.hash, patience: patience)
    }
  }

  /// The state after a batch, which its file then holds.
  private static func updated(
    _ contract: Contract, state path: String, batch hash: String, _ context: CallContext,
    _ take: (inout MonitorState) throws -> Void
  ) throws -> MonitorState {
    var state = try state(of: contract, at: path, context)
    guard !state.clauses.isEmpty else { throw CallError.noClauses }
    if state.lastBatch == hash {
      context.warn(.sameBatch)
      return state
    }
    try take(&state)
    do throws(FileError) {
      try context.files.writeFileAtomically(path, Array(state.fileText.utf8))
    } catch {
      throw CallError(error, parameter: "state")
    }
    return state
  }

  /// What the file says, or the beginning where there is none.
  private static func state(
    of contract: Contract, at path: String, _ context: CallContext
  ) throws(CallError) -> MonitorState {
    guard context.files.exists(path) else { return MonitorState(contract) }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try context.files.readFile(path, atMost: 1 << 28)
    } catch {
      throw CallError(error, parameter: "state")
    }
    do throws(ContractFault) {
      return try MonitorState(file: bytes, of: contract)
    } catch {
      throw CallError(error, state: path)
    }
  }
}

extension CallError {
  fileprivate init(_ fault: ContractFault, state path: String) {
    let reason =
      switch fault {
      case .notJSON(let error): "is not complete JSON: \(error)"
      case .another: "is not the state of a monitor"
      case .newer: "was written by a newer thr"
      case .altered: "was altered: its checksum does not match"
      case .unexpected(let text): "does not fit: \(text)"
      }
    self.init(
      .unreadableContract, "`\(path)` \(reason)",
      remedy: "restore the file, or start again with a new state file", parameter: "state")
  }
}

extension Warning {
  fileprivate static let sameBatch = Warning(
    .sameBatch, "these rows are the same as the previous batch; they count once",
    remedy: "call `monitor` with the rows of the next batch")
}

extension Diagnostic.Kind {
  public static let sameBatch = Diagnostic.Kind(
    "W0673", "same-batch", .warning,
    explanation: .init(
      """
      The rows have the same hash as those of the previous batch, so they are taken for a second run \
      of the same batch and count once.
      """,
      wrong: """
        save(0.5, "decision.json", promise = recall >= 80%)
        today = scores([0.2, 0.4, 0.9], [0, 1, 1])
        for run in [1, 2] { monitor(load("decision.json"), today, state="decision.state") }
        """,
      right: """
        save(0.5, "decision.json", promise = recall >= 80%)
        today = scores([0.2, 0.4, 0.9], [0, 1, 1])
        monitor(load("decision.json"), today, state="decision.state")
        """))
}
