import NumberText
import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension GroupedResults<TuningResult> {
  /// Whether each row is flagged by its group's threshold; rows of other groups by the overall one,
  /// which a warning reports.
  ///
  /// - Complexity: O(*n*) for each column of `by`.
  func flags(
    _ scores: [Double], of rows: Table, parameter: String, _ context: CallContext
  ) throws(CallError) -> [Bool] {
    for name in by { _ = try rows.column(named: name, parameter: parameter) }
    var thresholds: [[Cell]: Decision] = [:]
    for tuning in groups {
      if let group = tuning.group { thresholds[group.cells] = tuning.content.outcome }
    }
    var flags = [Bool](repeating: false, count: scores.count)
    var unknown: [(GroupKey, Int)] = []
    for (key, rows) in try GroupedRows(rows, by: by).groups {
      let decision = thresholds[key.cells]
      if decision == nil { unknown.append((key, rows.count)) }
      guard let threshold = (decision ?? overall.content.outcome).threshold else { continue }
      for row in rows { flags[row] = scores[row] >= threshold }
    }
    if !unknown.isEmpty { context.warn(.unknownGroups(unknown)) }
    return flags
  }

  /// Evaluates the decision that takes each row's own threshold.
  func evaluation(_ source: TunedRows, _ context: CallContext) throws -> EvaluationResult {
    let table = try source.groupTable()
    let scores = try source.scores()
    let flags = try flags(scores.content.values, of: table, parameter: "at", context)
    // Flagged rows score 1 and all others 0, so that to flag at 1 is this very decision.
    let content = try Scores(
      checking: flags.map { $0 ? 1 : 0 }, labels: scores.content.labels,
      weights: scores.content.weights)
    let decided = ScoredRows(
      content, groups: scores.groups, provenance: scores.provenance, history: scores.history,
      source: table)
    var result = EvaluationResult(
      ThresholdEngine.evaluate(content, at: .threshold(1)), positives: content.positives,
      source: .scores(decided))
    result.decidedBy = by
    return result
  }
}

extension Warning {
  fileprivate static func unknownGroups(_ groups: [(key: GroupKey, rows: Int)]) -> Warning {
    let shown = groups.prefix(5).map { "\($0.key.place) (\(counted($0.rows, "row")))" }
    return Warning(
      .unknownGroup,
      "the tuning has no threshold for " + shown.joined(separator: "; ")
        + (groups.count > 5 ? "; …" : "") + ": these rows use the overall threshold")
  }
}

extension Diagnostic.Kind {
  public static let unknownGroup = Diagnostic.Kind(
    "W0661", "unknown-group", .warning,
    explanation: .init(
      """
      A tuning by group has a threshold for each value of the column in the rows that it was tuned \
      on. Rows with another value, or a missing one, use the overall threshold.
      """,
      wrong: """
        s = scores([0.9, 0.2, 0.6, 0.3], [1, 0, 1, 0], group=["a", "a", "b", "b"])
        p = tune(s, f1, by="group")
        evaluate(scores([0.9, 0.2], [1, 0], group=["a", "c"]), at=p)
        """,
      right: """
        s = scores([0.9, 0.2, 0.6, 0.3], [1, 0, 1, 0], group=["a", "a", "b", "b"])
        p = tune(s, f1, by="group")
        evaluate(scores([0.9, 0.2], [1, 0], group=["a", "b"]), at=p)
        """))
}
