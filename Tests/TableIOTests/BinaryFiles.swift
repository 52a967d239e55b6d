import Foundation
import JSONText
import TableIO

/// The files of `make_binary_tables.py`, with their cells by the libraries that wrote them.
enum BinaryFiles {
  static let folder: String = {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(here)/Fixtures/binary"
  }()

  /// By the name of the file.
  static let tables: [String: JSON] = {
    guard let bytes = try? LocalFileSystem().readFile("\(folder)/tables.json"),
      let tables = try? JSON(parsing: bytes).object
    else { return [:] }
    return Dictionary(tables.members.map { ($0.key, $0.value) }) { one, _ in one }
  }()

  static func names(endingIn endings: String...) -> [String] {
    tables.keys.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    try LocalFileSystem().readFile("\(folder)/\(name)")
  }

  /// What differs between a table and the cells that it should have; `nil` for nothing.
  static func difference(_ table: Table, _ name: String, only wanted: Set<String>? = nil) -> String?
  {
    // The name of a file stands for what that file holds.
    let content = tables[name]?.string.flatMap { tables[$0] } ?? tables[name]
    let known = (content?.array ?? []).filter {
      wanted?.contains($0["name"]?.string ?? "") ?? true
    }
    let names = known.map { $0["name"]?.string ?? "?" }
    guard table.columnNames == names else { return "columns \(table.columnNames), not \(names)" }
    for (column, known) in zip(table.columns, known) {
      let cells = known["cells"]?.array ?? []
      guard cells.count == column.count else { return "\(column.count) rows, not \(cells.count)" }
      for (row, cell) in cells.enumerated() where !isSame(column[row], cell) {
        return "\(column.name), row \(row): \(column[row]), not \(cell)"
      }
    }
    return nil
  }

  private static func isSame(_ cell: Cell, _ known: JSON) -> Bool {
    switch (cell, known) {
    case (.missing, .null): true
    case (.number(let number), .number(let other)): number == other && number.sign == other.sign
    case (.number(let number), .array(let other)):
      number == (other.first?.string == "+inf" ? .infinity : -.infinity)
    case (.text(let text), .string(let other)): text == other
    default: false
    }
  }

  /// 20 times as many changes with THR_LONG_FUZZ set in the environment.
  static let isLong = ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] != nil

  /// Reads a file cut at each multiple of a step, and with single bytes changed: a table comes of it,
  /// or an error that is no surprise.
  ///
  /// - Returns: how many were refused.
  static func mutate(_ name: String, step: Int, flips: Int, seed: UInt64) throws -> Int {
    let content = try bytes(name)
    var random = SeededGenerator(seed: seed)
    var refused = 0
    for end in stride(from: 0, to: content.count, by: step) {
      refused += isRefused(Array(content[..<end]), name) ? 1 : 0
    }
    for _ in 0..<flips {
      var changed = content
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let place = Int.random(in: 0..<changed.count, using: &random)
        changed[place] ^= UInt8.random(in: 1...255, using: &random)
      }
      refused += isRefused(changed, name) ? 1 : 0
    }
    return refused
  }

  /// Reads a file with a number at its end set to extremes, each of those in the last bytes.
  static func setExtremes(_ name: String, inLast bytes: Int) throws -> Int {
    let content = try Self.bytes(name)
    var refused = 0
    for place in stride(from: max(0, content.count - bytes), to: content.count - 8, by: 2) {
      for number in [Int64.min, -1, .max, 1 << 40] {
        var changed = content
        for byte in 0..<8 {
          changed[place + byte] = UInt8(truncatingIfNeeded: number >> (8 * Int64(byte)))
        }
        refused += isRefused(changed, name) ? 1 : 0
      }
    }
    return refused
  }

  private static func isRefused(_ content: [UInt8], _ name: String) -> Bool {
    let files = MemoryFileSystem([name: content])
    do {
      let table = try Table.read(name, from: files).table
      return !table.columns.allSatisfy { $0.count == table.rows }
    } catch {
      return true
    }
  }
}
