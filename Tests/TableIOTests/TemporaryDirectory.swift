import Glibc
import TableIO
import Testing

/// Runs the body with a new directory, which is removed afterwards with the files and empty
/// directories in it; their names may be any bytes.
func inDirectory(_ body: (String) throws -> Void) throws {
  var template = Array("\(P_tmpdir)/table-io-XXXXXX".utf8CString)
  try #require(mkdtemp(&template) != nil)
  let directory = String(
    decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  defer {
    for name in (try? LocalFileSystem().list(directory)) ?? [] {
      let path = PathText.bytes(of: "\(directory)/\(name)").map { CChar(bitPattern: $0) } + [0]
      unlink(path)
      rmdir(path)
    }
    rmdir(directory)
  }
  try body(directory)
}
