import Glibc
import JSONText
import Testing

/// Files under Tests/Fixtures.
enum ReferenceFile {
  struct Missing: Error { var path: String }

  static func text(_ name: String) throws -> String {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let path = "/\(here)/Fixtures/\(name)"
    guard let file = fopen(path, "r") else { throw Missing(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func json(_ name: String) throws -> JSON { try JSON(parsing: text(name)) }
}

extension JSON {
  /// The numbers of an array, `nil` for null.
  var numbers: [Double?] { array?.map(\.number) ?? [] }

  func number(_ name: String) throws -> Double { try #require(self[name]?.number) }
}
