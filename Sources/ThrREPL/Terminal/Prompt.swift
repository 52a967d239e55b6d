import Glibc
import LibEdit
import TerminalOutput
import ThrModel

/// Reads one input after another at a terminal.
///
/// `LineEditor` holds the line, `Painter` shows it. libedit says which command a key stands for, and
/// carries out those that are its own, such as vi's, on a copy of the line that it is lent for each.
final class Prompt {
  enum Reading: Hashable, Sendable {
    case text(String)
    /// Ctrl-C; whether there was anything to give up.
    case cancelled(wasEmpty: Bool)
    /// Ctrl-D, or the terminal is gone.
    case end
  }

  private let advisor: any Advisor
  private let history: SessionHistory
  private let reader = KeyReader(descriptor: STDIN_FILENO)
  private var editline: Editline?
  private var painter: Painter
  private var terminal: Terminal
  private var editor: LineEditor
  private var advice = KnownAdvice()
  private var look: PromptLook
  private var pasted = ""
  private var reading: Reading?
  /// The line as libedit has it.
  private var lent = EditBuffer()
  /// Whether the screen may not show the line as it is.
  private var isStale = false
  private var search: HistorySearch?
  /// The lines that an operator of vi's took last, each with its line break; `nil` where it took
  /// something else.
  private var lines: String?
  /// Whether libedit is about to carry out an operator on what was found for it.
  private var isOperating = false

  init(advisor: any Advisor, history: SessionHistory) {
    self.advisor = advisor
    self.history = history
    terminal = Terminal()
    painter = Painter(
      width: terminal.width, height: terminal.height, isColoured: terminal.isColoured)
    look = PromptLook(isColoured: terminal.isColoured)
    editor = LineEditor(advisor: advisor, history: history)
    WindowSignal.listen()
  }

  /// Whether closing brackets and quotes are written by themselves.
  var closesBrackets = false

  /// Whether the keys are vi's.
  var usesViKeys: Bool {
    get { editline?.usesViKeys ?? false }
    set { editline?.usesViKeys = newValue }
  }

  /// Reads an input, at a terminal that can do less as a plain line.
  ///
  /// - Parameters:
  ///   - label: what stands before it, such as `thr> `.
  ///   - start: the text to begin with.
  func read(_ label: String = PromptLook.standardLabel, start: EditBuffer = EditBuffer()) -> Reading
  {
    terminal = Terminal()
    guard terminal.isCapable, let editline = usableEditline() else {
      return PlainPrompt(advisor: advisor).read(label)
    }
    history.refresh()
    painter = Painter(
      width: terminal.width, height: terminal.height, isColoured: terminal.isColoured)
    look = PromptLook(isColoured: terminal.isColoured, label: label)
    editor = LineEditor(advisor: advisor, history: history, kills: editor.killRing)
    editor.closesBrackets = closesBrackets
    advice = KnownAdvice()
    editor.set(start)
    reading = nil
    Terminal.steer("\u{1B}[?2004h")
    defer { Terminal.steer("\u{1B}[?2004l") }
    return edit(with: editline)
  }

  /// Reads one line of plain text, an answer to a question.
  func readLine(_ question: String) -> Reading {
    PlainPrompt(advisor: advisor).read(question, completesCode: false)
  }

  /// Carries out one command after another until one ends the line.
  private func edit(with editline: Editline) -> Reading {
    editline.begin()
    defer { editline.end() }
    lent = EditBuffer()
    paint()
    while true {
      if let reading { return reading }
      lend(to: editline)
      let step = editline.step()
      take(back: editline.line)
      switch step {
      case .end:
        Terminal.steer(painter.finish(frame))
        return .end
      case .command(let place): perform(EditCommand.all[place])
      case .operation(let operation): perform(operation, editline)
      case .edited: break
      }
      isStale = true
      // What one key stands for may be many commands: their end is what there is to show.
      if editline.hasReadKey, reading == nil { paint() }
    }
  }

  private func lend(to editline: Editline) {
    guard lent != editor.buffer else { return }
    editline.line = EditedLine(editor.buffer)
    lent = editor.buffer
  }

