import NumberText
import ThrModel
public import ThrSyntax
import ThresholdEngine

/// Checks that entries of a comparison are judged on the same rows, and on rows that are new to
/// their models.
struct SameRows {
  private let names: [String]
  private let rows: [ScoredRows]

  init(_ names: [String], _ rows: [ScoredRows]) {
    self.names = names
    self.rows = rows
  }

  func check() throws(CallError) {
    for (name, other) in zip(names, rows).dropFirst() {
      if let difference = rows[0].difference(from: other) {
        throw .differentRows(names[0], name, difference)
      }
    }
    for (name, rows) in zip(names, rows) where rows.fitsItself { throw .fittedOn(name) }
  }
}

extension ScoredRows {
  /// In what the rows of others differ; `nil` where they are the same.
  ///
  /// - Complexity: O(rows).
  fileprivate func difference(from other: ScoredRows) -> String? {
    if content.rows != other.content.rows {
      return "\(Double(content.rows).countText) and \(counted(other.content.rows, "row"))"
    }
    if let mine = provenance, let others = other.provenance, !isFromLists, !other.isFromLists,
      mine.source != others.source || mine.rows != others.rows
    {
      return "they are from different data, or different parts of the same data"
    }
    if content.labels != other.content.labels { return "the labels differ" }
    if content.isCounted || other.content.isCounted, content.values != other.content.values {
      return "counts by score do not identify the rows"
    }
    return content.weights == other.content.weights ? nil : "the weights differ"
  }

  /// Whether a model was fitted on these very rows.
  fileprivate var fitsItself: Bool {
    guard let provenance else { return false }
    return history.contains { $0.use == .fits && $0.rows.overlaps(provenance) }
  }
}

extension CallError {
  fileprivate static func differentRows(
    _ first: String, _ other: String, _ difference: String
  ) -> CallError {
    CallError(
      .differentRows, "`\(first)` and `\(other)` are evaluated on different rows: \(difference)",
      remedy: "evaluate all entries on the same rows, in the same order")
  }

  fileprivate static func fittedOn(_ name: String) -> CallError {
    CallError(
      .comparedOnFittedRows,
      "`\(name)` is evaluated on rows that its model was fitted on, where it looks better than "
        + "on new rows",
      remedy: "compare on other rows, such as `data.val`")
  }
}

extension Diagnostic.Kind {
  /// Entries of a comparison that are not judged on the same rows.
  public static let differentRows = Diagnostic.Kind(
    "E0455", "different-rows",
    explanation: .init(
      """
      A comparison is paired: every entry is evaluated on the same rows. Between values on different \
      rows, a difference may come from the rows instead of the entries.
      """,
      wrong: """
        a = scores([0.9, 0.2, 0.6, 0.1], [1, 0, 1, 0])
        b = scores([0.9, 0.2, 0.4], [1, 0, 0])
        compare(a, b, auc)
        """,
      right: """
        a = scores([0.9, 0.2, 0.6, 0.1], [1, 0, 1, 0])
        b = scores([0.9, 0.7, 0.4, 0.5], [1, 0, 1, 0])
        compare(a, b, auc)
        """))

  /// An entry of a comparison is judged on the rows that fitted its model.
  public static let comparedOnFittedRows = Diagnostic.Kind(
    "E0456", "compared-on-fitted-rows",
    explanation: .init(
      """
      A model's scores are better on the rows that fitted it than on new rows, and more so for some \
      models than for others: a comparison there favours the model that overfits the most.
      """,
      wrong: """
        data = synth(1000, 0.9)
        a = predict(logreg(data.train), data.train)
        b = predict(logreg(data.train, c=0.01), data.train)
        compare(a, b, auc)
        """,
      right: """
        data = synth(1000, 0.9)
        a = predict(logreg(data.train), data.val)
        b = predict(logreg(data.train, c=0.01), data.val)
        compare(a, b, auc)
        """))
}
