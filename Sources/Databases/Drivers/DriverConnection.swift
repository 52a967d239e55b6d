import CADBC
import Glibc

/// A connection through a driver; used by one thread at a time.
final class DriverConnection: @unchecked Sendable {
  private let driver: Driver
  private let engine: String
  private let database: UnsafeMutablePointer<AdbcDatabase>
  private let connection: UnsafeMutablePointer<AdbcConnection>

  /// - Parameter options: Of the database, such as `uri`.
  init(
    _ driver: Driver, engine: String, options: KeyValuePairs<String, String>
  ) throws(DatabaseError) {
    self.driver = driver
    self.engine = engine
    database = .allocate(capacity: 1)
    connection = .allocate(capacity: 1)
    database.initialize(to: AdbcDatabase())
    connection.initialize(to: AdbcConnection())
    let calls = driver.calls
    try check { calls.DatabaseNew($0, $1) }
    for (name, value) in options {
      try check { calls.DatabaseSetOption($0, name, value, $1) }
    }
    try check { calls.DatabaseInit($0, $1) }
    try check { [connection] in calls.ConnectionNew(connection, $1) }
    try check { [connection] in calls.ConnectionInit(connection, $0, $1) }
  }

  deinit {
    var error = AdbcError()
    if connection.pointee.private_data != nil {
      _ = driver.calls.ConnectionRelease(connection, &error)
      _ = error.takeMessage(0)
    }
    if database.pointee.private_data != nil {
      _ = driver.calls.DatabaseRelease(database, &error)
      _ = error.takeMessage(0)
    }
    connection.deallocate()
    database.deallocate()
  }

  /// - Complexity: O(cells of the answer).
  func query(_ sql: String) throws(DatabaseError) -> ResultTable {
    let calls = driver.calls
    var statement = AdbcStatement()
    try ask { calls.StatementNew(connection, &statement, $0) }
    defer {
      var error = AdbcError()
      _ = calls.StatementRelease(&statement, &error)
      _ = error.takeMessage(0)
    }
    try ask { calls.StatementSetSqlQuery(&statement, sql, $0) }
    var stream = ArrowArrayStream()
    var rows: Int64 = -1
    try ask { calls.StatementExecuteQuery(&statement, &stream, &rows, $0) }
    defer { stream.release?(&stream) }
    return try ArrowStreamReader.read(&stream, engine: engine)
  }

  private func check(
    _ call: (UnsafeMutablePointer<AdbcDatabase>, UnsafeMutablePointer<AdbcError>) -> AdbcStatusCode
  ) throws(DatabaseError) {
    var error = AdbcError()
    let status = call(database, &error)
    let reason = error.takeMessage(status)
    if status != 0 { throw .noConnection(engine: engine, reason: reason) }
  }

  private func ask(
    _ call: (UnsafeMutablePointer<AdbcError>) -> AdbcStatusCode
  ) throws(DatabaseError) {
    var error = AdbcError()
    let status = call(&error)
    let reason = error.takeMessage(status)
    if status != 0 { throw .query(engine: engine, reason: reason) }
  }
}