  /// What libedit's own commands have made of the line is one change of it.
  private func take(back line: EditedLine) {
    let old = lent
    lent = EditBuffer(line.text, cursor: line.cursor)
    if lent.count < old.count, !isOperating { lines = nil }
    isOperating = false
    editor.synchronize(lent)
  }

  /// Lets libedit carry out an operator on the part of the text that it means; lines that it took
  /// are put as lines.
  private func perform(_ operation: ViOperation, _ editline: Editline) {
    switch operation.action {
    case .putAfter, .putBefore:
      guard let lines else { return editline.put(operation.action, times: operation.count) }
      let text = String(repeating: lines, count: operation.count)
      editor.putLines(text, after: operation.action == .putAfter)
    case .change, .delete, .yank:
      guard let target = editor.buffer.target(of: operation) else { return }
      lines = target.lines
      isOperating = true
      editor.move(to: target.range.lowerBound)
      editline.carryOut(operation.action, onScalars: target.scalars)
    }
  }

  /// What was typed and not read yet, for a program that takes the screen.
  func takeTyped() -> [UInt8] { editline == nil ? [] : reader.takeBytes() }

  /// What such a program has left comes next.
  func giveBack(_ typed: [UInt8]) { reader.feed(typed) }

  /// Whether Ctrl-C was pressed after what was read last.
  func takeInterrupt() -> Bool { editline != nil && reader.takeInterrupt() }

  /// Shows an input as if it had been typed.
  func show(_ text: String, label: String = PromptLook.standardLabel) {
    let terminal = Terminal()
    let look = PromptLook(isColoured: terminal.isColoured, label: label)
    var painter = Painter(
      width: terminal.width, height: terminal.height, isColoured: terminal.isColoured)
    let buffer = EditBuffer(text)
    Terminal.steer(painter.finish(look.frame(showing: buffer, advisor.advice(on: buffer))))
  }

  /// libedit, made when it is first needed; `nil` where it cannot or must not edit.
  private func usableEditline() -> Editline? {
    if editline == nil {
      editline = Editline(
        commands: EditCommand.all.map(\.name),
        bindings: EditCommand.all.enumerated().map(DefaultKeys.init),
        nextKey: { [unowned self] in nextKey() })
    }
    return editline.flatMap { $0.isSwitchedOff ? nil : $0 }
  }

  // MARK: - Keys

  /// Waits for a key that libedit wants.
  private func nextKey() -> KeyPress? {
    while true {
      if isStale { paint() }
      switch reader.next() {
      case .end: return nil
      case .resized:
        resize()
        isStale = true
      case .press(.character("\u{1B}")) where editor.menu != nil && !reader.hasPending:
        editor.closeMenu()
        isStale = true
      case .press(.paste(let text)):
        pasted = text
        return .paste(text)
      case .press(let press): return press
      }
    }
  }

  private func perform(_ command: EditCommand) {
    editor.isBurst = reader.hasPending
    switch editor.perform(command) {
    case .none: break
    case .submit: finish(.text(editor.buffer.text))
    case .cancel: finish(.cancelled(wasEmpty: editor.buffer.isEmpty))
    case .end: finish(.end)
    case .editExternally: editExternally()
    case .help: showHelp()
    case .suspend: suspend()
    case .clearScreen:
      Terminal.steer("\u{1B}[H\u{1B}[2J")
      painter.forget()
    case .paste:
      editor.paste(pasted)
      pasted = ""
    case .search: if runSearch() { perform(.submit) }
    case .browseHistory: browseHistory()
    }
  }

  private func finish(_ reading: Reading) {
    // What helps while typing has no place in what stays on the screen.
    let final = look.frame(showing: editor.buffer, advice.on(editor.buffer, by: advisor))
    Terminal.steer(painter.finish(final))
    self.reading = reading
  }

  // MARK: - The screen

  /// Shows the line as it is now, unless more was typed already.
  ///
  /// What was typed comes first, with what was known of the text before; what is known of it now
  /// follows as soon as it is found.
  private func paint() {
    isStale = true
    guard !reader.hasPending else { return }
    let early = advice.carried(to: editor.buffer)
    Terminal.steer(painter.paint(frame(advice: early)))
    guard !reader.hasPending else { return }
    Terminal.steer(painter.paint(frame))
    isStale = false
    if !reader.hasPending { advisor.prepare() }
  }

