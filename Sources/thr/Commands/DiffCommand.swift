import ArgumentParser
import TerminalOutput
import ThrLibrary

/// `thr diff OLD NEW`: what changed from one contract to another, in words.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Says in words what changed from one contract to another.",
    discussion: """
      Exit status: 0 nothing changed, 1 something changed, 2 a file is at fault.
      """)

  @Argument(help: "The older contract.", completion: .file(extensions: ["json"]))
  var old: String

  @Argument(help: "The newer contract.", completion: .file(extensions: ["json"]))
  var new: String

  func run() throws {
    let difference = try ContractFiles.run { context in
      try ContractDifference(from: old, to: new, context)
    }
    if difference.lines.isEmpty { return }
    Console.value(difference.lines.joined(separator: "\n"))
    throw ExitStatus.failure
  }
}
