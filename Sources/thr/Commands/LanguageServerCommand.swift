import ArgumentParser
import Glibc
import TerminalOutput
import ThrFrontEnd
import ThrLanguageServer
import ThrLibrary
import ThrModel

/// `thr lsp`: serves an editor over standard input and output.
struct LanguageServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Runs the language server for an editor, on standard input and output.")

  // Editors add it out of habit; there is no other way to talk.
  @Flag(help: ArgumentHelp("Use standard input and output.", visibility: .hidden))
  var stdio = false

  @Option(
    name: .customLong("clientProcessId"),
    help: ArgumentHelp("The editor's process; the server ends when it ends.", visibility: .hidden))
  var clientProcessId: Int?

  @Option(
    help: ArgumentHelp("Copy all messages to this file, to report a fault.", valueName: "file"))
  var log: String?

  func run() throws {
    guard let streams = StandardStreams() else { throw ExitStatus.usage }
    var transport: any Transport = streams
    if let log {
      guard let logging = LoggingStreams(streams, path: log) else {
        Console.message("thr: cannot write `\(log)`")
        throw ExitStatus.usage
      }
      transport = logging
    }
    let library = Library.standard
    let pages = ExplanationPages()
    let server = LanguageServer(
      LanguageServer.Host(
        vocabulary: library.vocabulary, evaluator: NotebookEvaluator(library),
        files: LocalWorkspaceFiles(), version: ThrVersion.current,
        explanation: { pages.address(of: $0) },
        clientProcess: clientProcessId, abandon: { _exit($0) }))
    // Threads may still be evaluating: the process ends without them.
    _exit(server.serve(over: transport))
  }
}
