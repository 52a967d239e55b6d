import NumberText
import TableIO
import ThrModel
import ThrSyntax
import ThresholdEngine

/// Scores of a table that holds, for each score, the number of rows of each class.
struct CountedScores {
  let table: Table
  let score: String
  let positives: String
  let negatives: String

  /// - Parameters:
  ///   - others: Arguments that mean nothing beside counts, by their parameter; `nil` where not
  ///     given.
  /// - Returns: `nil` where no column of counts is named.
  init?(
    _ table: Table, score: String, positives: String?, negatives: String?,
    others: KeyValuePairs<String, Bool>
  ) throws(CallError) {
    if positives == nil, negatives == nil { return nil }
    guard let positives else { throw .halfOfCounts(missing: "positives", given: "negatives") }
    guard let negatives else { throw .halfOfCounts(missing: "negatives", given: "positives") }
    for (parameter, isGiven) in others where isGiven { throw .besideCounts(parameter) }
    self.table = table
    self.score = score
    self.positives = positives
    self.negatives = negatives
  }

  /// - Complexity: O(rows of the table).
  func scores(_ context: CallContext) throws(CallError) -> ScoredRows {
    for (name, parameter) in [
      (score, "score"), (positives, "positives"), (negatives, "negatives"),
    ] {
      _ = try numbers(name, parameter, in: table)
    }
    let rows = try table.completeRows([score], context)
    let counts: ScoreCounts
    let values = try numbers(score, "score", in: rows)
    let (held, others) = try (
      numbers(positives, "positives", in: rows), numbers(negatives, "negatives", in: rows)
    )
    do throws(ScoreCountsError) {
      counts = try ScoreCounts(values: values, positives: held, negatives: others)
    } catch { throw .badCounts(error, rows) }
    return ScoredRows(Scores(counts), provenance: rows.provenance)
  }

  private func numbers(
    _ name: String, _ parameter: String, in table: Table
  ) throws(CallError) -> [Double] {
    try table.column(named: name, parameter: parameter).numbers(parameter: parameter).values
  }
}

extension CallError {
  fileprivate static func halfOfCounts(missing: String, given: String) -> CallError {
    CallError(
      .missingArgument, "`\(given)=` names counts of one class only",
      remedy: "name the column of the other: `\(missing)=`", parameter: given)
  }

  fileprivate static func besideCounts(_ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument, "`\(parameter)=` has no meaning for a table of counts",
      remedy: "remove it, or remove `positives=` and `negatives=`", parameter: parameter)
  }

  fileprivate static func badCounts(_ error: ScoreCountsError, _ table: Table) -> CallError {
    switch error {
    case .badCount(let count, let kind, let row):
      let found = count.isNaN ? "is missing" : "is \(count.shortestText)"
      return CallError(
        .badScores,
        "the number of \(kind.rawValue) in line \(table.line(ofRow: row)) \(found)",
        remedy: "counts are whole numbers of at least 0; write 0 where a class has no rows",
        parameter: kind.rawValue)
    case .allZero:
      return CallError(
        .badScores, "all counts are 0, so there are no rows",
        remedy: "name the columns that hold the numbers of rows", parameter: "positives")
    case .tooManyRows:
      return CallError(
        .badScores, "the counts stand for more than 2^53 rows, which cannot be added exactly",
        remedy: "divide all counts by the same number and round them", parameter: "positives")
    case .empty, .unequalLengths, .undefinedScore:
      return CallError(.badScores, error.description, parameter: "score")
    }
  }

  /// A question about single rows, put to counts of rows.
  static func needsRows(_ what: String, parameter: String) -> CallError {
    CallError(
      .unsuitableArgument, "\(what), but these scores are counts of rows",
      remedy: "use scores with one entry for each row", parameter: parameter)
  }
}
