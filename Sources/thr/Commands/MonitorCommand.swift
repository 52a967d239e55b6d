import ArgumentParser
import JSONText
import TerminalOutput
import ThrLibrary
import ThrModel

/// `thr monitor CONTRACT ROWS --state FILE`: takes in one batch of rows.
struct MonitorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor", abstract: "Monitors a contract, batch by batch.",
    discussion: """
      Each run adds one batch of labelled rows, such as a day's, and saves the evidence so far in \
      the state file, which is written completely or not at all; the same batch given again right \
      away counts once. The probability of a false alarm is at most 1 - level, over all batches \
      together.

      Where labels come late, --id names a column that identifies rows. Rows without a label wait in \
      the state file (their ids and what was decided) until a later file gives the label. A batch \
      counts only when all its labels are there and all earlier batches have been counted. After --wait later batches it is added \
      anyway, with each missing label counted against the contract.

      Exit status: 0 no alarm, 1 alarm, 2 a file or an argument is at fault.
      """)

  @Option(help: "The file that holds the evidence of earlier batches.", completion: .file())
  var state: String

  @OptionGroup var options: LabelledRowsOptions

  @Option(help: "The column that identifies rows whose labels come late.")
  var id: String?

  @Option(help: "After how many later batches a missing label counts against the contract.")
  var wait: Int?

  @Flag(help: "Write the result as JSON.")
  var json = false

  @ArgumentParser.Argument(help: "The contract.", completion: .file(extensions: ["json"]))
  var contract: String

  @ArgumentParser.Argument(
    help: "The rows of the batch: a table with scores and labels.", completion: .file())
  var rows: String

  func validate() throws {
    guard wait ?? 0 >= 0 else { throw ValidationError("--wait is a number of batches") }
    guard wait == nil || id != nil else {
      throw ValidationError("--wait is for labels that come late: name the column with --id")
    }
  }

  func run() throws {
    var check = options.check
    check.id = id
    check.patience = wait
    let batch = try ContractFiles.run { context in
      try MonitoredBatch(of: contract, rows, state: state, check, context)
    }
    Console.value(
      json
        ? batch.value.json(.standard).description
        : ValueDisplay(Library.standard).full(batch.value))
    if batch.isAlarmed { throw ExitStatus.failure }
  }
}
