import Glibc
import LibEdit
import TerminalOutput

/// Reads one input after another at a terminal, edited as `LineEditor` says, painted as `Painter`
/// says, its keys those that libedit knows.
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
  /// Whether libedit's line has changed since the editor saw it last.
  private var start: EditBuffer?
  private var search: HistorySearch?

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
    advice = KnownAdvice()
    self.start = start.isEmpty ? nil : start
    reading = nil
    Terminal.steer("\u{1B}[?2004h")
    defer { Terminal.steer("\u{1B}[?2004l") }
    guard editline.readLine(), let reading else {
      Terminal.steer(painter.finish(frame))
      return .end
    }
    return reading
  }

  /// Whether Ctrl-C was pressed behind what was read last.
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
        commands: EditCommand.allCases.map(\.name), bindings: KeyBinding.all.map(Binding.init),
        nextKey: { [unowned self] in nextKey() },
        perform: { [unowned self] in perform(EditCommand.allCases[$0]) })
    }
    return editline.flatMap { $0.isSwitchedOff ? nil : $0 }
  }

  // MARK: - Keys

  /// Shows the input as it is now, unless more was typed already, and waits for a key.
  ///
  /// What was typed comes first, with what was known of the text before; what is known of it now
  /// follows as soon as it is found.
  private func nextKey() -> KeyPress? {
    if let start {
      self.start = nil
      editor.set(start)
      editline?.line = EditedLine(start)
    }
    while true {
      if !reader.hasPending { echo() }
      if !reader.hasPending { show() }
      if !reader.hasPending { advisor.prepare() }
      switch reader.next() {
      case .end: return nil
      case .resized: resize()
      case .press(.character("\u{1B}")) where editor.menu != nil && !reader.hasPending:
        editor.closeMenu()
      case .press(.paste(let text)):
        pasted = text
        return .paste(text)
      case .press(let press): return press
      }
    }
  }

  private func synchronize() {
    guard let line = editline?.line else { return }
    let buffer = EditBuffer(line.text, cursor: line.cursor)
    editor.synchronize(buffer)
    // The editor may have put the line right.
    if editor.buffer != buffer { editline?.line = EditedLine(editor.buffer) }
  }

  private func perform(_ command: EditCommand) -> Editline.Answer {
    synchronize()
    let reaction = editor.perform(command)
    switch reaction {
    case .none: break
    case .submit: return finish(.text(editor.buffer.text))
    case .cancel:
      let wasEmpty = editor.buffer.isEmpty
      return finish(.cancelled(wasEmpty: wasEmpty))
    case .end: return finish(.end)
    case .editExternally: editExternally()
    case .help: showHelp()
    case .suspend: suspend()
    case .clearScreen:
      Terminal.steer("\u{1B}[H\u{1B}[2J")
      painter.forget()
    case .paste:
      editor.paste(pasted)
      pasted = ""
    case .search:
      let isToRun = runSearch()
      editline?.line = EditedLine(editor.buffer)
      if isToRun { return perform(.submit) }
    }
    editline?.line = EditedLine(editor.buffer)
    return .goOn
  }

  private func finish(_ reading: Reading) -> Editline.Answer {
    // What helps while typing has no place in what is left behind.
    let final = look.frame(showing: editor.buffer, advice.on(editor.buffer, by: advisor))
    Terminal.steer(painter.finish(final))
    return end(reading)
  }

  private func end(_ reading: Reading) -> Editline.Answer {
    self.reading = reading
    return .endLine
  }

  // MARK: - The screen

  private func echo() {
    synchronize()
    let early = advice.carried(to: editor.buffer)
    Terminal.steer(painter.paint(frame(advice: early)))
  }

  private func show() {
    Terminal.steer(painter.paint(frame))
  }

  private var frame: Frame {
    if let search {
      let found = search.match.map { EditBuffer($0) } ?? editor.buffer
      return look.frame(of: search, showing: found, advice: advice.on(found, by: advisor))
    }
    return frame(advice: advice.on(editor.buffer, by: advisor))
  }

  private func frame(advice: Advice) -> Frame {
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

  /// Lets the user search; true where the match is to be run at once.
  private func runSearch() -> Bool {
    var search = HistorySearch(history.entries)
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

extension Binding {
  fileprivate init(_ key: KeyBinding) {
    self.init(
      EditCommand.allCases.firstIndex(of: key.command) ?? 0, key.chords, viChords: key.viChords,
      isEssential: key.isEssential)
  }
}
