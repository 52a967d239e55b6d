import Databases
import ParallelWork
import TableIO
public import ThrModel
import ThrSyntax

/// A table of the language whose rows stay in a database.
public struct StoredRows: LanguageObject {
  public static let typeName: ObjectType.Name = "stored_table"

  let content: StoredTable
  let database: Database

  func holding(_ content: StoredTable) -> StoredRows {
    StoredRows(content: content, database: database)
  }

  public static func == (one: StoredRows, other: StoredRows) -> Bool {
    one.database == other.database && one.content.relation == other.content.relation
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(database)
    hasher.combine(content.relation)
  }

  /// A column that it has, or an error that suggests one.
  func check(_ name: String, _ parameter: String) throws(CallError) {
    if content[name] == nil {
      throw .unknownColumn(name, among: content.columnNames, parameter: parameter)
    }
  }

  /// The rows themselves.
  ///
  /// - Complexity: O(cells).
  func fetched(_ context: CallContext) throws -> DataTable {
    if context.isDryRun {
      context.print(content.sql)
      throw Exit(status: 0)
    }
    let rows = try DatabaseError.explained { () throws(DatabaseError) in
      try content.rows(isCancelled: context.isCancelled)
    }
    do throws(TableError) {
      return DataTable(try Table(columns: rows.columns))
    } catch {
      throw CallError(.unreadableTable, error.message, remedy: error.remedy)
    }
  }
}

extension ObjectType {
  static let storedRows = ObjectType(
    StoredRows.self, "A table whose rows stay in a database; what is done to it becomes SQL.",
    members: [
      MemberOf("columns", "The names of the columns, in order.") { $0.content.columnNames },
      MemberOf("database", hiddenInJSON: true, "The database.") { $0.database },
      MemberOf("query", "The SQL that gives its rows.") { $0.content.sql },
    ],
    line: { "table of \(counted($0.content.columns.count, "column")) in \($0.database.address)" },
    text: { rows in
      AlignedLines([
        ("table", "lives in \(rows.database.address)"),
        ("columns", rows.content.columnNames.joined(separator: ", ")),
        ("query", rows.content.sql),
        ("rows", "`head(…, 10)` fetches the first ten"),
      ]).text
    })
}

extension Builtin.Form {
  /// The form of `read` for a table that lives elsewhere.
  static var readStored: Builtin.Form {
    Builtin.Form(
      Parameter<Database>("database", "The database."),
      Parameter<String?>("name", "The table, with its schema before a dot where that is needed."),
      Parameter<String?>("query", "A query, in the place of a table.")
    ) { context, database, name, query in
      let source: Relation
      switch (name, query) {
      case (let name?, nil):
        source = .table(name.split(separator: ".").map(String.init))
      case (nil, let query?): source = .query(query)
      default:
        throw CallError(
          .unsuitableArgument, "`read` of a database takes a table or a query, one of them",
          remedy: "write `read(db, \"preds\")` or `read(db, query=\"select …\")`")
      }
      let content = try DatabaseError.explained(parameter: name == nil ? "query" : "name") {
        () throws(DatabaseError) in
        try StoredTable(source, of: database.client, isCancelled: context.isCancelled)
      }
      return StoredRows(content: content, database: database)
    }
  }
}
