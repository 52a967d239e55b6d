import TableIO
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrREPL
import ThrRuntime
import ThrSyntax

/// `thr` at a terminal: the prompt, with the library and the disk handed in.
struct Conversation {
  let isStrict: Bool

  func run() {
    InterruptSignal.listenAtPrompt()
    REPL(environment).run()
  }

  private var environment: REPL.Environment {
    let library = Library.standard
    let files = LocalFileSystem()
    let checker = ScriptChecker(isStrict: isStrict)
    return REPL.Environment(
      library: library,
      context: CallContext(files: files, display: ValueDisplay(library.types)),
      isStrict: isStrict, interruption: InterruptSignal.interruption, version: Thr.version,
      uses: { parse, file in
        checker.interfaces(usedBy: parse, in: file.map(Script.folder) ?? "")
      },
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
