import Databases
import ParallelWork
import NumberText
import TableIO
public import ThrModel
import ThrSyntax

/// A table of the language that stays in its file, which is read once for each question.
public struct StreamedRows: LanguageObject {
  public static let typeName: ObjectType.Name = "streamed_table"

  let content: FileTable

  public static func == (one: StreamedRows, other: StreamedRows) -> Bool {
    one.content == other.content
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(content) }

  /// A column that it has, or an error that suggests one.
  func check(_ name: String, _ parameter: String) throws(CallError) {
    if !content.columnNames.contains(name) {
      throw .unknownColumn(name, among: content.columnNames, parameter: parameter)
    }
  }

  /// The rows of each value of some columns, in their order; one pass finds the values.
  func parts(by columns: [String]) throws(DatabaseError) -> [(cells: [Cell], rows: StreamedRows)] {
    try content.values(of: columns, isCancelled: { false }).map { cells in
      let text = zip(columns, cells).map { "\($0) == \($1)" }.joined(separator: " and ")
      let filter = FileFilter(text, columns: Set(columns)) { batch in
        let named = try columns.map { try batch.column($0) }
        let rows = (0..<batch.rows).filter { row in
          zip(named, cells).allSatisfy { $0[row] == $1 }
        }
        return (rows, 0)
      }
      return (cells, StreamedRows(content: content.filtered(by: filter)))
    }
  }
}

extension ObjectType {
  static let streamedRows = ObjectType(
    StreamedRows.self,
    "A table that stays in its file; each question to its scores reads the file once.",
    members: [
      MemberOf("columns", "The names of the columns, in order.") { $0.content.columnNames },
      MemberOf("path", "The file.") { $0.content.path },
    ],
    line: { "table of \(counted($0.content.columnNames.count, "column")), stays in its file" },
    text: { rows in
      AlignedLines([
        ("table", "stays in `\(PathText.shown(rows.content.path))`"),
        ("columns", rows.content.columnNames.joined(separator: ", ")),
        ("filters", rows.content.filters.isEmpty ? "none" : "\(rows.content.filters.count)"),
        ("rows", "`head(…, 10)` reads the first ten"),
      ]).text
    })
}

extension Builtin.Form {
  static var headStreamed: Builtin.Form {
    Builtin.Form(
      Parameter<StreamedRows>(
        "table", "A table that stays in its file, whose first rows are read."),
      Parameter("n", in: 0...1e9, default: 10, unit: "rows", "How many rows."),
      result: DataTable.valueType
    ) { context, table, count in
      DataTable(
        try DatabaseError.explained(parameter: "table") { () throws(DatabaseError) in
          try table.content.head(count, isCancelled: context.isCancelled)
        })
    }
  }

  static var filterStreamed: Builtin.Form {
    Builtin.Form(
      Parameter<StreamedRows>("table", "A table that stays in its file; so does the result."),
      Parameter<RowExpression>(
        "condition", kind: .rowExpression, "The condition, such as `age > 30`.")
    ) { context, table, condition in
      condition.announce(table.content.columnNames)
      let filter = FileFilter(condition, among: table.content.columnNames)
      // What cannot be evaluated at all shows in the first rows.
      try DatabaseError.explained(parameter: "condition") { () throws(DatabaseError) in
        _ = try table.content.filtered(by: filter).head(1, isCancelled: context.isCancelled)
      }
      return StreamedRows(content: table.content.filtered(by: filter))
    }
  }

  static var scoresStreamed: Builtin.Form {
    Builtin.Form(
      Parameter<StreamedRows>("table", "A table that stays in its file, with one row per score."),
      Parameter("score", default: "score", kind: .column, "The column of scores."),
      Parameter("label", default: "label", kind: .column, "The column of labels."),
      Parameter<String?>("weight", kind: .column, "The column of weights."),
      Parameter<LabelValue?>(
        "positive", "The label of the positive class; not needed for labels such as 0 and 1.")
    ) { _, table, score, label, weight, positive in
      for (name, parameter) in [(score, "score"), (label, "label"), (weight, "weight")] {
        if let name { try table.check(name, parameter) }
      }
      return StoredScoredRows(
        .file(table, positive: positive), score: score, label: label, weight: weight)
    }
  }
}

extension FileScores {
  /// The scores of a table of the language.
  convenience init(
    _ table: StreamedRows, score: String, label: String, weight: String?, positive: LabelValue?
  ) {
    self.init(table.content, score: score, label: label, weight: weight) { labels in
      // A part of the rows may lack the class that others have.
      let mayBeAbsent = !table.content.filters.isEmpty
      return try PositiveClass(of: labels, in: label, given: positive, mayBeAbsent: mayBeAbsent)
        .chosen
    }
  }
}
