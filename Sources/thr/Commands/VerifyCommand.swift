import ArgumentParser
import TableIO
import TerminalOutput
import ThrFrontEnd
import ThrLibrary

/// `thr verify CONTRACT ROWS`: whether new rows bear out what a contract claims.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Tests on new labelled rows whether a contract still holds.",
    discussion: """
      The contract is a file that `save` has written. Each of its clauses fails, holds or is open, \
      which means that the rows are too few to decide; with probability at least --level no \
      verdict is wrong.

      --format text and json write the verification; github writes workflow annotations at the \
      clauses of the contract; sarif writes the same for other tools; junit writes a test report.

      Exit status: 0 all clauses hold, 1 a clause fails, 2 a file or an argument is at fault, \
      3 a clause is open and none fails, or there is no clause.
      """)

  @OptionGroup var options: LabelledRowsOptions

  @Option(help: "Output format: text, json, github, sarif or junit.")
  var format = VerificationFormat.text

  @Argument(help: "The contract.", completion: .file(extensions: ["json"]))
  var contract: String

  @Argument(help: "The rows: a table with scores and labels.", completion: .file())
  var rows: String

  func run() throws {
    let check = try ContractFiles.run { context in
      try ContractCheck(of: contract, on: rows, options.check, context)
    }
    let bytes = (try? LocalFileSystem().readFile(contract)) ?? []
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    Console.bytes(Array(format.report.text(of: check, path: contract, lines: lines).utf8))
    if check.status != 0 { throw ProgramExit(status: check.status) }
  }
}

/// How `thr verify` writes what it finds.
enum VerificationFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, github, junit, sarif

  var report: ContractReport {
    switch self {
    case .text: .text
    case .json: .json
    case .github: .github
    case .junit: .junit
    case .sarif: .sarif
    }
  }
}
