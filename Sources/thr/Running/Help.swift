import TerminalOutput
import ThrAnalysis
import ThrLibrary
import ThrModel

enum Help {
  /// Writes the help of a name, or the overview.
  static func write(_ name: String?) throws(ExitStatus) {
    let help = HelpText(Library.standard.vocabulary)
    guard let name else { return Console.value(help.overview) }
    guard let text = help.text(on: name) ?? help.search(name)?.text() else {
      let near = help.nearest(to: name).map { "; did you mean `\($0)`?" } ?? ""
      Console.message("thr: there is no `\(name)`\(near)")
      throw .usage
    }
    Console.value(text)
  }
}
