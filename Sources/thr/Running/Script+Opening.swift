import TableIO
import ThrFrontEnd

extension Script {
  /// The script on the disk; where it cannot be read, reports why and throws a usage error.
  static func opened(
    _ path: String, named name: String? = nil, reportingJSON: Bool = false
  ) throws(ExitStatus) -> Script {
    do throws(FileError) {
      let stream = try LocalFileSystem().open(path)
      guard stream.size ?? 0 <= longest else {
        throw FileError(path: path, action: .read, cause: .tooLarge)
      }
      let bytes = try stream.readToEnd()
      return Script(path: name == nil ? path : nil, name: name ?? path, bytes: bytes)
    } catch {
      ScriptOutput.report("\(error)", asJSON: reportingJSON)
      throw .usage
    }
  }

  /// Longer ones are refused before they are read: places in them are counted in 32 bits.
  private static let longest = Int(UInt32.max)

  /// The script on standard input.
  static func standardInput(reportingJSON: Bool = false) throws(ExitStatus) -> Script {
    try opened("/dev/stdin", named: "standard input", reportingJSON: reportingJSON)
  }

  /// A script as the command line names it: by its path, or `-` for standard input.
  static func named(_ name: String) throws(ExitStatus) -> Script {
    if name == "-" { return try standardInput() }
    // A shell's `<(…)` is a pipe with a writer; another pipe might never have one.
    let isOfShell = ["/dev/", "/proc/"].contains { name.hasPrefix($0) }
    if !isOfShell, LocalFileSystem().kind(of: name) == .other {
      ScriptOutput.report(
        "cannot read `\(name)`: it is no regular file; for a pipe, use `- < \(name)`",
        asJSON: false)
      throw .usage
    }
    return try opened(name)
  }
}
