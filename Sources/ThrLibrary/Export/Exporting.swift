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
      and JavaScript. In SQL the code reads the columns by name; the database's collation decides
      whether texts are equal. Where a model is known, Python and JavaScript also have `score(row)`,
      which computes the same probabilities as `predict`.

      `write(decision, path)` writes the same to a file that ends in `.py`, `.sql` or `.js`. To one
      that ends in `.onnx` it writes an ONNX model (operator set 13): its input `score` takes numbers of
      64 bits, its output `decision` is 1, 0, or -1 where the score is not a number; to `.pmml` a tree
      of PMML 4.4.
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
}

/// A kind of file that a decision is written to for other programs.
enum ExportFormat {
  case code(ExportLanguage)
  case onnx, pmml

  static let endings = [".py", ".sql", ".js", ".onnx", ".pmml"]

  /// What a path's ending names; `nil` where it names none, or a format of tables.
  init?(path: String) {
    let name = path.lowercased()
    switch true {
    case name.hasSuffix(".py"): self = .code(.python)
    case name.hasSuffix(".sql"): self = .code(.sql)
    case name.hasSuffix(".js"), name.hasSuffix(".mjs"), name.hasSuffix(".cjs"):
      self = .code(.javascript)
    case name.hasSuffix(".onnx"): self = .onnx
    case name.hasSuffix(".pmml"): self = .pmml
    default: return nil
    }
  }
}

extension ExportedRule {
  func bytes(in format: ExportFormat) throws(CallError) -> [UInt8] {
    switch format {
    case .code(let language): return Array(try text(in: language).utf8)
    case .onnx:
      try requireOneThreshold("ONNX")
      return onnx
    case .pmml:
      try requireOneThreshold("PMML")
      return Array(pmml.utf8)
    }
  }

  private func requireOneThreshold(_ format: String) throws(CallError) {
    if isModelAlone { throw .noDecision(parameter: "path") }
    guard groups != nil else { return }
    throw CallError(
      .unsuitableArgument, "thresholds by group are not written as \(format)",
      remedy: "write them to a file that ends in .py, .sql or .js", parameter: "path")
  }
}

extension DecisionValue {
  /// Writes the decision for other programs where the path ends so; false where it does not.
  func isExported(to path: String, _ context: CallContext) throws(CallError) -> Bool {
    guard let format = ExportFormat(path: path) else { return false }
    let bytes = try ExportedRule(contract).bytes(in: format)
    do throws(FileError) {
      try context.files.writeFileAtomically(path, bytes)
    } catch {
      throw CallError(error, parameter: "path")
    }
    return true
  }
}
