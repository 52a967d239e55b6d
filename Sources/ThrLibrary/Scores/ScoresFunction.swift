import NumberText
import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let scores = Builtin(
    "scores", .models,
    "Scores with labels, from a model, from lists or from a table.",
    documentation: """
      The scores can come from any model; a higher score means more likely positive. They need not
      be probabilities, and may be infinite.

      The positive class is 1 for {0, 1} or {-1, 1}, true for {true, false} and yes for
      {yes, no}, in upper or lower case; otherwise name it with `positive=`. Rows of a table without
      a score or a label are left out; the warning names their lines.

      A table of counts, such as a database's `GROUP BY score` gives, has one row for each score:
      `positives=` and `negatives=` name the columns that hold the number of rows of each class. All
      answers are those that the rows themselves would give; `rows` is the number of rows, and
      `weight` of each entry the number of rows with that score and label. `confidence` expands up
      to 10,000,000 rows.
      """,
    example: """
      s = scores([0.2, 0.9, 0.6], [0, 1, 0], weight=[1, 1, 2])
      tune(s, f1)
      """,
    usesNamedColumns: true,
    Form(.model, .rows(nil), rows: .all(of: "rows")) { _, model, rows in
      try model.scores(of: rows)
    },
    Form(
      Parameter<Numbers>("score", "One score per row."),
      Parameter<List>("label", "One label per row: 1 and 0, true and false, or any two values."),
      Parameter<Numbers?>("weight", unit: "rows", "Weight of each row: 2 counts as two rows."),
      Parameter<List?>("group", "The group of each row."),
      Parameter<LabelValue?>(
        "positive", "The label of the positive class; not needed for labels such as 0 and 1."),
      rows: .allOrOwn(of: "score"),
      refusing: { known throws(CallError) in
        guard let scores = known.list("score")?.count else { return }
        let lengths = ["label", "weight", "group"].map { known.list($0)?.count }
        guard lengths.contains(where: { $0 != nil && $0 != scores }) else { return }
        throw .unequalLengths(scores, lengths[0] ?? scores, lengths[1], lengths[2])
      }
    ) { context, score, label, weight, group, positive in
      try fromLists(score, label, weight: weight, group: group, positive: positive, context)
    },
    Form(
      Parameter<DataTable>("table", "A table of scored rows, or of counts."),
      Parameter("score", default: "score", kind: .column, "The column of scores."),
      Parameter("label", default: "label", kind: .column, "The column of labels."),
      Parameter<String?>("weight", kind: .column, "The column of weights."),
      Parameter<String?>("group", kind: .column, "The column of groups."),
      Parameter<LabelValue?>(
        "positive", "The label of the positive class; not needed for labels such as 0 and 1."),
      Parameter<String?>(
        "positives", kind: .column,
        "In a table of counts, the column with the number of positive rows."),
      Parameter<String?>(
        "negatives", kind: .column,
        "In a table of counts, the column with the number of negative rows."),
      .role, rows: .all(of: "table")
    ) { context, table, score, label, weight, group, positive, positives, negatives, role in
      let counted = try CountedScores(
        table.content, score: score, positives: positives, negatives: negatives,
        others: [
          "weight": weight != nil, "group": group != nil, "positive": positive != nil,
          "label": label != "label", "role": role != .whole,
        ])
      if let counted { return try counted.scores(context) }
      return try fromTable(
        table.content, score: score, label: label, weight: weight, group: group,
        positive: positive, role: role == .whole ? table.role : role, others: table.others, context)
    }, .scoresStored, forms: [.scoresStreamed])

  private static func fromLists(
    _ score: Numbers, _ label: List, weight: Numbers?, group: List?, positive: LabelValue?,
    _ context: CallContext
  ) throws -> ScoredRows {
    if !score.undefined.isEmpty { throw CallError.undefinedScores(score.undefined) }
    let lengths = [label.count, weight?.values.count, group?.count].compactMap { $0 }
    guard lengths.allSatisfy({ $0 == score.values.count }) else {
      throw CallError.unequalLengths(
        score.values.count, label.count, weight?.values.count, group?.count)
    }
    let labels = try Column("label", label, parameter: "label")
    try context.checkCancelled()
    if let missing = labels.missingRows.first { throw CallError.missingLabel(missing) }
    let positive = labels.count == 0 ? .number(1) : try PositiveClass(of: labels, given: positive)
    try context.checkCancelled()
    var groups: Column?
    if let group { groups = try Column("group", group, parameter: "group") }
    let content = try Scores(
      checking: score.values, labels: positive.labels(labels), weights: weight?.values
    ) { "`[\($0)]`" }
    return try ScoredRows(content, groups: groups).ofLists()
  }

  static func fromTable(
    _ table: Table, score: String, label: String, weight: String?, group: String?,
    positive: LabelValue?, mayLackPositives: Bool = false, role: Role,
    others: UnreadColumns? = nil, _ context: CallContext
  ) throws(CallError) -> ScoredRows {
    let used =
      [(score, "score"), (label, "label")]
      + [
        weight.map { ($0, "weight") }, group.map { ($0, "group") },
      ].compactMap { $0 }
    for (name, parameter) in used {
      let column = try table.column(named: name, parameter: parameter)
      if parameter == "score" || parameter == "weight" {
        _ = try column.numbers(parameter: parameter)
      }
    }
    let rows = try table.completeRows(used.map(\.0), context)
    let labels = try rows.column(named: label, parameter: "label")
    let given = positive
    let positive = try PositiveClass(of: labels, given: given, mayBeAbsent: mayLackPositives)
    let content = try Scores(
      checking: rows.column(named: score, parameter: "score").numbers(parameter: "score").values,
      labels: positive.labels(labels),
      weights: weight.map { name throws(CallError) in
        try rows.column(named: name, parameter: "weight").numbers(parameter: "weight").values
      }
    ) { "line \(rows.line(ofRow: $0))" }
    if mayLackPositives, let given, content.positives == 0 {
      context.warn(.noPositives(given, in: label))
    }
    return ScoredRows(
      content, groups: group.flatMap { rows[$0] }, provenance: rows.provenance(as: role),
      source: rows, others: others)
  }
}

