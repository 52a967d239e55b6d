/// An input under edit: what each command does to it.
///
/// Knows neither terminal nor libedit.
struct LineEditor {
  /// What is left to do for the owner of the terminal.
  enum Reaction: Hashable, Sendable {
    case none
    case submit
    case cancel
    case end
    case suspend
    case clearScreen
    case paste
    case search
    case browseHistory
    case help
    case editExternally
  }

  var buffer: EditBuffer
  private(set) var menu: CompletionMenu?
  private var undoHistory = UndoHistory()
  private var kills: KillRing
  private var walk: HistoryWalk?
  private var goalColumn: Int?
  private var yanked: Range<Int>?
  private var last: EditCommand.Traits = []

  private let advisor: any Advisor
  private let history: SessionHistory
  /// Whether closing brackets and quotes are written as the opening ones are typed.
  var closesBrackets = false
  /// Whether more was typed already than was read: text that is sent without the marks of a paste
  /// brings its own indentation.
  var isBurst = false
  /// What the last command could not do, in a few words.
  private(set) var notice: String?

  /// - Parameter kills: what was cut in earlier inputs.
  init(
    _ buffer: EditBuffer = EditBuffer(), advisor: any Advisor, history: SessionHistory,
    kills: KillRing = KillRing()
  ) {
    self.buffer = buffer
    self.advisor = advisor
    self.history = history
    self.kills = kills
  }

  /// What was cut, for the next input.
  var killRing: KillRing { kills }

  /// What the newest entry that begins like the input goes on with; only at its end.
  var ghost: String {
    guard buffer.isAtEnd, menu == nil, walk == nil else { return "" }
    return history.entries.suggestion(for: buffer.text) ?? ""
  }

  // MARK: - Changes from outside

  /// Takes over what libedit did: typed characters, and vi's own commands.
  mutating func synchronize(_ new: EditBuffer) {
    guard new != buffer else { return }
    let old = buffer
    buffer = new
    notice = nil
    undoHistory.note(old, became: new)
    last = []
    goalColumn = nil
    yanked = nil
    guard old.text != new.text else { return menu = nil }
    if buffer.closesBlock(after: old) { outdent() }
    if closesBrackets, let closed = BracketPairs.adjusted(old, buffer) { buffer = closed }
    walk = nil
    if menu != nil { refilterMenu() }
  }

  /// Replaces the input, as one change.
  mutating func set(_ new: EditBuffer) {
    undoHistory.note(buffer, became: new)
    buffer = new
    menu = nil
    walk = nil
    goalColumn = nil
    yanked = nil
    last = []
  }

  /// Inserts pasted text, as one change.
  mutating func paste(_ text: String) {
    var text = (buffer.isEmpty ? PastedTranscript.inputs(text) : text)[...]
    // The line break at the end of what was copied would only put the cursor on an empty line.
    if buffer.isAtEnd { while text.last == "\n" { text.removeLast() } }
    var new = buffer
    new.insert(String(text))
    set(new)
    undoHistory.endStep()
  }

  mutating func closeMenu() { menu = nil }

  /// Moves, as libedit's own movements do.
  mutating func move(to place: Int) {
    var moved = buffer
    moved.move(to: place)
    synchronize(moved)
  }

  /// Puts whole lines below or above the cursor's, as one change.
  mutating func putLines(_ lines: String, after: Bool) {
    var new = buffer
    new.putLines(lines, after: after)
    set(new)
  }

  /// A closing bracket stands where the line of its opener begins.
  private mutating func outdent() {
    let start = buffer.lineStart
    let margin = buffer.cursor - 1 - start
    let indent = min(buffer.indentOfOpener ?? max(0, margin - 2), margin)
    buffer.move(to: buffer.cursor - 1)
    buffer.remove(start + indent..<buffer.cursor)
    buffer.move(to: buffer.nextCharacter)
  }

  private mutating func refilterMenu() {
    guard let open = menu else { return }
    let list = advisor.completions(in: buffer)
    let goesOn =
      list.range.lowerBound == open.list.range.lowerBound && !list.range.isEmpty
      && !list.items.isEmpty
    menu = goesOn ? CompletionMenu(list, in: buffer) : nil
  }

  // MARK: - Commands

  mutating func perform(_ command: EditCommand) -> Reaction {
    let old = buffer
    notice = nil
    if !command.traits.contains(.keepsMenu) { menu = nil }
    let reaction = command.act(&self)
    if !command.traits.contains(.undoes) { undoHistory.note(old, became: buffer) }
    if !command.traits.contains(.walks) { walk = nil }
    if !command.traits.contains(.movesVertically) { goalColumn = nil }
    if !command.traits.contains(.yanks) { yanked = nil }
    last = command.traits
    return reaction
  }

  // MARK: - Lines

  mutating func submit() -> Reaction {
    // A choice from the menu is taken, and the input goes on.
    let hasChosen = menu?.selection != nil
    menu = nil
    if hasChosen { return .none }
    guard advisor.isIncomplete(buffer.text) else { return .submit }
    breakLine()
    return .none
  }

  mutating func applyFixOrBreakLine() {
    guard let fix = advisor.advice(on: buffer).fix else { return breakLine() }
    buffer.replace(fix.range, with: fix.replacement)
  }

  private mutating func breakLine() {
    if isBurst { return buffer.insert("\n") }
    var indentation = buffer.indentation
    // What an open bracket holds stands further in.
    if let last = buffer.beforeCursor.last(where: { $0 != " " }), "([{".contains(last) {
      indentation += "  "
    }
    buffer.insert("\n" + indentation)
  }

