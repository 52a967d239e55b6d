import Glibc
import LibEdit
import TableIO
import TerminalOutput
import ThrAnalysis
import ThrModel
import ThrRuntime
import ThrSyntax

/// The prompt: reads an input, runs it, shows its result, and reads the next.
public final class REPL {
  /// Whether the conversation goes on after an input.
  enum Next: Hashable, Sendable {
    case goOn
    /// The next input begins with this text.
    case edit(String)
    case leave
  }

  let environment: Environment
  /// The screen, for programs that take it whole.
  let screen: ScreenHost
  let checked: CheckedSession
  let answers: Answers
  let prompt: Prompt
  let history: SessionHistory
  let help: HelpText
  private let advisor: CodeAdvisor
  /// How long the last input ran, in seconds.
  private(set) var lastDuration: Double?
  /// The files that the session has written, or was asked to replace.
  var ownFiles: Set<String> = []
  /// Where `cd -` goes.
  var previousFolder: String?
  /// Whether every input says how long it ran.
  var reportsTime = false

  public init(_ environment: Environment) {
    Locale.use()
    let answers = Answers(display: environment.context.display)
    self.answers = answers
    let screen = ScreenHost()
    self.screen = screen
    var environment = environment
    if ScreenHost.isThere {
      environment.context.screen = { program in answers.whileWriting { screen.run(program) } }
    }
    self.environment = environment
    checked = CheckedSession(environment) { answers.report($0) }
    answers.follow(checked.session)
    help = HelpText(environment.library.vocabulary)
    advisor = CodeAdvisor(
      environment.library.vocabulary,
      options: Analysis.Options(isStrict: environment.isStrict, isOpenEnded: true),
      commands: PromptCommand.all)
    history = SessionHistory(path: HistoryFile.standardPath(Terminal.environment))
    prompt = Prompt(advisor: advisor, history: history)
    advisor.width = { Terminal().width }
    TerminalModes.keep(ending: { LocalFileSystem.removeTemporaries() })
  }

  /// What `exit` asked the process to end with.
  private(set) var exitStatus: Int?

  /// Talks until the user leaves.
  ///
  /// - Parameter script: a script to run first.
  /// - Returns: the exit status: 0 unless `exit` gave another.
  public func run(after script: (path: String, text: String)? = nil) -> Int {
    Terminal.write(
      "thr \(environment.version): .help lists commands, .tutorial teaches, Ctrl-D leaves\n")
    runStartup()
    if let script { _ = evaluate(script.text, file: script.path) }
    var start = ""
    while exitStatus == nil {
      switch ask(start: start) {
      case .goOn: start = ""
      case .edit(let text): start = text
      case .leave:
        finishHistory()
        return 0
      }
    }
    finishHistory()
    return exitStatus ?? 0
  }

  /// Writes what could not be written yet, or reports that it is lost.
  private func finishHistory() {
    history.refresh()
    if let fault = history.takeFault() { Messages.write(fault) }
  }

  // MARK: - Inputs

  private var wasCancelled = false

  private func ask(start: String) -> Next {
    switch reading(start: start) {
    case .end:
      return .leave
    case .cancelled(let wasEmpty):
      noteCancelled(wasEmpty: wasEmpty)
      return .goOn
    case .text(let text):
      wasCancelled = false
      return take(text)
    }
  }

  /// Reads an input.
  ///
  /// A Ctrl-C from before it has no effect; one after its end stops what runs next: the terminal
  /// makes a signal of it as soon as it is given back.
  func reading(_ label: String = PromptLook.standardLabel, start: String) -> Prompt.Reading {
    refreshKnowledge()
    if let fault = history.takeFault() { Messages.write(fault) }
    checked.interruption.clear()
    let reading = prompt.read(label, start: EditBuffer(start))
    if case .cancelled = reading { checked.interruption.clear() }
    return reading
  }

  /// A second Ctrl-C at an empty prompt says how to leave.
  func noteCancelled(wasEmpty: Bool) {
    if wasEmpty, wasCancelled { Terminal.write("To leave, press Ctrl-D or enter .quit\n") }
    wasCancelled = true
  }

