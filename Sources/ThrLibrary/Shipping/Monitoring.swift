import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let monitor = Builtin(
    "monitor", .contracts,
    "Watches a contract batch by batch, and raises an alarm that may be trusted.",
    documentation: """
      Each call takes in one batch of labelled rows, such as a day's, and keeps what is known in the
      file `state`. For each clause it computes evidence against the clause (a test martingale: bets
      that win where the clause is broken). However often you look, and whenever you stop, the
      probability of a false alarm is at most `1 - level`: the alarm is raised when the mean evidence
      reaches `limit`, 1/(1 - level). A clause is named when its own evidence reaches `limit` times
      the number of clauses.

      The size of a batch must not depend on its labels. Where labels come late, take in the rows of
      a day only when their labels are complete: taken in as they arrive, early misses would raise
      false alarms. A batch that is taken in twice in a row, such as after an interruption, counts
      once. Clauses with a bound of 0 or 1 are not monitored.
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
        "state", kind: .path, "The file that keeps what is known of earlier batches."), .level
    ) { context, contract, scores, path, level in
      MonitorResult(
        content: try monitored(contract.content, scores.content, state: path, context),
        level: level)
    })

  static func monitored(
    _ contract: Contract, _ scores: Scores, state path: String, _ context: CallContext
  ) throws -> MonitorState {
    guard scores.weights == nil || scores.isCounted else { throw CallError.weightedRows }
    var state = try state(of: contract, at: path, context)
    guard !state.clauses.isEmpty else { throw CallError.noClauses }
    let hash = scores.contentHash
    if state.lastBatch == hash {
      context.warn(.sameBatch)
      return state
    }
    state.take(scores.confusion(at: contract.decision), rows: scores.rows, hash: hash)
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
      case .notJSON(let error): "is no complete JSON: \(error)"
      case .another: "is not the state of a monitor"
      case .newer: "was written by a newer thr"
      case .altered: "was altered: its checksum does not match"
      case .unexpected(let text): "does not fit: \(text)"
      }
    self.init(
      .unreadableContract, "`\(path)` \(reason)",
      remedy: "restore the file, or begin with another name", parameter: "state")
  }
}

extension Warning {
  fileprivate static let sameBatch = Warning(
    .sameBatch, "these rows were taken in last time; they count once",
    remedy: "call `monitor` with the rows of the next batch")
}

extension Diagnostic.Kind {
  public static let sameBatch = Diagnostic.Kind(
    "W0673", "same-batch", .warning,
    explanation: .init(
      """
      The batch has the rows of the batch before, by their hash, so it is taken for a second run \
      and counts once.
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
