import TableIO
import ThrFrontEnd
import ThrSyntax

extension Script {
  /// The script on the disk; where it cannot be read, reports why and throws a usage error.
  static func opened(
    _ path: String, named name: String? = nil, reportingJSON: Bool = false
  ) throws(ExitStatus) -> Script {
    do throws(FileError) {
      let files = LocalFileSystem()
      // A pipe in a folder may never get a writer; one that the shell makes, `<(…)`, has one.
      let opened = ["/dev/fd/", "/dev/std", "/dev/null", "/dev/tty", "/proc/"]
      if files.kind(of: path) == .other, !opened.contains(where: path.hasPrefix) {
        throw FileError(path: path, action: .read, cause: .isPipe)
      }
      let bytes = try files.readFile(path, atMost: Source.largest)
      return Script(
        path: name == nil ? path : nil, name: name ?? PathText.shown(path), bytes: bytes)
    } catch {
      ScriptOutput.report("\(error)", asJSON: reportingJSON)
      throw .usage
    }
  }

  /// The script on standard input.
  static func standardInput(reportingJSON: Bool = false) throws(ExitStatus) -> Script {
    try opened("/dev/stdin", named: "standard input", reportingJSON: reportingJSON)
  }

  /// A script as the command line names it: by its path, or `-` for standard input.
  ///
  /// - Parameter file: The file whose text standard input is, as an editor gives it.
  static func named(_ name: String, standingFor file: String? = nil) throws(ExitStatus) -> Script {
    guard name == "-" else { return try opened(name) }
    let script = try standardInput()
    guard let file else { return script }
    return Script(
      path: file, name: PathText.shown(file), bytes: script.parse.source.bytes, isPiped: true)
  }
}
