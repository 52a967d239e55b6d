/// Something that answers SQL: a driver's connection, or a user's own client.
public protocol DatabaseClient: Sendable {
  /// As messages name it: “PostgreSQL”.
  var engine: String { get }
  /// How names are quoted; where that is not known, what to try, in order.
  var quotes: [IdentifierQuote] { get }

  /// Asks one query and waits for all of its answer.
  ///
  /// - Parameter columns: The names of the answer's columns where they are known: what an answer
  ///   without rows and names has.
  /// - Throws: `cancelled` soon after `isCancelled` says so; what the engine does then is its own.
  func query(
    _ sql: String, columns: [String], isCancelled: () -> Bool
  ) throws(DatabaseError) -> ResultTable
}

/// The character around names in SQL.
public enum IdentifierQuote: Character, Hashable, Sendable {
  case double = "\""
  case backtick = "`"
}