  private var frame: ScreenFrame {
    if let search {
      let found = search.match.map { EditBuffer($0) } ?? editor.buffer
      return look.frame(of: search, showing: found, advice: advice.on(found, by: advisor))
    }
    return frame(advice: advice.on(editor.buffer, by: advisor))
  }

  private func frame(advice: Advice) -> ScreenFrame {
    look.frame(of: editor, advice: advice, width: terminal.width, height: terminal.height)
  }

  private func resize() {
    terminal = Terminal()
    Terminal.steer(painter.resize(width: terminal.width, height: terminal.height))
  }

  /// Gives the terminal back to the shell until `fg`.
  private func suspend() {
    Terminal.steer(painter.finish(frame) + "\u{1B}[?2004l")
    editline?.setRaw(false)
    kill(getpid(), SIGTSTP)
    editline?.setRaw(true)
    Terminal.steer("\u{1B}[?2004h")
    _ = WindowSignal.take()
    resize()
  }

  /// Lets the user edit the input in an editor of their own.
  private func editExternally() {
    Terminal.steer(painter.erase() + "\u{1B}[?2004l")
    editline?.setRaw(false)
    let text = ExternalEditor.edit(editor.buffer.text)
    editline?.setRaw(true)
    Terminal.steer("\u{1B}[?2004h")
    if let text { editor.set(EditBuffer(text)) }
  }

  /// Shows help above the input, which goes on below it.
  private func showHelp() {
    guard let help = advisor.help(in: editor.buffer) else { return }
    Terminal.steer(painter.erase())
    Terminal.steer(
      help.split(separator: "\n", omittingEmptySubsequences: false)
        .map { TerminalText.escaped(String($0)) + "\r\n" }.joined())
  }

  // MARK: - Searching the history

  /// Lets the user choose an entry on the whole screen; it becomes the input.
  private func browseHistory() {
    Terminal.steer(painter.erase() + "\u{1B}[?2004l")
    let picker = HistoryPicker(history.complete(), query: editor.buffer.text)
    let ending = TerminalModes.onScreen { ScreenHost.run(picker, reader) }
    Terminal.steer("\u{1B}[?2004h")
    resize()
    guard ending.reaction == .accept, let entry = ending.program.statement(naming: { _ in nil })
    else { return }
    editor.set(EditBuffer(entry))
  }

  /// Lets the user search; true where the match is to be run at once.
  private func runSearch() -> Bool {
    var search = HistorySearch(history.complete())
    defer { self.search = nil }
    while true {
      self.search = search
      if !reader.hasPending { Terminal.steer(painter.paint(frame)) }
      switch reader.next() {
      case .resized: resize()
      case .end: return false
      case .press(let press):
        let reaction = search.take(press)
        if reaction == .goOn { continue }
        if reaction == .acceptAndUse { reader.pushBack(press) }
        if reaction != .giveUp, let match = search.match { editor.set(EditBuffer(match)) }
        return reaction == .submit
      }
    }
  }
}

/// The advice on the text that is on show; asked for once for each text and place of the cursor.
private struct KnownAdvice {
  private var buffer = EditBuffer()
  private var advice: Advice?

  mutating func on(_ buffer: EditBuffer, by advisor: any Advisor) -> Advice {
    if let advice, buffer == self.buffer { return advice }
    let advice = advisor.advice(on: buffer)
    (self.advice, self.buffer) = (advice, buffer)
    return advice
  }

  /// What was known of the last text, as far as it still fits.
  func carried(to buffer: EditBuffer) -> Advice {
    advice?.carried(from: self.buffer, to: buffer) ?? Advice()
  }
}

extension EditedLine {
  fileprivate init(_ buffer: EditBuffer) { self.init(buffer.text, cursor: buffer.cursor) }
}

extension DefaultKeys {
  fileprivate init(_ place: Int, _ command: EditCommand) {
    self.init(
      place, command.chords, viChords: command.viChords, isEssential: command.isEssential)
  }
}
