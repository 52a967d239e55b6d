import TableIO
import TerminalOutput
import ThrFrontEnd

extension Script {
  /// The script on the disk; where it cannot be read, reports why and throws a usage error.
  static func opened(_ path: String, named name: String? = nil) throws(ExitStatus) -> Script {
    do throws(FileError) {
      let bytes = try LocalFileSystem().readFile(path)
      return Script(path: name == nil ? path : nil, name: name ?? path, bytes: bytes)
    } catch {
      Console.message("thr: \(error)")
      throw .usage
    }
  }

  /// The script on standard input.
  static func standardInput() throws(ExitStatus) -> Script {
    try opened("/dev/stdin", named: "standard input")
  }

  /// A script as the command line names it: by its path, or `-` for standard input.
  static func named(_ name: String) throws(ExitStatus) -> Script {
    try name == "-" ? standardInput() : opened(name)
  }
}