  /// Adds an input to the history, unless it begins with a space.
  func remember(_ text: String) {
    if !text.hasPrefix(" ") { history.add(text) }
  }

  /// Remembers an input and does what it says.
  private func take(_ text: String) -> Next {
    let input = PromptInput(text)
    if input != .empty { remember(text) }
    switch input {
    case .empty: return .goOn
    case .code(let code, _):
      if isFarewell(code.trimmed) { return .leave }
      if !reportCommand(meantBy: code.trimmed) { _ = evaluate(code) }
      return writtenStatement.map(Next.edit) ?? .goOn
    case .help(let name):
      reportHelp(name)
      return .goOn
    case .source(let name):
      reportSource(name)
      return .goOn
    case .shell(let line):
      runInShell(line)
      return .goOn
    case .command(let name, let argument): return perform(name, argument)
    }
  }

  /// Whether the user says no more than that they want to leave.
  func isFarewell(_ text: String) -> Bool {
    guard ["exit", "quit", "quit()"].contains(text) else { return false }
    // A name of the user's own is a name.
    let word = String(text.prefix { $0 != "(" })
    return !checked.session.variables.contains { $0.name == word }
  }

  /// What a program on the screen wrote for the next input.
  private var writtenStatement: String? {
    screen.takeWritten()?.statement { value in
      checked.session.variables.last { $0.value == value }?.name
    }
  }

