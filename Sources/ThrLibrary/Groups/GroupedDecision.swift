import NumberText
import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

/// A threshold for each group of rows, and one for the rows of all other groups.
struct GroupedDecision: Hashable, Sendable {
  /// The columns whose values make the groups.
  let by: [String]
  let thresholds: [GroupThreshold]
  let overall: Decision

  struct GroupThreshold: Hashable, Sendable {
    let group: GroupKey
    let decision: Decision
  }
}

extension GroupedDecision {
  /// The rows of groups that have no threshold, with their numbers.
  typealias UnknownGroups = [(key: GroupKey, rows: Int)]

  /// Whether each row is flagged by its group's threshold, and which groups the overall one decides.
  ///
  /// - Complexity: O(*n*) for each column of `by`.
  func decided(
    _ scores: [Double], of rows: Table, parameter: String
  ) throws(CallError) -> (flags: [Bool], unknown: UnknownGroups) {
    for name in by { _ = try rows.column(named: name, parameter: parameter) }
    let decisions = Dictionary(thresholds.map { ($0.group.cells, $0.decision) }) { first, _ in first
    }
    var flags = [Bool](repeating: false, count: scores.count)
    var unknown: UnknownGroups = []
    for (key, rows) in try GroupedRows(rows, by: by).groups {
      let decision = decisions[key.cells]
      if decision == nil { unknown.append((key, rows.count)) }
      guard let threshold = (decision ?? overall).threshold else { continue }
      for row in rows { flags[row] = scores[row] >= threshold }
    }
    return (flags, unknown)
  }

  /// The flags alone; a warning reports the rows of other groups.
  func flags(
    _ scores: [Double], of rows: Table, parameter: String, _ context: CallContext
  ) throws(CallError) -> [Bool] {
    let (flags, unknown) = try decided(scores, of: rows, parameter: parameter)
    if !unknown.isEmpty { context.warn(.unknownGroups(unknown)) }
    return flags
  }

  /// Evaluates the decision that takes each row's own threshold.
  ///
  /// - Parameter context: what is warned of unknown groups; `nil` to warn of nothing.
  func evaluation(_ source: TunedRows, _ context: CallContext?) throws(CallError)
    -> EvaluationResult
  {
    let table = try source.groupTable()
    let scores = try source.scores()
    let (flags, unknown) = try decided(scores.content.values, of: table, parameter: "at")
    if !unknown.isEmpty { context?.warn(.unknownGroups(unknown)) }
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
    result.groupDecision = self
    result.scored = source
    return result
  }
}

extension GroupedResults<TuningResult> {
  /// What decides each row.
  var decision: GroupedDecision {
    GroupedDecision(
      by: by,
      thresholds: groups.compactMap { tuning in
        tuning.group.map { .init(group: $0, decision: tuning.content.outcome) }
      }, overall: overall.content.outcome)
  }
}

extension Warning {
  static func unknownGroups(_ groups: GroupedDecision.UnknownGroups) -> Warning {
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
