import ThrModel
import ThresholdEngine

extension Builtin {
  /// What does more than count, or needs single rows, with the reason.
  private static let refused: [String: String] = [
    "compare": "the pairs of scores of a row are not in the counts",
    "cv": "folds are made of rows",
    "explore": "the slider asks at every key",
    "split":
      "rows that stay where they are are not moved; filter by a day or a part: `filter(table, …)`",
    "reweight": "the weights of such rows do not change; use `weight=` of `scores`",
    "filter": "filter their table: `scores(filter(table, …), …)`",
    "calibrate": "calibration is fitted on rows",
  ]

  /// The function for scores in a database too: from counts in buckets, or refused with the reason.
  func forStoredScores() -> Builtin {
    taking(StoredScoredRows.self, as: ScoredRows.valueType) { stored, name, arguments, context in
      if let reason = Self.refused[name] {
        throw CallError.notInCounts(
          "`\(name)` of \(stored.home.kind)", reason, parameter: "scores")
      }
      try stored.begin(context)
      let thresholds = arguments.flatMap { $0?.thresholds ?? [] }
      let edges = name == "verify" ? arguments.flatMap { $0?.edges ?? [] } : []
      let rows = try stored.reduced(exactAt: thresholds + edges, context.isCancelled)
      if thresholds.isEmpty { context.warn(.reducedScores(of: name, rows.content.count)) }
      return rows.value
    }
  }
}

extension Argument {
  /// The thresholds of a decision that is given.
  fileprivate var thresholds: [Double] {
    guard case .value(let value) = self, let decision = DecisionArgument(value) else { return [] }
    if case .number = value { return [] }
    return [decision.decision.threshold].compactMap { $0 }
  }

  /// Where the parts of a contract's scores begin, whose rows its drift is seen by.
  fileprivate var edges: [Double] {
    guard case .value(let value) = self, let contract = ContractResult(value) else { return [] }
    return contract.content.rows?.scores?.edges ?? []
  }
}

extension Warning {
  fileprivate static func reducedScores(of name: String, _ count: Int) -> Warning {
    Warning(
      .reducedScores,
      "`\(name)` is made from the counts of \(counted(count, "bucket")) of scores: its points are "
        + "exact, and what lies between two of them is not known")
  }
}
