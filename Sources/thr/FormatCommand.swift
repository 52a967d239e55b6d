import ArgumentParser
import TableIO
import ThrSyntax

/// `thr format FILES`: writes scripts in the one style of the language.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format", abstract: "Writes scripts in the one style of the language.",
    discussion: """
      A statement with a syntax error stays as it is. With `-` the script is read from standard \
      input and written to standard output.

      Exit status: 0 all went well, 1 with --check where a script is not formatted, 2 a file cannot \
      be read or written.
      """)

  @Flag(help: "Change nothing; name the scripts that are not formatted.")
  var check = false

  @Flag(help: "Change nothing; show what would change.")
  var diff = false

  @Argument(help: "The scripts, or - for standard input.")
  var files: [String]

  func run() throws {
    var isFormatted = true
    for file in files {
      let script = try file == "-" ? Script.standardInput() : .opened(file)
      isFormatted = try format(script) && isFormatted
    }
    if check, !isFormatted { throw ExitStatus.failure }
  }

  /// Formats one script as asked, and returns whether it was formatted already.
  private func format(_ script: Script) throws -> Bool {
    let source = script.parse.source
    let program = FormattedProgram(script.parse)
    let bytes = program.bytes
    let isFormatted = bytes == source.bytes
    if diff, !isFormatted {
      Output.bytes(Array(UnifiedDifference(source, program, name: script.name).text.utf8))
    }
    if check, !isFormatted { Output.message("\(script.name) is not formatted") }
    if check || diff { return isFormatted }
    guard let path = script.path else {
      Output.bytes(bytes)
      return isFormatted
    }
    if !isFormatted { try write(bytes, to: path) }
    return isFormatted
  }

  private func write(_ bytes: [UInt8], to path: String) throws(ExitStatus) {
    do throws(FileError) {
      try LocalFileSystem().writeFileAtomically(path, bytes)
    } catch {
      Output.message("thr: \(error)")
      throw .usage
    }
  }
}
