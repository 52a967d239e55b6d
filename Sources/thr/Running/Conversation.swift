import TableIO
import TerminalOutput
import ThrAnalysis
import ThrFrontEnd
import ThrLibrary
import ThrModel
import ThrREPL
import ThrRuntime
import ThrSyntax

/// `thr` at a terminal: the prompt, with the library and the disk handed in.
struct Conversation {
  let isStrict: Bool
  /// A pipe without a writer, and one that says nothing, are given up after Ctrl-C.
  var files: any FileSystem = LocalFileSystem(isCancelled: {
    InterruptSignal.interruption.isRaised
  })

  /// Walks a learner through a chapter, or shows it whole where input is not from a terminal.
  func walk(through chapter: Chapter, next: Chapter?, _ progress: WalkthroughProgress) {
    InterruptSignal.listenAtPrompt()
    let repl = REPL(environment)
    if Terminal.isInteractive {
      Walkthrough(chapter, next: next, on: repl, progress: progress).run()
    } else {
      Walkthrough(chapter, next: next, on: Transcript(repl), progress: nil).run()
    }
  }

  /// Talks until the user leaves, and gives the exit status.
  ///
  /// - Parameters:
  ///   - script: a script to run first.
  ///   - arguments: the script's own.
  func run(after script: (path: String, text: String)? = nil, arguments: [String] = []) -> Int {
    InterruptSignal.listenAtPrompt()
    var environment = environment
    environment.arguments = arguments
    return REPL(environment).run(after: script)
  }

  private var environment: REPL.Environment {
    let library = Library.standard
    let files = files
    let checker = ScriptChecker(isStrict: isStrict)
    var environment = REPL.Environment(
      library: library,
      context: CallContext(files: files, display: ValueDisplay(library)),
      isStrict: isStrict, interruption: InterruptSignal.interruption, version: ThrVersion.current,
      uses: checker.checkUsed,
      entries: { folder in
        let path = folder.isEmpty ? "." : folder
        return try? files.list(path).map { name in
          let isFolder = files.kind(of: "\(path)/\(name)") == .directory
          return Surroundings.Entry(name, isFolder: isFolder)
        }
      },
      columns: LocalWorkspaceFiles().columns)
    environment.table = { Table(showing: $0) }
    return environment
  }
}
