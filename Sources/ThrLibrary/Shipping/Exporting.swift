import TableIO
import ThrModel
import ThresholdEngine

extension Builtin {
  static let export = Builtin(
    "export", .contracts, "Writes a decision as code of another language, as a text.",
    documentation: """
      The languages are Python, SQL (SQLite, PostgreSQL and DuckDB), JavaScript and JSON. The code
      gives 1 for a score that is flagged, 0 for one that is not, and none (None, NULL, null) for one
      that is missing or not a number. For every other score, including infinite ones and those in
      single precision, it makes the same decision as `classify`.

      Of a tuning by group the code takes the columns of the groups too: `flag(score, site)` in Python
      and JavaScript, the columns themselves in SQL, where texts compare as the database does. Where a
      model is known, Python and JavaScript also have `score(row)`, which computes the very
      probabilities of `predict`.

      `write(decision, path)` writes the same to a file that ends in `.py`, `.sql` or `.js`.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      print(export(tune(s, f1), "sql"))
      """, foreignNames: ["to_sql", "to_python", "to_onnx", "sklearn2pmml"],
    Form(
      Parameter<SavedDecision>(
        "decision",
        "A tuning, also by group, a cv, an evaluation, a contract, a model, a threshold, or none to "
          + "flag nothing."),
      Parameter<String>(
        "language", words: ExportLanguage.allCases.map(\.rawValue), "The language of the code.")
    ) { _, decision, language in
      let language = ExportLanguage(rawValue: language) ?? .json
      return try ExportedRule(decision.contract).text(in: language)
    })
}

/// A language in which decisions are written for other programs.
enum ExportLanguage: String, CaseIterable {
  case python, sql, javascript, json

  /// The language that a path's ending names; `nil` where it names none, or that of tables.
  init?(path: String) {
    let name = path.lowercased()
    switch true {
    case name.hasSuffix(".py"): self = .python
    case name.hasSuffix(".sql"): self = .sql
    case name.hasSuffix(".js"), name.hasSuffix(".mjs"), name.hasSuffix(".cjs"): self = .javascript
    default: return nil
    }
  }
}

extension DecisionValue {
  /// Writes the decision as code where the path ends so; false where it does not.
  func isExported(to path: String, _ context: CallContext) throws(CallError) -> Bool {
    guard let language = ExportLanguage(path: path) else { return false }
    let text = try ExportedRule(contract).text(in: language)
    do throws(FileError) {
      try context.files.writeFileAtomically(path, Array(text.utf8))
    } catch {
      throw CallError(error, parameter: "path")
    }
    return true
  }
}
