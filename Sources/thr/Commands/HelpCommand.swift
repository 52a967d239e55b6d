import ArgumentParser

/// `thr help [NAME]`: what a function, metric, type or keyword is, from its declaration.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Describes a function, metric, type or keyword.")

  @Argument(help: "The name; without one, an overview.")
  var name: String?

  func run() throws { try Help.write(name) }
}
