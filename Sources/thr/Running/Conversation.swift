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
  var files: any FileSystem = LocalFileSystem()

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
  func run() -> Int {
    InterruptSignal.listenAtPrompt()
    return REPL(environment).run()
  }

  private var environment: REPL.Environment {
    let library = Library.standard
    let files = files
    let checker = ScriptChecker(isStrict: isStrict)
    return REPL.Environment(
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
  }
}