  /// Says how a command is written where its name is entered as elsewhere, `vars` or `help(tune)`,
  /// which would only be an unknown one; false where the text means something else.
  private func reportCommand(meantBy text: String) -> Bool {
    let called = String(text.prefix { $0 != "(" })
    let name = called
    // What stands between the parentheses, a name in quotes or without.
    let subject = text.dropFirst(called.count + 1).dropLast().filter { $0 != "\"" }
    guard called == text || text.hasSuffix(")"),
      subject.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }),
      PromptCommand.all.contains(where: { $0.name == name }),
      checked.session.value(of: called) == nil,
      help.document(on: called) == nil
    else { return false }
    let command = name == "help" && !subject.isEmpty ? "?\(subject)" : ".\(name)"
    Messages.write("`\(called)` has no value; the command is `\(command)`\n")
    return true
  }

  func perform(_ name: String, _ argument: String) -> Next {
    guard let command = PromptCommand.all.first(where: { $0.isNamed(name) }) else {
      let near = Spelling.nearest(to: name, among: PromptCommand.all.map(\.name))
      let remedy = near.map { "; did you mean `.\($0)`?" } ?? "; `.help` lists them"
      Messages.write("there is no command `.\(name)`\(remedy)\n")
      return .goOn
    }
    return command.run(self, argument)
  }

  /// What is pasted by mistake may have hundreds of errors, of which the first say enough.
  private static let shownDiagnostics = 8

  /// Runs a code and shows what it reports.
  ///
  /// - Parameters:
  ///   - file: where the code comes from, if not from the prompt.
  ///   - isSilent: whether nothing but errors is shown.
  func evaluate(_ code: String, file: String? = nil, isSilent: Bool = false) -> RunResult {
    let isLoaded = file != nil
    answers.begin(
      Answers.Options(
        showsAssignments: !isLoaded, isSilent: isSilent, pages: !isLoaded && code.isOneLine))
    let started = ProgressBar.now
    let outcome = whileRunning {
      checked.run(Array(code.utf8), file: file) { diagnostics, source, file in
        let renderer = DiagnosticRenderer(
          source: source, file: file ?? "input", colour: Messages.areColoured,
          width: Messages.width, typed: TypedInputs(current: "input"))
        Messages.write(
          renderer.render(Array(diagnostics.prefix(Self.shownDiagnostics))), from: .rendering)
        let rest = diagnostics.count - Self.shownDiagnostics
        if rest > 0 { Messages.write("… and \(rest) more\n") }
      }
    }
    let value = answers.end()
    lastDuration = ProgressBar.now - started
    report(outcome)
    if reportsTime { reportDuration() }
    return RunResult(code: code, outcome: outcome, value: value)
  }

  /// Runs the body, which Ctrl-C stops however soon it is pressed.
  func whileRunning<Result>(_ body: () -> Result) -> Result {
    TerminalModes.whileRunning {
      if prompt.takeInterrupt() { checked.interruption.raise() }
      screen.typed = prompt.takeTyped()
      defer { prompt.giveBack(screen.typed) }
      return body()
    }
  }

  private func report(_ outcome: RunResult.Outcome) {
    switch outcome {
    case .finished, .refused: break
    case .exited(let status): exitStatus = status
    case .cancelled: Messages.write("interrupted\n")
    case .failed(let failure):
      Messages.write(
        checked.session.message(
          failure, colour: Messages.areColoured, width: Messages.width),
        from: .rendering)
    }
  }

  func reportDuration() {
    guard let lastDuration else { return Messages.write("nothing has run yet\n") }
    Terminal.write("\(Self.duration(lastDuration))\n")
  }

  /// A time to three digits: `0.32 ms`, `14.1 ms`, `2.35 s`.
  static func duration(_ seconds: Double) -> String {
    let (number, unit) = seconds < 1 ? (seconds * 1_000, "ms") : (seconds, "s")
    let decimals = number >= 100 ? 0 : number >= 10 ? 1 : 2
    let scale = [1.0, 10, 100][decimals]
    let text = "\((number * scale).rounded() / scale)"
    return (decimals == 0 ? String(text.prefix { $0 != "." }) : text) + " \(unit)"
  }

  /// Shows the help of a name, or an overview.
  func reportHelp(_ name: String) {
    guard !name.isEmpty else { return show(help.overviewDocument) }
    if let command = PromptCommand.all.first(where: { ".\($0.name)" == name }) {
      return show(HelpDocument([.definitions([.init(command.usage, command.summary)])]))
    }
    // Names of the session hide others.
    if let function = checked.interface.help(onFunction: name) { return show(function) }
    if let value = checked.session.value(of: name) { return show(named(name, value)) }
    guard let document = help.document(on: name) else {
      // A member: what the editor says of it under the pointer.
      if let text = advisor.help(in: EditBuffer(name)) { return show(text) }
      if let found = help.search(name) { return show(found) }
      let near = help.nearest(to: name).map { "; did you mean `\($0)`?" } ?? ""
      return Messages.write("there is no help on `\(name)`\(near)\n")
    }
    show(document)
  }

  /// The type of a name of the session, and its value in one line.
  private func named(_ name: String, _ value: Value) -> String {
    "  \(name): \(value.type)\n  \(environment.context.display.line(value))"
  }

  /// Shows the statements that a name of the session comes from, or the help of another name.
  private func reportSource(_ name: String) {
    guard checked.session.variables.contains(where: { $0.name == name }) else {
      return reportHelp(name)
    }
    let text = checked.session.script(for: [name], workingFolder: Self.workingFolder)
    let comment = checked.interface.documentation(ofFunction: name)
    show(comment.split(separator: "\n").map { "# \($0)\n" }.joined() + text.trimmed)
  }

  func show(_ document: HelpDocument) { show(document.text(width: min(Terminal().width, 100))) }

  /// Shows text, in the pager where it is taller than the screen.
  public func show(_ text: String) {
    let terminal = Terminal()
    if Pager.isNeeded(for: text, on: terminal), Pager.show(text + "\n") { return }
    Terminal.write(text + "\n")
  }

  /// Begins with an empty session.
  func reset() {
    checked.reset()
    refreshKnowledge()
  }

  /// Adds commands to the prompt's own, in the place of those added before.
  func addCommands(_ more: [PromptCommand]) { advisor.commands = more + PromptCommand.all }

  // MARK: - What the next input may know

  func refreshKnowledge() {
    advisor.following = checked.interface
    advisor.surroundings = surroundings
    advisor.forget()
  }

  private var surroundings: Surroundings {
    let session = checked.session
    let library = environment.library
    let display = environment.context.display
    return Surroundings(
      entries: environment.entries, columns: environment.columns,
      value: { name in
        session.value(of: name).map { value in
          Surroundings.KnownValue(
            type: value.type, columns: value.columnNames(library), display: display.line(value))
        }
      })
  }
}

extension String {
  fileprivate var isOneLine: Bool { !trimmed.contains { $0.isNewline || $0 == ";" } }
}
