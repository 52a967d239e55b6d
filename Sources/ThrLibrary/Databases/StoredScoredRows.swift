import Databases
import ParallelWork
import NumberText
import TableIO
public import ThrModel
import ThresholdEngine

/// Scores of the language whose rows stay in a database.
public struct StoredScoredRows: LanguageObject {
  public static let typeName: ObjectType.Name = "stored_scores"

  let table: StoredRows
  let score: String
  let label: String
  let weight: String?
  let positive: SQLExpression
  /// What was counted so far, shared by all copies.
  let counted: StoredScores

  init(
    _ table: StoredRows, score: String, label: String, weight: String?, positive: SQLExpression
  ) {
    self.table = table
    self.score = score
    self.label = label
    self.weight = weight
    self.positive = positive
    counted = StoredScores(
      ScoreQuestion(
        table.content, score: score, label: label, isPositive: positive, weight: weight))
  }

  /// The same of other rows of the table.
  func holding(_ table: StoredRows) -> StoredScoredRows {
    StoredScoredRows(table, score: score, label: label, weight: weight, positive: positive)
  }

  public static func == (one: StoredScoredRows, other: StoredScoredRows) -> Bool {
    one.table == other.table && one.score == other.score && one.label == other.label
      && one.weight == other.weight && one.positive == other.positive
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(table)
    hasher.combine(score)
    hasher.combine(positive)
  }

  /// Shows what would be asked, and ends the program, where that is all that is wanted; reports rows
  /// that do not count.
  func begin(_ context: CallContext) throws {
    if context.isDryRun {
      for (place, sql) in counted.planned.enumerated() { context.print("\(place + 1). \(sql)") }
      throw Exit(status: 0)
    }
    let found = try DatabaseError.explained { () throws(DatabaseError) in
      try counted.described(isCancelled: context.isCancelled)
    }
    if found.leftOut > 0 { context.warn(.leftOut(found, score: score, label: label)) }
  }

  /// Counts in buckets as scores, exact at the thresholds given.
  func reduced(exactAt thresholds: [Double], _ isCancelled: () -> Bool = { false })
    throws(CallError)
    -> ScoredRows
  {
    if weight != nil {
      throw .notInCounts(
        "weighted scores in a database", "only `tune` takes them, as sums of weights",
        parameter: "scores")
    }
    do throws(DatabaseError) {
      return ScoredRows(try counted.reduced(exactAt: thresholds, isCancelled: isCancelled))
    } catch {
      throw CallError(error)
    }
  }
}

extension ObjectType {
  static let storedScores = ObjectType(
    StoredScoredRows.self,
    "Scores and labels whose rows stay in a database, where they are counted.",
    members: [
      MemberOf(
        "queries", hiddenInJSON: true,
        "The queries that `tune` asks, before any is asked; the database answers each by one scan."
      ) { $0.counted.planned },
      MemberOf("asked", hiddenInJSON: true, "The queries that were asked so far.") {
        $0.counted.asked
      },
      MemberOf("columns", hiddenInJSON: true, "The columns of their table.") {
        $0.table.content.columnNames
      },
      MemberOf("table", hiddenInJSON: true, "Their table.") { $0.table },
    ],
    hint: { "scores in a database, at least \(counted($0.counted.planned.count, "scan")) to tune" },
    line: { "scores `\($0.score)` in \($0.table.database.address)" },
    text: { scores in
      AlignedLines([
        ("scores", "`\(scores.score)`, live in \(scores.table.database.address)"),
        ("positive", scores.table.content.dialect.text(scores.positive)),
        scores.weight.map { ("weight", "`\($0)`") },
        ("rows", scores.table.content.sql),
        ("scans", "\(scores.counted.planned.count) to tune, or a few more; `.queries` has them"),
      ]).text
    })
}

extension Builtin.Form {
  static var scoresStored: Builtin.Form {
    Builtin.Form(
      Parameter<StoredRows>("table", "A table in a database; each row has a score and a label."),
      Parameter("score", default: "score", kind: .column, "The column of scores."),
      Parameter("label", default: "label", kind: .column, "The column of labels."),
      Parameter<String?>("weight", kind: .column, "The column of weights."),
      Parameter<LabelValue?>(
        "positive", "The label of the positive class; by default 1, against 0 or -1.")
    ) { _, table, score, label, weight, positive in
      for (name, parameter) in [(score, "score"), (label, "label")] {
        try table.check(name, parameter)
      }
      if let weight { try table.check(weight, "weight") }
      guard positive != nil || table.content[label]?.isText != true else {
        throw CallError(
          .positiveNeeded, "which value of `\(label)` is the positive class is not evident",
          remedy: "name it with `positive=`", parameter: "positive")
      }
      let value: SQLExpression =
        switch positive {
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        case .boolean(let holds): .truth(holds)
        case nil: .number(1)
        }
      return StoredScoredRows(
        table, score: score, label: label, weight: weight,
        positive: .same(.column(label), value))
    }
  }
}

extension Warning {
  fileprivate static func leftOut(
    _ found: StoredPopulation, score: String, label: String
  ) -> Warning {
    let other = found.leftOut - found.withoutScore
    let parts = [
      (found.withoutScore, "without `\(score)`"), (found.withoutLabel, "without `\(label)`"),
      (
        max(0, other - found.withoutLabel),
        "with a `\(score)` that is infinite or not a number, or "
          + "without a weight"
      ),
    ].filter { $0.0 > 0 }.map { "\($0.0.countText) \($0.1)" }
    return Warning(
      .incompleteRows,
      "\(found.leftOut.countText) of \(found.rowsFound.countText) rows "
        + (found.leftOut == 1 ? "is left out: " : "are left out: ")
        + parts.joined(separator: ", "))
  }
}
