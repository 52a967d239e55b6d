import ArgumentParser
import JSONText
import TerminalOutput
import ThrLibrary
import ThrModel

/// `thr monitor CONTRACT ROWS --state FILE`: takes in one batch of rows.
struct MonitorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor", abstract: "Watches a contract, batch by batch.",
    discussion: """
      Each run takes in one batch of labelled rows, such as a day's, and keeps what is known in the \
      state file, which is written completely or not at all; a batch that is given twice in a row \
      counts once. The probability of a false alarm is at most 1 - level, over all batches \
      together.

      Exit status: 0 no alarm, 1 alarm, 2 a file or an argument is at fault.
      """)

  @Option(help: "The file that keeps what is known of earlier batches.", completion: .file())
  var state: String

  @Option(help: "The column of scores.")
  var score = "score"

  @Option(help: "The column of labels.")
  var label = "label"

  @Option(help: "The label of the positive class; not needed for labels such as 0 and 1.")
  var positive: String?

  @Option(help: "One minus the greatest probability of a false alarm, such as 0.95.")
  var level = 0.9

  @Flag(help: "Write the result as JSON.")
  var json = false

  @ArgumentParser.Argument(help: "The contract.", completion: .file(extensions: ["json"]))
  var contract: String

  @ArgumentParser.Argument(
    help: "The rows of the batch: a table with scores and labels.", completion: .file())
  var rows: String

  func validate() throws {
    guard (0.5...0.999999).contains(level) else {
      throw ValidationError("--level is from 0.5 to 0.999999")
    }
  }

  func run() throws {
    var options = ContractCheck.Options()
    options.score = score
    options.label = label
    options.positive = positive
    options.level = level
    let batch = try ContractFiles.run { context in
      try MonitoredBatch(of: contract, rows, state: state, options, context)
    }
    Console.value(
      json
        ? batch.value.json(.standard).description
        : ValueDisplay(Library.standard).full(batch.value))
    if batch.isAlarmed { throw ExitStatus.failure }
  }
}
