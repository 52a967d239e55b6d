import ArgumentParser
import ThrLibrary

/// The options of the commands that test a contract on labelled rows: `thr verify`, `thr monitor`.
struct LabelledRowsOptions: ParsableArguments {
  @Option(help: "The column of scores.")
  var score = "score"

  @Option(help: "The column of labels.")
  var label = "label"

  @Option(help: "The label of the positive class; not needed for labels such as 0 and 1.")
  var positive: String?

  @Option(help: "Confidence level: the probability that no verdict or alarm is wrong.")
  var level = 0.9

  func validate() throws {
    guard (0.5...0.999999).contains(level) else {
      throw ValidationError("--level is from 0.5 to 0.999999")
    }
  }

  /// The same as the library takes them.
  var check: ContractCheck.Options {
    var options = ContractCheck.Options()
    options.score = score
    options.label = label
    options.positive = positive
    options.level = level
    return options
  }
}
