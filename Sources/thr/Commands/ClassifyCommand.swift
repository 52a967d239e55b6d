import ArgumentParser
import TerminalOutput
import ThrLibrary

/// `thr classify CONTRACT ROWS -o OUTPUT`: applies a contract to a table.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify", abstract: "Applies a contract to the rows of a table.",
    discussion: """
      Writes the table with a column `decision`: 1 for rows that are flagged, otherwise 0. Rows \
      without a score are left out and reported. The output is CSV, or JSON by its ending, and is \
      written completely or not at all. From CSV to CSV each cell keeps its spelling, and files of \
      any size take little memory. A contract by group needs the columns of the groups; rows of \
      other groups are decided by the overall threshold and reported.

      Exit status: 0 success, 2 a file or an argument is at fault.
      """)

  @Option(help: "The column of scores.")
  var score = "score"

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String

  @Argument(help: "The contract.", completion: .file(extensions: ["json"]))
  var contract: String

  @Argument(help: "The rows: a table with scores.", completion: .file())
  var rows: String

  func run() throws {
    let done = try ContractFiles.run { context in
      try ContractApplication(of: contract, to: rows, score: score, output: output, context)
    }
    Console.message("\(done.flagged) of \(done.rows) rows flagged")
  }
}