extension Scores {
  /// The scores, or why these rows are none.
  ///
  /// - Parameter place: what a row is called where its weight is at fault.
  init(
    checking values: [Double], labels: [Bool], weights: [Double]?,
    place: (Int) -> String = { "row \($0)" }
  ) throws(CallError) {
    do throws(ScoresError) {
      try self.init(values: values, labels: labels, weights: weights)
    } catch .badWeight(let weight, let row) {
      throw .badWeight(weight, place(row))
    } catch {
      throw CallError(
        .badScores, error.description, parameter: error.blamesWeights ? "weight" : nil)
    }
  }
}

extension ScoresError {
  fileprivate var blamesWeights: Bool {
    switch self {
    case .badWeight, .allWeightsZero, .weightsOutOfScale: true
    case .empty, .unequalLengths, .undefinedScores: false
    }
  }
}

extension CallError {
  fileprivate static func undefinedScores(_ positions: [Int]) -> CallError {
    let named = positions.prefix(5).map { "`[\($0)]`" }.joined(separator: ", ")
    let count = Double(positions.count).countText
    return CallError(
      .badScores,
      "\(count) of the scores \(positions.count == 1 ? "is" : "are") undefined: "
        + "\(named)\(positions.count > 5 ? ", …" : "")",
      remedy: "remove these rows", parameter: "score")
  }

  fileprivate static func unequalLengths(
    _ scores: Int, _ labels: Int, _ weights: Int?, _ groups: Int?
  ) -> CallError {
    let counts = [
      counted(scores, "score"), counted(labels, "label"), weights.map { counted($0, "weight") },
      groups.map { counted($0, "group") },
    ].compactMap { $0 }
    return CallError(
      .unequalLengths, "the lists differ in length: " + counts.joined(separator: ", "),
      remedy: "use one value per row in each list")
  }

  fileprivate static func badWeight(_ weight: Double, _ place: String) -> CallError {
    CallError(
      .badScores,
      "a weight must be a finite number of at least 0, but \(place) is "
        + (weight.isNaN ? "undefined" : weight.shortestText),
      parameter: "weight")
  }

  fileprivate static func missingLabel(_ position: Int) -> CallError {
    CallError(
      .badScores, "the label `[\(position)]` is missing", remedy: "remove this row",
      parameter: "label")
  }
}

extension Diagnostic.Kind {
  /// Rows that cannot be scores.
  public static let badScores = Diagnostic.Kind(
    "E0405", "bad-scores",
    explanation: .init(
      """
      Every row needs a score, a label and, if given, a weight of at least 0. A score may be \
      infinite, but not missing. Remove incomplete rows.
      """,
      wrong: "scores([0.9, undefined], [1, 0])",
      right: "scores([0.9, 0.2], [1, 0])"))
}
