import JSONText
import ThrModel
import ThresholdEngine

extension Contract {
  /// Reads a file that `fileText` wrote; any other, and one that was altered, is refused.
  init(file bytes: [UInt8]) throws(ContractFault) {
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: bytes) } catch { throw .notJSON(error) }
    guard let object = json.object, object["thr"] == .string(Self.format) else { throw .another }
    guard let version = object["version"]?.integer, version >= 1 else {
      throw .unexpected("`version` is not a version")
    }
    guard version <= Self.version else { throw .newer(version: version) }
    let content = object.members.filter { $0.key != "checksum" }
    guard object["checksum"] == .string(Self.checksum(of: content)) else { throw .altered }
    try self.init(
      ContractReader(
        json, "the file",
        keys: [
          "thr", "version", "decision", "groups", "model", "choice", "clauses", "rows", "checksum",
        ]))
    guard version == self.version else { throw .unexpected("`version` is not that of its content") }
  }

  private init(_ reader: ContractReader) throws(ContractFault) {
    try self.init(decision: reader.value("decision"))
    if reader.has("groups") {
      groups = try GroupedDecision(json: reader.value("groups"), overall: decision)
    }
    if reader.has("model") { model = try LogisticModel(json: reader.value("model")) }
    guard !isModelAlone || (model != nil && groups == nil) else {
      throw reader.fault("model", "there, or groups are")
    }
    if reader.has("choice") { choice = try Choice(json: reader.value("choice")) }
    guard let clauses = try reader.value("clauses").array else {
      throw reader.fault("clauses", "an array")
    }
    for clause in clauses { self.clauses.append(try Clause(json: clause)) }
    if reader.has("rows") { rows = try RowFacts(json: reader.value("rows")) }
  }

  private init(decision json: JSON) throws(ContractFault) {
    if json == ["kind": .string(Self.modelKind)] {
      self.init(.flagNothing, kind: Self.modelKind)
      return
    }
    let reader = try ContractReader(
      json, "`decision`", keys: ["kind", "rule", "threshold", "plateau"])
    let threshold = try reader.optional("threshold", reader.number)
    let kind = try reader.text("kind")
    guard Self.decisionKinds.contains(kind) else {
      throw .unexpected("`decision` is of a kind that this thr does not know, \(kind.quoted)")
    }
    self.init(threshold.map(Decision.threshold) ?? .flagNothing, kind: kind)
    guard try reader.text("rule") == decision.rule else {
      throw reader.fault("rule", "the rule of this threshold")
    }
    if reader.has("plateau") { plateau = try Tuning.Plateau(json: reader.value("plateau")) }
  }
}

extension Tuning.Plateau {
  fileprivate init(json: JSON) throws(ContractFault) {
    let reader = try ContractReader(json, "`plateau`", keys: ["lower", "upper"])
    self.init(
      lower: try reader.optional("lower", reader.number),
      upper: try reader.optional("upper", reader.number))
  }
}

extension Contract.Choice {
  fileprivate init(json: JSON) throws(ContractFault) {
    let reader = try ContractReader(
      json, "`choice`", keys: ["metric", "goal", "value", "where", "feasible"])
    self.init(
      metric: try reader.text("metric"), goal: try reader.text("goal", among: ["max", "min"]),
      value: try reader.number("value"), constraint: try reader.optional("where", reader.text),
      isFeasible: try reader.boolean("feasible"))
  }
}

extension Contract.Clause {
  fileprivate init(json: JSON) throws(ContractFault) {
    let reader = try ContractReader(
      json, "a clause", keys: ["metric", "comparison", "bound", "source", "level"])
    let name = try reader.text("metric")
    let comparison = try reader.text(
      "comparison", among: Constraint.Comparison.allCases.map(\.rawValue))
    let level = try reader.optional("level", reader.number)
    let isGuarantee = try reader.text("source", among: ["guarantee", "promise"]) == "guarantee"
    guard isGuarantee == (level != nil) else { throw reader.fault("level", "that of a guarantee") }
    guard let metric = Rate.all.first(where: { $0.description == name }),
      let comparison = Constraint.Comparison(rawValue: comparison),
      let clause = Self(Limit(metric, comparison, try reader.number("bound")), level: level)
    else { throw reader.fault("metric", "a rate") }
    self = clause
  }
}

extension Contract.RowFacts {
  fileprivate init(json: JSON) throws(ContractFault) {
    let reader = try ContractReader(
      json, "`rows`",
      keys: ["rows", "positives", "tp", "fp", "tn", "fn", "hash", "scores"])
    self.init(
      rows: try reader.count("rows"), positives: try reader.count("positives"),
      confusion: Confusion(
        truePositives: try reader.number("tp"), falsePositives: try reader.number("fp"),
        trueNegatives: try reader.number("tn"), falseNegatives: try reader.number("fn")),
      hash: try reader.text("hash"), scores: nil)
    scores = try reader.optional("scores") { (key) throws(ContractFault) in
      try ScoreBins(json: reader.value(key))
    }
  }
}

extension ScoreBins {
  fileprivate init(json: JSON) throws(ContractFault) {
    let reader = try ContractReader(json, "`scores`", keys: ["edges", "counts"])
    let (edges, counts) = (try reader.numbers("edges"), try reader.numbers("counts"))
    guard counts.count == edges.count + 1 else {
      throw reader.fault("counts", "a list with one element more than `edges`")
    }
    self.init(edges: edges, counts: counts)
  }
}