  mutating func goUp() {
    if menu != nil { return step(-1) }
    if walk == nil {
      let column = goalColumn ?? buffer.column
      goalColumn = column
      if buffer.moveUp(to: column) { return }
    }
    older()
  }

  mutating func goDown() {
    if menu != nil { return step(1) }
    if walk == nil {
      let column = goalColumn ?? buffer.column
      goalColumn = column
      if buffer.moveDown(to: column) { return }
    }
    newer()
  }

  // MARK: - History

  mutating func older() {
    var walk = walk ?? HistoryWalk(from: buffer)
    var entry = walk.older(in: history.entries)
    if entry == nil {
      let known = history.entries.count
      let more = history.complete().count - known
      if more > 0 {
        walk.shift(by: more)
        entry = walk.older(in: history.entries)
      }
    }
    if let entry {
      buffer = entry
    } else if history.entries.count > 0 {
      notice = "no older entry begins like this; Ctrl-R searches anywhere in the text"
    }
    self.walk = walk
  }

  mutating func newer() {
    guard let entry = walk?.newer(in: history.entries) else { return walk = nil }
    buffer = entry
  }

  /// Takes a part of the suggestion over; moves where there is none.
  mutating func accept(_ suggestion: Substring, orMoveTo place: KeyPath<EditBuffer, Int>) {
    guard suggestion.isEmpty else { return buffer.insert(String(suggestion)) }
    buffer.move(to: buffer[keyPath: place])
  }

  // MARK: - Cutting and putting back

  mutating func delete(to end: Int) { buffer.remove(buffer.cursor..<end) }

  mutating func deleteBackwards() {
    let old = buffer
    buffer.remove(buffer.previousCharacter..<buffer.cursor)
    if closesBrackets, let closed = BracketPairs.adjusted(old, buffer) { buffer = closed }
  }

  mutating func endOrDelete() -> Reaction {
    if buffer.isEmpty { return .end }
    delete(to: buffer.nextCharacter)
    return .none
  }

  /// At the end of a line, its line break.
  mutating func cutToLineEnd() {
    let isAtLineEnd = buffer.cursor == buffer.lineEnd
    cut(buffer.cursor..<(isAtLineEnd ? buffer.nextCharacter : buffer.lineEnd), .forward)
  }

  mutating func undo() { if let old = undoHistory.undo(buffer) { buffer = old } }

  mutating func redo() { if let next = undoHistory.redo(buffer) { buffer = next } }

  mutating func cut(_ range: Range<Int>, _ direction: KillRing.Direction) {
    guard !range.isEmpty else { return }
    kills.keep(buffer.remove(range), direction, joining: last.contains(.cuts))
  }

  mutating func yank() {
    guard let text = kills.latest else { return }
    kills.rewind()
    put(text, in: buffer.cursor..<buffer.cursor)
  }

  mutating func yankEarlier() {
    guard let yanked, let text = kills.earlier() else { return }
    put(text, in: yanked)
  }

  private mutating func put(_ text: String, in range: Range<Int>) {
    buffer.replace(range, with: text)
    yanked = range.lowerBound..<buffer.cursor
  }

  // MARK: - Completion

  mutating func complete() {
    if let open = menu, open.list.items.count > 1 { return step(1) }
    menu = nil
    if buffer.isInMargin { return buffer.insert("  ") }
    var list = advisor.completions(in: buffer)
    if list.items.count == 1 { return buffer.replace(list.range, with: list.items[0].insertion) }
    guard !list.items.isEmpty else { return }
    let typed = buffer.text[
      buffer.index(list.range.lowerBound)..<buffer.index(list.range.upperBound)]
    let prefix = list.commonPrefix
    if prefix.utf8.count > typed.utf8.count, prefix.beginsExactly(with: String(typed)) {
      buffer.replace(list.range, with: prefix)
      list = advisor.completions(in: buffer)
    }
    menu = CompletionMenu(list, in: buffer)
    if menu?.list.items.isEmpty ?? true { menu = nil }
  }

  mutating func step(_ direction: Int) {
    guard var open = menu else { return }
    open.step(direction)
    menu = open
    buffer = open.result
  }
}

extension EditBuffer {
  /// Whether all that was done is to type a closing bracket at the start of an indented line.
  fileprivate func closesBlock(after old: EditBuffer) -> Bool {
    guard count == old.count + 1, cursor == old.cursor + 1, old.isInMargin,
      old.lineStart + 2 <= old.cursor, let typed = beforeCursor.last
    else { return false }
    return ")]}".contains(typed)
  }

  /// The spaces before the line of the bracket that the one before the cursor closes.
  fileprivate var indentOfOpener: Int? {
    let before = beforeCursor
    var depth = 0
    for place in before.indices.reversed() {
      if ")]}".contains(before[place]) { depth += 1 }
      guard "([{".contains(before[place]) else { continue }
      depth -= 1
      guard depth == 0 else { continue }
      let line = before[..<place].split(separator: "\n", omittingEmptySubsequences: false).last
      return line?.prefix { $0 == " " }.count
    }
    return nil
  }

  /// Whether only spaces stand before the cursor on a line that is not the first.
  fileprivate var isInMargin: Bool {
    lineStart > 0 && text[index(lineStart)..<index(cursor)].allSatisfy { $0 == " " }
  }
}
