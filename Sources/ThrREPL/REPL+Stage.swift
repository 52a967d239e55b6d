import TerminalOutput
import ThrRuntime
public import ThrModel

extension REPL: Stage {
  public var surface: Surface { Terminal().surface }

  public func showCode(_ code: String) {
    refreshKnowledge()
    prompt.show(code)
  }

  public func play(_ code: String) -> RunResult {
    showCode(code)
    return run(code)
  }

  public func run(_ code: String) -> RunResult { evaluate(code) }

  public func runQuietly(_ code: String) -> Value? {
    answers.begin(Answers.Options(isSilent: true))
    let outcome = whileRunning { checked.run(Array(code.utf8)) { _, _, _ in } }
    let value = answers.end()
    return outcome == .finished ? value : nil
  }

  public func knows(_ name: String) -> Bool { checked.session.value(of: name) != nil }

  public func chapterSession() -> ChapterSession {
    ChapterSession(environment.library, environment.context)
  }

  public func read(_ label: String, commands: [StageCommand]) -> StageInput {
    addCommands(
      commands.map { command in
        PromptCommand(command.name, .none, command.summary) { _, _ in .goOn }
      })
    defer { addCommands([]) }
    var start = ""
    while true {
      let reading = reading(label, start: start)
      start = ""
      switch reading {
      case .end: return .end
      case .cancelled(let wasEmpty): noteCancelled(wasEmpty: wasEmpty)
      case .text(let text):
        switch PromptInput(text) {
        case .empty: return .empty
        case .code(let code, _) where isFarewell(code.trimmed): return .end
        case .code(let code, _):
          remember(text)
          let result = evaluate(code)
          return exitStatus == nil ? .ran(result) : .end
        case .help(let name): reportHelp(name)
        case .source(let name): reportHelp(name)
        case .shell(let line): runInShell(line)
        case .command(let name, let argument):
          if commands.contains(where: { $0.name == name }) {
            return .command(name, argument: argument)
          }
          remember(text)
          if name == "help", argument.isEmpty { showStageCommands(commands) }
          switch perform(name, argument) {
          case .goOn: break
          case .edit(let text): start = text
          case .leave: return .end
          }
        }
      }
    }
  }

  private func showStageCommands(_ commands: [StageCommand]) {
    guard let width = commands.map(\.name.count).max() else { return }
    let lines = commands.map { command in
      let gap = String(repeating: " ", count: width - command.name.count)
      return "  .\(command.name)\(gap)  \(command.summary)"
    }
    Terminal.write((["In this chapter:"] + lines + [""]).joined(separator: "\n") + "\n")
  }
}
