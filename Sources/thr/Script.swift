import Glibc
import TableIO
import ThrSyntax

/// A program to run or to check: its text, and the name that messages give it.
struct Script {
  /// The path; `nil` for code from the command line or from standard input.
  let path: String?
  let name: String
  let parse: Parse

  private init(path: String?, name: String, bytes: [UInt8]) {
    self.path = path
    self.name = name
    parse = ThrSyntax.parse(bytes)
  }

  init(code: String) { self.init(path: nil, name: "-e", bytes: Array(code.utf8)) }

  init(path: String, in files: any FileSystem) throws(FileError) {
    self.init(path: path, name: path, bytes: try files.readFile(path))
  }

  /// The script on the disk; where it cannot be read, tells why and ends with a usage error.
  static func opened(_ path: String, named name: String? = nil) throws(ExitStatus) -> Script {
    do throws(FileError) {
      let bytes = try LocalFileSystem().readFile(path)
      return Script(path: name == nil ? path : nil, name: name ?? path, bytes: bytes)
    } catch {
      Output.message("thr: \(error)")
      throw .usage
    }
  }

  /// The script on standard input.
  static func standardInput() throws(ExitStatus) -> Script {
    try opened("/dev/stdin", named: "standard input")
  }

  /// The folder of the file; `nil` where there is none.
  var folder: String? { path.map(Self.folder) }

  /// The folder that a file stands in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
