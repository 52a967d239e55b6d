import JSONText
import ThresholdEngine

/// What a monitor knows of all batches so far, as a file keeps it.
struct MonitorState: Hashable {
  /// The checksum of the contract that is monitored.
  let contract: String
  var rows = 0
  /// The hash of the batch taken in last: a second run with it is no second batch.
  var lastBatch: String?
  var clauses: [Clause]
  /// The logarithm of the mean evidence after each batch.
  var history: [Double] = []
  /// The batches whose labels come late and that are not taken in yet, the oldest first.
  var cohorts: [WaitingCohort] = []
  /// How many times rows with late labels were given.
  var calls = 0

  struct Clause: Hashable {
    let clause: Contract.Clause
    /// How many rows of the clause's sample came so far.
    var rows = 0
    var process: EvidenceProcess
  }

  var batches: Int { history.count }
}

extension MonitorState {
  /// The beginning; clauses that every rate or none but one meets are not monitored.
  init(_ contract: Contract) {
    self.init(
      contract: contract.checksum,
      clauses: contract.clauses.compactMap { clause in
        EvidenceProcess(clause.limit).map { Clause(clause: clause, process: $0) }
      })
  }

  /// Takes in the rows of a batch.
  mutating func take(_ confusion: Confusion, rows: Int, hash: String) {
    take(confusion, rows: rows)
    lastBatch = hash
  }

  mutating func take(_ confusion: Confusion, rows: Int) {
    for index in clauses.indices {
      let (hits, rows) = clauses[index].clause.rate.reading(of: confusion)
      clauses[index].process.take(hits: hits, of: rows)
      clauses[index].rows += rows
    }
    self.rows += rows
    history.append(logMeanEvidence)
  }

  /// The logarithm of the mean of the clauses' evidence, which is evidence against their all being
  /// true, however they depend on each other.
  var logMeanEvidence: Double {
    EvidenceProcess.logMean(of: clauses.map(\.process))
  }
}

// MARK: - File

extension MonitorState {
  static let format = "monitor state"

  var fileText: String {
    var members = json.members
    members.append(.init("checksum", .string(Contract.checksum(of: members))))
    return JSON.object(JSON.Object(members)).indentedText + "\n"
  }

  private var lateJSON: [JSON.Member] {
    if calls == 0 { return [] }
    return [
      .init("calls", .number(Double(calls))), .init("waiting", .array(cohorts.map(\.json))),
    ]
  }

  private var json: JSON.Object {
    // Late labels came with the second version.
    let version: JSON = calls == 0 ? 1 : 2
    let members: [JSON.Member] = [
      .init("thr", .string(Self.format)), .init("version", version),
      .init("contract", .string(contract)),
      .init("rows", .number(Double(rows))),
      .init("last_batch", lastBatch.map(JSON.string) ?? .null),
      .init(
        "clauses",
        .array(
          clauses.map { clause in
            [
              "clause": .string(clause.clause.text), "rows": .number(Double(clause.rows)),
              "log_wealth": .array(clause.process.logWealth.map(JSON.number)),
            ]
          })), .init("log_evidence", .array(history.map(JSON.number))),
    ]
    return JSON.Object(members + lateJSON)
  }

  /// Reads the state of a contract's monitor.
  init(file bytes: [UInt8], of contract: Contract) throws(ContractFault) {
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: bytes) } catch { throw .notJSON(error) }
    guard let object = json.object, object["thr"] == .string(Self.format) else { throw .another }
    guard let version = object["version"]?.integer, (1...2).contains(version) else {
      throw .newer(version: object["version"]?.integer ?? 0)
    }
    let content = object.members.filter { $0.key != "checksum" }
    guard object["checksum"] == .string(Contract.checksum(of: content)) else { throw .altered }
    let reader = try ContractReader(
      json, "the file",
      keys: [
        "thr", "version", "contract", "rows", "last_batch", "clauses", "log_evidence", "calls",
        "waiting", "checksum",
      ])
    self.init(contract)
    guard try reader.text("contract") == self.contract else {
      throw .unexpected("it belongs to another contract")
    }
    rows = try reader.count("rows")
    lastBatch = try reader.optional("last_batch", reader.text)
    history = try reader.numbers("log_evidence")
    try read(reader.value("clauses").array ?? [])
    guard version == 2 else { return }
    calls = try reader.count("calls")
    for entry in try reader.value("waiting").array ?? [] {
      cohorts.append(try WaitingCohort(json: entry))
    }
  }

  private mutating func read(_ entries: [JSON]) throws(ContractFault) {
    guard entries.count == clauses.count else { throw .unexpected("it has other clauses") }
    for (index, entry) in entries.enumerated() {
      let reader = try ContractReader(entry, "a clause", keys: ["clause", "rows", "log_wealth"])
      let limit = clauses[index].clause.limit
      guard try reader.text("clause") == clauses[index].clause.text,
        let process = EvidenceProcess(
          limit, batches: history.count, logWealth: try reader.numbers("log_wealth"))
      else { throw reader.fault("clause", "that of the contract") }
      clauses[index].process = process
      clauses[index].rows = try reader.count("rows")
    }
  }
}

extension WaitingCohort {
  fileprivate var json: JSON {
    [
      "call": .number(Double(call)), "tp": .number(known.truePositives),
      "fp": .number(known.falsePositives), "tn": .number(known.trueNegatives),
      "fn": .number(known.falseNegatives), "flagged": .array(flagged.map(JSON.string)),
      "unflagged": .array(unflagged.map(JSON.string)),
    ]
  }

  fileprivate init(json: JSON) throws(ContractFault) {
    let reader = try ContractReader(
      json, "`waiting`", keys: ["call", "tp", "fp", "tn", "fn", "flagged", "unflagged"])
    func count(_ key: String) throws(ContractFault) -> Double { Double(try reader.count(key)) }
    self.init(
      call: try reader.count("call"),
      known: Confusion(
        truePositives: try count("tp"), falsePositives: try count("fp"),
        trueNegatives: try count("tn"), falseNegatives: try count("fn")),
      flagged: try reader.texts("flagged"), unflagged: try reader.texts("unflagged"))
  }
}
