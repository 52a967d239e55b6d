import Databases
import NumberText
import ParallelWork
import Synchronization
import TableIO
public import ThrModel
import ThresholdEngine

/// Scores of the language whose rows stay where they are: in a database or a file.
public struct StoredScoredRows: LanguageObject {
  public static let typeName: ObjectType.Name = "stored_scores"

  let home: ScoresHome
  let score: String
  let label: String
  let weight: String?
  /// What was counted so far, shared by all copies.
  let counted: StoredScores
  /// Whether it was said once what was left out, shared likewise.
  private let hasReported = Reported()

  init(_ home: ScoresHome, score: String, label: String, weight: String?) {
    self.home = home
    self.score = score
    self.label = label
    self.weight = weight
    switch home {
    case .database(let table, let positive):
      counted = StoredScores(
        DatabaseScores(
          ScoreSQL(
            table.content, score: score, label: label, isPositive: positive, weight: weight)))
    case .file(let table, let positive):
      counted = StoredScores(
        FileScores(table, score: score, label: label, weight: weight, positive: positive))
    }
  }

  /// The same of other rows of the table.
  func holding(_ home: ScoresHome) -> StoredScoredRows {
    StoredScoredRows(home, score: score, label: label, weight: weight)
  }

  public static func == (one: StoredScoredRows, other: StoredScoredRows) -> Bool {
    one.home == other.home && one.score == other.score && one.label == other.label
      && one.weight == other.weight
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(home)
    hasher.combine(score)
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
    guard case .file(let table, _) = home else {
      if found.leftOut > 0 { context.warn(.leftOut(found, score: score, label: label)) }
      return
    }
    guard hasReported.isFirst else { return }
    if let report = (counted.questions as? FileScores)?.report {
      Warning.reported(by: report, table.content.path).forEach(context.warn)
    }
    if found.undecided > 0 { context.warn(.undecided(found)) }
    if found.incomplete > 0 { context.warn(.leftOut(found)) }
  }

  private final class Reported: Sendable {
    private let isDone = Atomic<Bool>(false)

    var isFirst: Bool { !isDone.exchange(true, ordering: .relaxed) }
  }

  /// Counts in buckets as scores, exact at the thresholds given.
  func reduced(exactAt thresholds: [Double], _ isCancelled: () -> Bool = { false })
    throws(CallError)
    -> ScoredRows
  {
    if weight != nil {
      throw .notInCounts(
        "weighted \(home.kind)", "only `tune` takes them, as sums of weights",
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
    "Scores and labels whose rows stay in a database or a file, where they are counted.",
    members: [
      MemberOf(
        "queries", hiddenInJSON: true,
        "The questions that `tune` asks, before any is asked; each takes one scan of the rows."
      ) { $0.counted.planned },
      MemberOf("asked", hiddenInJSON: true, "The questions that were asked so far, one scan each.")
      {
        $0.counted.asked
      },
      MemberOf("columns", hiddenInJSON: true, "The columns of their table.") {
        $0.home.columnNames
      },
      MemberOf("table", hiddenInJSON: true, "Their table.") { $0.home },
    ],
    hint: {
      "\($0.home.kind), at least \(ThrLibrary.counted($0.counted.planned.count, "scan")) to tune"
    },
    line: { "scores `\($0.score)` in \($0.home.address)" },
    text: { scores in
      AlignedLines(
        [("scores", "`\(scores.score)`, stay in \(scores.home.address)")]
          + scores.home.lines(of: scores.label)
          + [
            scores.weight.map { ("weight", "`\($0)`") },
            (
              "scans", "\(scores.counted.planned.count) to tune, or a few more; `.queries` has them"
            ),
          ]
      ).text
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
        .database(table, positive: .same(.column(label), value)), score: score, label: label,
        weight: weight)
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

  /// The same where it is known where the first of these rows are.
  fileprivate static func leftOut(_ found: StoredPopulation) -> Warning {
    let rest = Int(found.incomplete) > found.firstLeftOut.count ? ", …" : ""
    return Warning(
      .incompleteRows,
      "\(found.incomplete.countText) of \(counted(Int(found.rowsFound), "row")) "
        + "\(found.incomplete == 1 ? "is" : "are") left out because a value is missing: "
        + found.firstLeftOut.joined(separator: ", ") + rest)
  }

  fileprivate static func undecided(_ found: StoredPopulation) -> Warning {
    Warning(
      .undecidedRows,
      "the condition is undefined for \(counted(Int(found.undecided), "row")), which "
        + "\(found.undecided == 1 ? "is" : "are") left out")
  }
}
