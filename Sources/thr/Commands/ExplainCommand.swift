import ArgumentParser
import TerminalOutput
import ThrAnalysis
import ThrFrontEnd
import ThrSyntax

/// `thr explain [CODE]`: what an error or a warning means, with an example wrong and right.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains an error or a warning.")

  @Argument(help: "The code, such as E0210, or the name; without one, a list of all.")
  var code: String?

  func run() throws {
    let explanations = ExplanationText(Diagnostic.Kind.all)
    guard let code else { return Console.value(explanations.overview.text()) }
    guard let document = explanations.document(on: code) else {
      let near = explanations.nearest(to: code).map { "; did you mean `\($0)`?" } ?? ""
      Console.message("thr: there is no error or warning `\(code)`\(near)")
      throw ExitStatus.usage
    }
    Console.value(document.text())
  }
}
