import ArgumentParser
import ThrLibrary
import ThrModel

/// `thr help [NAME]`: what a function, metric, type or keyword is, from its declaration.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Describes a function, metric, type or keyword.")

  @ArgumentParser.Argument(
    help: "The name; without one, an overview.",
    completion: .custom { _, _, _ in Library.standard.vocabulary.names })
  var name: String?

  func run() throws { try Help.write(name) }
}
