import TableIO
public import ThrModel
import ThresholdEngine

/// A contract verified on the rows of a file: what `thr verify` shows.
public struct ContractCheck: Sendable {
  /// One clause of the contract.
  public struct Clause: Hashable, Sendable {
    /// “precision >= 0.9”.
    public let text: String
    /// “holds”, “fails” or “open”.
    public let verdict: String
    /// The verdict with its figures, in a sentence.
    public let sentence: String
  }

  /// At least one: an open one stands for a contract without clauses.
  public let clauses: [Clause]
  /// 0 if the contract holds, 1 if it fails, 3 if the rows are too few.
  public let status: Int
  /// The verification as a value of the language.
  public let value: Value

  /// The columns of the rows, and how sure the verdicts are.
  public struct Options: Sendable {
    public var score = "score"
    public var label = "label"
    public var positive: String?
    public var level = 0.9
    /// The column of ids, where labels come late.
    public var id: String?
    /// How many later batches a batch waits for its labels; `nil` without end.
    public var patience: Int?

    public init() {}
  }

  /// - Parameters:
  ///   - contract: the path of the contract.
  ///   - rows: the path of a table with scores and labels.
  public init(
    of contract: String, on rows: String, _ options: Options, _ context: CallContext
  ) throws {
    let contract = try Builtin.contract(at: contract, context)
    let scores = try options.scores(in: rows, context)
    let verification = try Builtin.verification(contract, scores, level: options.level, context)
    let found = verification.clauses.map {
      Clause(text: $0.clause.text, verdict: $0.test.verdict.rawValue, sentence: $0.sentence)
    }
    let none = Clause(text: "clauses", verdict: "open", sentence: Verification.claimsNothing)
    clauses = found.isEmpty ? [none] : found
    status = verification.status
    value = VerificationResult(content: verification).value
  }
}

extension ContractCheck.Options {
  /// The state of a contract's monitor after the rows of a file.
  fileprivate func state(
    of contract: Contract, _ rows: String, at state: String, _ context: CallContext
  ) throws -> MonitorState {
    guard let id else {
      return try Builtin.monitored(
        contract, try scores(in: rows, context), state: state, context)
    }
    let table = try Builtin.table(at: rows, ReadingOptions(refusedRowsNamed: 3), context)
    let columns = LateColumns(
      id: id, score: score, label: label, positive: positive.map { LabelValue.text($0) })
    let late = try LateRows(table, columns, at: contract, context)
    return try Builtin.monitored(contract, late, patience: patience, state: state, context)
  }

  fileprivate func scores(in path: String, _ context: CallContext) throws -> ScoredRows {
    let table = try Builtin.table(at: path, ReadingOptions(refusedRowsNamed: 3), context)
    return try Builtin.fromTable(
      table, score: score, label: label, weight: nil, group: nil,
      positive: positive.map { LabelValue.text($0) }, mayLackPositives: true, role: .whole, context)
  }
}

/// A batch of rows taken in by a monitor: what `thr monitor` shows.
public struct MonitoredBatch: Sendable {
  public let isAlarmed: Bool
  /// The monitor as a value of the language.
  public let value: Value

  public init(
    of contract: String, _ rows: String, state: String, _ options: ContractCheck.Options,
    _ context: CallContext
  ) throws {
    let contract = try Builtin.contract(at: contract, context)
    let result = MonitorResult(
      content: try options.state(of: contract, rows, at: state, context), level: options.level)
    isAlarmed = result.isAlarmed
    value = result.value
  }
}
