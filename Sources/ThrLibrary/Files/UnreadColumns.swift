import Synchronization
import TableIO
import ThrModel

/// The columns of a file that were left out when it was read, and are read where they are asked for.
final class UnreadColumns: Sendable {
  /// All columns of the file, in its order.
  let names: [String]
  private let load: @Sendable () throws(CallError) -> Table
  private let loaded = Mutex<Table?>(nil)

  /// - Parameter load: reads the whole file.
  init(names: [String], load: @escaping @Sendable () throws(CallError) -> Table) {
    self.names = names
    self.load = load
  }

  /// The rows of a part of the file's table, with all columns.
  ///
  /// - Throws: an error where the file cannot be read again, or has other rows now.
  func rows(of part: Table) throws(CallError) -> Table {
    let whole = try table()
    guard whole.fingerprint == part.fingerprint else {
      throw CallError(
        .fileFailed, "the file has changed since its scores were read",
        remedy: "read it again: repeat the line with `read`")
    }
    guard let numbers = part.origin.numbers else { return whole }
    return try whole.selecting(rows: numbers)
  }

  private func table() throws(CallError) -> Table {
    if let known = loaded.withLock({ $0 }) { return known }
    let table = try load()
    loaded.withLock { $0 = table }
    return table
  }
}

extension UnreadColumns: Hashable {
  /// Equal tables of equal files have equal columns.
  static func == (left: UnreadColumns, right: UnreadColumns) -> Bool {
    left.names == right.names
  }

  func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
