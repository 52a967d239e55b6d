import TableIO

/// A table that lives in a database: which rows, and the names and kinds of its columns.
public struct StoredTable: Sendable {
  public let client: any DatabaseClient
  public let dialect: SQLDialect
  public let relation: Relation
  public let columns: [StoredColumn]
  /// What must hold of the rows, asked before the first query of them.
  public let demands: [Demand]

  public struct StoredColumn: Hashable, Sendable {
    public let name: String
    public let isText: Bool

    public init(_ name: String, isText: Bool) {
      self.name = name
      self.isText = isText
    }
  }

  /// A number that a query must give 0 for.
  public struct Demand: Hashable, Sendable {
    public let sql: String
    /// What is wrong otherwise.
    public let fault: String
  }

  public init(
    client: any DatabaseClient, dialect: SQLDialect, relation: Relation, columns: [StoredColumn],
    demands: [Demand] = []
  ) {
    self.client = client
    self.dialect = dialect
    self.relation = relation
    self.columns = columns
    self.demands = demands
  }

  public var columnNames: [String] { columns.map(\.name) }

  public subscript(name: String) -> StoredColumn? { columns.first { $0.name == name } }

  /// The query that gives its rows.
  public var sql: String { dialect.rows(relation) }

  // MARK: - What SQL makes of it

  private func holding(
    _ relation: Relation, _ columns: [StoredColumn]? = nil, _ further: [Demand] = []
  ) -> StoredTable {
    StoredTable(
      client: client, dialect: dialect, relation: relation, columns: columns ?? self.columns,
      demands: demands + further)
  }

  public func filtered(_ condition: SQLExpression) -> StoredTable {
    holding(.filtered(relation, condition))
  }

  /// With further columns; each name is new.
  public func derived(_ added: [(name: String, value: SQLExpression, isText: Bool)]) -> StoredTable
  {
    holding(
      .derived(relation, added.map { .init($0.name, $0.value) }),
      columns + added.map { StoredColumn($0.name, isText: $0.isText) })
  }

  /// Some columns of the table, in the order given.
  public func selected(_ names: [String]) -> StoredTable {
    holding(.selected(relation, names), names.compactMap { self[$0] })
  }

  /// Each row with the columns of another table of the same database, by a key that is there once.
  public func joined(_ other: StoredTable, on key: String) -> StoredTable {
    let added = other.columns.filter { self[$0.name] == nil }
    let quoted = dialect.name(key)
    let repeated =
      "SELECT COUNT(*) AS n FROM (SELECT \(quoted) FROM (\(other.sql)) q WHERE \(quoted) IS NOT NULL "
      + "GROUP BY \(quoted) HAVING COUNT(*) > 1) r"
    let demand = Demand(
      sql: repeated, fault: "values of `\(key)` are there more than once in the second table")
    return holding(
      .joined(
        relation, other.relation, on: key, columns: columnNames, added: added.map(\.name)),
      columns + added, other.demands + [demand])
  }

  public func sorted(by name: String, descending: Bool) -> StoredTable {
    holding(.sorted(relation, by: name, descending: descending))
  }

  public func limited(to count: Int) -> StoredTable { holding(.limited(relation, count)) }

  // MARK: - Asking

  /// Its rows.
  ///
  /// - Complexity: O(cells), which all come here.
  public func rows(isCancelled: () -> Bool) throws(DatabaseError) -> ResultTable {
    try checkDemands(isCancelled)
    return try client.query(sql, columns: columnNames, isCancelled: isCancelled)
  }

  func checkDemands(_ isCancelled: () -> Bool) throws(DatabaseError) {
    for demand in demands {
      let answer = try client.query(demand.sql, columns: ["n"], isCancelled: isCancelled)
      guard let count = answer.numbers(0)?.first, count == 0 else {
        throw .unmet(demand.fault)
      }
    }
  }

  /// A table or a query of a database, with its columns.
  ///
  /// Asks for the columns alone. Where it is not known how the engine quotes names, the first way
  /// that it understands is taken.
  public init(
    _ source: Relation, of client: any DatabaseClient, isCancelled: () -> Bool
  ) throws(DatabaseError) {
    var refusal: DatabaseError?
    for quote in client.quotes {
      let dialect = SQLDialect(quote)
      do throws(DatabaseError) {
        try source.checkNames(in: dialect, of: client, isCancelled)
        var answer = try client.query(
          dialect.select("*", source, where: ["1 = 0"]), columns: [], isCancelled: isCancelled)
        if answer.columns.isEmpty {
          // Some clients write no names where there are no rows.
          answer = try client.query(
            dialect.select("*", source) + " LIMIT 1", columns: [], isCancelled: isCancelled)
        }
        guard !answer.columns.isEmpty else {
          throw .unexpectedAnswer(engine: client.engine, reason: "the table has no rows")
        }
        self.init(
          client: client, dialect: dialect, relation: source,
          columns: answer.columns.map { StoredColumn($0.name, isText: $0.isText) })
        return
      } catch .query(let engine, let reason) {
        refusal = refusal ?? .query(engine: engine, reason: reason)
      } catch .command(let program, let reason) {
        refusal = refusal ?? .command(program: program, reason: reason)
      }
    }
    throw refusal ?? .query(engine: client.engine, reason: "it names no columns")
  }
}

extension Relation {
  /// Refuses a quote that an engine takes for that of texts, where the query itself does not show it:
  /// a column would then be its own name.
  fileprivate func checkNames(
    in dialect: SQLDialect, of client: any DatabaseClient, _ isCancelled: () -> Bool
  ) throws(DatabaseError) {
    guard case .query = self, client.quotes.count > 1 else { return }
    let name = dialect.name("thr_x")
    let sql =
      "SELECT CASE WHEN \(name) = 'thr_x' THEN 1 ELSE 0 END AS n FROM (SELECT 'a' AS \(name)) q"
    guard try client.query(sql, columns: ["n"], isCancelled: isCancelled).numbers(0)?.first == 0
    else {
      throw .query(engine: client.engine, reason: "\(name) is a text there, and no name")
    }
  }
}

extension StoredTable {
  /// One query for all columns: what is missing, how many values there are, the least and the
  /// greatest.
  public var summary: String {
    let parts = columns.enumerated().flatMap { place, column in
      let name = dialect.name(column.name)
      return [
        "SUM(CASE WHEN \(name) IS NULL THEN 1 ELSE 0 END) AS m\(place)",
        "COUNT(DISTINCT \(name)) AS v\(place)", "MIN(\(name)) AS l\(place)",
        "MAX(\(name)) AS g\(place)",
      ]
    }
    return dialect.select(parts.joined(separator: ", "), relation)
  }
}
