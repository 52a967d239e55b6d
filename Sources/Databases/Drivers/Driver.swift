import CADBC
import Glibc
import Synchronization

/// The library of a driver, loaded.
///
/// It stays loaded as long as the process runs: drivers written in Go have threads that never end.
final class Driver: @unchecked Sendable {
  // Filled once by `init`, and only read after it.
  private let functions: UnsafeMutablePointer<AdbcDriver>
  let path: String

  private static let loaded = Mutex<[DriverLocation: Driver]>([:])

  /// The driver, loaded at the first call for its location.
  static func load(_ location: DriverLocation) throws(DatabaseError) -> Driver {
    let result = loaded.withLock { loaded -> Result<Driver, DatabaseError> in
      if let driver = loaded[location] { return .success(driver) }
      do throws(DatabaseError) {
        let driver = try Driver(location)
        loaded[location] = driver
        return .success(driver)
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  private init(_ location: DriverLocation) throws(DatabaseError) {
    path = location.library
    let handle = try Self.open(location.library)
    let names = location.entrypoint.map { [$0] } ?? ["AdbcDriverInit", "duckdb_adbc_init"]
    guard let entry = names.lazy.compactMap({ dlsym(handle, $0) }).first else {
      throw .badDriver(path: path, reason: "it has no function `\(names[0])`")
    }
    let start = unsafeBitCast(entry, to: AdbcDriverInitFunc.self)
    functions = .allocate(capacity: 1)
    functions.initialize(to: AdbcDriver())
    var error = AdbcError()
    let status = start(1_000_000, functions, &error)
    let reason = error.takeMessage(status)
    guard status == 0 else { throw .badDriver(path: path, reason: reason) }
    guard functions.pointee.isComplete else {
      throw .badDriver(path: path, reason: "it lacks functions of ADBC 1.0")
    }
  }

  var calls: AdbcDriver { functions.pointee }

  private static func open(_ path: String) throws(DatabaseError) -> UnsafeMutableRawPointer {
    guard access(path, F_OK) == 0 else {
      throw .badDriver(path: path, reason: "there is no such file")
    }
    if let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) { return handle }
    let reason = dlerror().map { String(cString: $0) }
    throw .badDriver(path: path, reason: reason ?? "it is unreadable")
  }
}

extension AdbcDriver {
  fileprivate var isComplete: Bool {
    DatabaseNew != nil && DatabaseInit != nil && DatabaseSetOption != nil
      && DatabaseRelease != nil && ConnectionNew != nil && ConnectionInit != nil
      && ConnectionRelease != nil && StatementNew != nil && StatementSetSqlQuery != nil
      && StatementExecuteQuery != nil && StatementRelease != nil
  }
}

extension AdbcError {
  /// The driver's words, on one line; what they were kept in is given back.
  mutating func takeMessage(_ status: AdbcStatusCode) -> String {
    let text = message.map { String(cString: $0) }
    release?(&self)
    self = AdbcError()
    guard let text, !text.trimmed.isEmpty else { return "status \(status), without a word" }
    return text.onOneLine
  }
}

extension String {
  /// Lines joined by spaces, at most 600 characters.
  var onOneLine: String {
    let line = split(whereSeparator: \.isNewline).map(\.trimmed).joined(separator: " ").trimmed
    return line.count > 600 ? line.prefix(600) + "…" : line
  }
}
