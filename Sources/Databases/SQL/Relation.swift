/// Rows that live in a database: a table, and what is done to it.
public indirect enum Relation: Hashable, Sendable {
  /// A table by its name, with its schema before it where that is given.
  case table([String])
  /// A user's own query.
  case query(String)
  case filtered(Relation, SQLExpression)
  /// With further columns; one of an existing name replaces it.
  case derived(Relation, [DerivedColumn])
  case selected(Relation, [String])
  /// Every row of the first, with the columns of the second that it has not, from the row of equal
  /// key.
  case joined(Relation, Relation, on: String, columns: [String], added: [String])
  case sorted(Relation, by: String, descending: Bool)
  case limited(Relation, Int)

  public struct DerivedColumn: Hashable, Sendable {
    public let name: String
    public let value: SQLExpression

    public init(_ name: String, _ value: SQLExpression) {
      self.name = name
      self.value = value
    }
  }
}

extension SQLDialect {
  /// What stands after `FROM`, and the conditions after `WHERE`.
  func source(_ relation: Relation) -> (from: String, conditions: [String]) {
    switch relation {
    case .table(let names): return (path(names), [])
    case .query(let sql): return ("(\(Self.inner(sql))\n) q", [])
    case .filtered(let inner, let condition):
      let (from, conditions) = source(inner)
      return (from, conditions + [text(condition)])
    case .derived, .selected, .joined, .sorted, .limited: return ("(\(rows(relation))) q", [])
    }
  }

  /// The query that gives all rows.
  func rows(_ relation: Relation) -> String {
    switch relation {
    case .table, .query, .filtered: return select("*", relation)
    case .derived(let inner, let columns):
      let added = columns.map { "\(text($0.value)) AS \(name($0.name))" }
      return select("q.*, " + added.joined(separator: ", "), nested: inner)
    case .selected(let inner, let names):
      return select(names.map(name).joined(separator: ", "), inner)
    case .joined(let one, let other, let key, let columns, let added):
      let list = columns.map { "a.\(name($0))" } + added.map { "b.\(name($0))" }
      return "SELECT \(list.joined(separator: ", ")) FROM (\(rows(one))) a "
        + "LEFT JOIN (\(rows(other))) b ON a.\(name(key)) = b.\(name(key))"
    case .sorted(let inner, let key, let descending):
      return select("*", inner)
        + " ORDER BY CASE WHEN \(name(key)) IS NULL THEN 1 ELSE 0 END, \(name(key))"
        + (descending ? " DESC" : "")
    case .limited(let inner, let count): return limited(inner) + " LIMIT \(count)"
    }
  }

  /// A query that `LIMIT` can be written after.
  private func limited(_ relation: Relation) -> String {
    if case .limited = relation { return "SELECT * FROM (\(rows(relation))) q" }
    return rows(relation)
  }

  func select(_ list: String, _ relation: Relation, where further: [String] = []) -> String {
    let (from, conditions) = source(relation)
    let all = conditions + further
    return "SELECT \(list) FROM \(from)"
      + (all.isEmpty ? "" : " WHERE " + all.joined(separator: " AND "))
  }

  private func select(_ list: String, nested relation: Relation) -> String {
    "SELECT \(list) FROM (\(rows(relation))) q"
  }

  /// A query that can stand in parentheses.
  private static func inner(_ sql: String) -> String {
    var sql = sql.trimmed[...]
    while sql.last == ";" || sql.last?.isWhitespace == true { sql.removeLast() }
    return String(sql)
  }
}
