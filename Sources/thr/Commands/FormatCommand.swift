import ArgumentParser
import TableIO
import TerminalOutput
import ThrFrontEnd
import ThrSyntax

/// `thr format FILES`: writes scripts in the one style of the language.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format", abstract: "Formats scripts in the standard style.",
    discussion: """
      Lines keep their ends, LF or CR LF. A statement with a syntax error is left unchanged; the other statements are formatted. If \
      you name a folder, all scripts in it and its subfolders are formatted. With `-` the script \
      is read from standard input and written to standard output.

      Exit status: 0 success, 1 a script is not formatted (only with --check), 2 a script has \
      syntax errors, or cannot be read or written (other files are still formatted).
      """)

  @Flag(help: "Change nothing; list the scripts that are not formatted.")
  var check = false

  @Flag(help: "Change nothing; show what would change.")
  var diff = false

  @OptionGroup var piped: PipedFile

  @Argument(help: "The scripts, folders of them, or - for standard input.")
  var files: [String]

  func validate() throws { try piped.validate(for: files) }

  func run() throws {
    var isFormatted = true
    var isSound = true
    for file in Script.paths(named: files) {
      do throws(ExitStatus) {
        isFormatted = try format(file) && isFormatted
      } catch {
        // The others can be formatted all the same.
        isSound = false
      }
    }
    if !isSound { throw ExitStatus.usage }
    if check, !isFormatted { throw ExitStatus.failure }
  }

  /// Formats one script as asked, and returns whether it was formatted already.
  private func format(_ file: String) throws(ExitStatus) -> Bool {
    let script = try Script.named(file, standingFor: piped.stdinFilename)
    let source = script.parse.source
    let program = FormattedProgram(script.parse)
    let isFormatted = program.bytes == source.bytes
    if diff, !isFormatted {
      Console.bytes(UnifiedDifference(source, program, name: script.name).text)
    }
    if check, !isFormatted { Console.message("\(script.name) is not formatted") }
    if !check, !diff {
      if let path = script.writtenPath {
        if !isFormatted { try write(program.bytes, to: path, insteadOf: source) }
      } else {
        Console.bytes(program.bytes)
      }
    }
    if script.parse.diagnostics.contains(where: { $0.severity == .error }) {
      Console.message(
        """
        \(script.name) has syntax errors; the statements with errors are left unchanged, see \
        `thr check`
        """)
      throw .usage
    }
    return isFormatted
  }

  /// Writes the file that was read, unless someone else has written it since.
  private func write(
    _ bytes: [UInt8], to path: String, insteadOf source: Source
  ) throws(ExitStatus) {
    // The old text is whole until the new one is in its place, and `git` has either.
    let files = LocalFileSystem(isLasting: false)
    if files.kind(of: path) == .file, (try? files.readFile(path)) != source.bytes {
      Console.message("thr: `\(path)` changed during formatting and is left unchanged")
      throw .usage
    }
    do throws(FileError) {
      try files.writeFileAtomically(path, bytes)
    } catch {
      Console.message("thr: \(error)")
      throw .usage
    }
  }
}
