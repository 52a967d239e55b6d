import TableIO
import ThrModel

extension Builtin {
  static let write = Builtin(
    "write", .files,
    "Writes a table, rows, scores, tunings, a curve or a figure to a file.",
    documentation: """
      A CSV file ends in `.csv` or `.txt`, a JSON array of records in `.json`, and a file with one
      JSON record per line in `.jsonl` or `.ndjson`, a Parquet file in `.parquet`. Reading it gives
      exactly the same numbers, and it is written completely or not at all. A dataset is written with its target as
      the last column, 1 for positive and 0 for negative. Each tuning, evaluation or record is one
      row.

      A figure is written as `.svg`, `.png` or `.pdf`; so is every value that `plot` takes if the
      path ends in one of these. A decision is written for other programs to a file that ends in
      `.py`, `.sql`, `.js`, `.onnx` or `.pmml`, as `export` says.

      A relative path is relative to the working folder.
      """,
    effect: .writesFiles,
    example: "write(classify([0.1, 0.4, 0.6], at=0.5), \"decisions.csv\")",
    foreignNames: ["to_csv", "write_csv", "savefig", "ggsave"],
    forms: ObjectType.all.compactMap { .writing($0.base) } + [
      .writing(.row), .drawing, .writingTunings,
      Builtin.Form(
        Parameter<List>("list", "Records with the same fields, or tunings, or evaluations."),
        .path, result: ValueType.none
      ) { try write(Table(rows: $1), to: $2, $0) },
      Builtin.Form(
        Parameter<Record>("record", "A record, as one row."), .path, result: ValueType.none
      ) { try write(Table(rows: List([$1.value])), to: $2, $0) },
      .exporting, .reporting, .writingCertificate,
    ])

  static func write(
    _ table: Table, to path: String, _ context: CallContext, orPicture: Bool = false
  ) throws -> Value {
    guard TableFormat.named(by: path)?.isWritten == true else {
      throw CallError.unknownEnding(path, orPicture: orPicture)
    }
    do throws(TableError) {
      try table.write(path, to: context.files, isCancelled: context.isCancelled)
    } catch {
      throw error.asFault(of: "path")
    }
    return .none
  }
}

extension Parameter<String> {
  fileprivate static var path: Self { Parameter("path", kind: .path, "The file to write.") }
}

extension Builtin.Form {
  /// The form for values of a type; `nil` where they have none of their own.
  fileprivate static func writing(_ type: any LanguageObject.Type) -> Self? {
    (type as? any Tabular.Type).flatMap { Parameter.table($0) }.map { writing($0) }
  }

  /// Writes the numbers, or draws the picture where the path ends so.
  fileprivate static func writing(_ parameter: Parameter<any Tabular>) -> Self {
    Self(parameter, .path, result: ValueType.none) { context, value, path in
      if let decision = value as? any DecisionValue, try decision.isExported(to: path, context) {
        return Value.none
      }
      guard let drawable = value as? any Drawable else {
        return try Builtin.write(value.table, to: path, context)
      }
      if try drawable.isDrawn(to: path, context) { return .none }
      return try Builtin.write(value.table, to: path, context, orPicture: true)
    }
  }
}

extension Builtin.Form {
  fileprivate static var reporting: Self {
    Self(
      Parameter<ReportResult>("report", "The report, as `.html`, `.md` or `.pdf`."), .path,
      result: ValueType.none
    ) { context, report, path in
      try report.write(to: path, context)
      return Value.none
    }
  }

  /// Tunings by group are a list, and a decision that is written as code.
  fileprivate static var writingTunings: Self {
    Self(
      Parameter<TuningsByGroup>("tunings", "Tunings by group, a row for each group, or as code."),
      .path, result: ValueType.none
    ) { context, tunings, path in
      if try tunings.isExported(to: path, context) { return Value.none }
      if try tunings.isDrawn(to: path, context) { return Value.none }
      return try Builtin.write(
        Table(rows: tunings.elements), to: path, context, orPicture: true)
    }
  }

  /// A contract is no row of a table: it is written as code.
  fileprivate static var exporting: Self {
    Self(
      Parameter<ContractResult>("contract", "The contract, as code."), .path, result: ValueType.none
    ) { context, contract, path in
      guard try contract.isExported(to: path, context) else { throw CallError.noCode(path) }
      return Value.none
    }
  }
}

extension Parameter<any Tabular> {
  /// `nil` where the type's values are written by the form for rows.
  fileprivate static func table<Base: Tabular>(_ type: Base.Type) -> Self? {
    type.tableSummary.map { summary in
      Parameter(Parameter<Base>(type.typeName.rawValue, summary)) { $0 }
    }
  }

  fileprivate static var row: Self {
    Parameter(
      Parameter<RowArgument>("row", "The value, as one row: each of its members is a column.")
    ) { $0.content }
  }
}

/// A value of any type that fills one row.
private struct RowArgument: ValueConvertible {
  let content: any RowShaped

  static var valueType: ValueType {
    .either(
      of: ObjectType.all.filter { $0.base is any RowShaped.Type }.map { .object($0.name) })
  }

  init?(_ value: Value) {
    guard case .object(let object) = value, let content = object.base as? any RowShaped else {
      return nil
    }
    self.content = content
  }

  var value: Value { content.value }
}

extension CallError {
  static func noPage(_ path: String) -> CallError {
    CallError(
      .unsuitableArgument, "a report can be written only to a file that ends in .html, .md or .pdf",
      remedy: "use the name \((stem(of: path) + ".html").quoted)", parameter: "path")
  }

  fileprivate static func noCode(_ path: String) -> CallError {
    CallError(
      .unsuitableArgument,
      "a contract is written for other programs to a file that ends in "
        + ExportFormat.endings.joined(separator: ", "),
      remedy: "the contract itself is copied as a file, or written by `save`", parameter: "path")
  }

  fileprivate static func unknownEnding(_ path: String, orPicture: Bool) -> CallError {
    let formats = TableFormat.all.filter(\.isWritten)
    let endings = formats.flatMap(\.endings).map { ".\($0)" }
    let pictures = orPicture ? ", and a plot to .svg, .png or .pdf" : ""
    return CallError(
      .unsuitableArgument,
      "a table can be written only to a file that ends in "
        + "\(endings.dropLast().joined(separator: ", ")) or \(endings.last ?? "")\(pictures)",
      remedy: "use the name \((stem(of: path) + ".csv").quoted)", parameter: "path")
  }

  private static func stem(of path: String) -> Substring {
    path.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
  }
}
