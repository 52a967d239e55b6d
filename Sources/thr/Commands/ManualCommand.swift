import ArgumentParser
import TerminalOutput
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrREPL

/// `thr manual`: the manual page thr(1), made from the declarations; `scripts/install` installs it.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Writes the manual page thr(1), as troff.",
    shouldDisplay: false)

  func run() { Console.value(Self.page.text) }

  static var page: ManualPage {
    var page = ManualPage(name: "thr", summary: Thr.configuration.abstract)
    page.add(heading: "SYNOPSIS")
    page.add(lines: Thr.configuration.usage ?? "")
    page.add(heading: "DESCRIPTION")
    page.add(prose: Thr.configuration.discussion)
    page.add(heading: "COMMANDS")
    for command in Thr.configuration.subcommands {
      let configuration = command.configuration
      guard let name = configuration.commandName, configuration.shouldDisplay else { continue }
      page.add(term: "thr \(name)", configuration.abstract + " " + configuration.discussion)
    }
    page.add(heading: "THE PROMPT")
    for document in REPL.manual { page.add(document) }
    page.add(heading: "FUNCTIONS AND METRICS")
    page.add(HelpText(Library.standard.vocabulary).overviewDocument)
    page.add(heading: "FILES")
    page.add(
      term: "~/.config/thr/startup.thr",
      "Runs before every session at the prompt; "
        + "$THR_STARTUP names another file, or none where it is empty.")
    page.add(term: "~/.local/state/thr/history", "The inputs of all sessions.")
    page.add(term: "~/.editrc", "Keys of the prompt, as editrc(5) says.")
    page.add(heading: "ENVIRONMENT")
    page.add(term: "NO_COLOR", "Where it is not empty, nothing is coloured.")
    page.add(term: "EDITOR, VISUAL, PAGER", "The editor and the pager of the prompt.")
    return page
  }
}

/// A manual page in the macros of man(7).
struct ManualPage {
  private(set) var text: String

  init(name: String, summary: String) {
    text = ".TH \(name.uppercased()) 1\n.SH NAME\n"
    text += "\(Self.escaped(name)) \\- \(Self.escaped(summary))\n"
  }

  mutating func add(heading: String) { text += ".SH \(Self.escaped(heading))\n" }

  /// Lines that stay lines.
  mutating func add(lines: String) {
    text += ".nf\n" + Self.escaped(lines) + "\n.fi\n"
  }

  mutating func add(prose: String) {
    for paragraph in prose.split(separator: "\n\n") {
      text += ".PP\n" + Self.escaped(String(paragraph)) + "\n"
    }
  }

  mutating func add(term: String, _ meaning: String) {
    let meaning = meaning.split(separator: "\n").joined(separator: " ")
    text += ".TP\n.B \(Self.escaped(term))\n\(Self.escaped(meaning))\n"
  }

  mutating func add(_ document: HelpDocument) {
    for part in document.parts {
      switch part {
      case .heading(let heading): text += ".SS \(Self.escaped(heading))\n"
      case .paragraph(let paragraph): add(prose: paragraph)
      case .code(let code): add(lines: code)
      case .definitions(let definitions):
        for definition in definitions { add(term: definition.term, definition.meaning) }
      }
    }
  }

  /// Text as troff shows it: no line begins with a sign of its own.
  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&\($0)" : String($0) }
      .joined(separator: "\n")
  }
}
