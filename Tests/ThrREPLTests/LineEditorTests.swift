import TestSupport
import Testing

@testable import ThrREPL

@Suite struct LineEditorTests {
  /// Knows four words, and that brackets want to be closed.
  private final class ToyAdvisor: Advisor {
    func prepare() {}

    func advice(on buffer: EditBuffer) -> Advice {
      var advice = Advice()
      if buffer.text == "teh" { advice.fix = .init(title: "the", range: 0..<3, replacement: "the") }
      return advice
    }

    func completions(in buffer: EditBuffer) -> CompletionList {
      let word = buffer.beforeCursor.suffix(while: \.isWordPart)
      return CompletionList(
        range: (buffer.cursor - word.utf8.count)..<buffer.cursor,
        items: ["sum", "summary", "synth", "tune"].filter { $0.hasPrefix(word) }
          .map { CompletionList.Item($0) })
    }

    func isIncomplete(_ text: String) -> Bool {
      text.count { $0 == "(" || $0 == "{" } > text.count { $0 == ")" || $0 == "}" }
    }

    func help(in buffer: EditBuffer) -> String? { nil }
  }

  private func editor(_ text: String = "", history: [String] = []) -> LineEditor {
    let entries = SessionHistory(path: nil)
    history.forEach(entries.add)
    return LineEditor(EditBuffer(marked: text), advisor: ToyAdvisor(), history: entries)
  }

  @discardableResult
  private func perform(
    _ commands: EditCommand..., in editor: inout LineEditor
  ) -> LineEditor.Reaction {
    commands.reduce(.none) { _, command in editor.perform(command) }
  }

  private func type(_ text: String, into editor: inout LineEditor) {
    for character in text {
      var buffer = editor.buffer
      buffer.insert(String(character))
      editor.synchronize(buffer)
    }
  }

  @Test(arguments: [
    ("f(1)|", LineEditor.Reaction.submit, "f(1)|"), ("f(|1)", .submit, "f(|1)"),
    ("f(|", .none, "f(\n  |"), ("for x {\n  f(x)|", .none, "for x {\n  f(x)\n  |"),
  ])
  func submitsWhatIsComplete(before: String, reaction: LineEditor.Reaction, after: String) {
    var editor = editor(before)
    let answer = editor.perform(.submit)
    #expect(answer == reaction && editor.buffer.marked == after)
  }

  @Test func closesABlockWhereItsLineBegins() {
    var editor = editor("for x {|")
    perform(.submit, in: &editor)
    type("}", into: &editor)
    #expect(editor.buffer.marked == "for x {\n}|")
  }

  @Test(
    "A block of the user's own spaces is closed there, too",
    arguments: [
      ("for x {\n    y\n    |", "for x {\n    y\n}|"),
      ("for x {\n  if y {\n      z\n      |", "for x {\n  if y {\n      z\n  }|"),
      ("f(\n      [1]\n      |", "f(\n      [1]\n]|"),
    ])
  func closesAnIndentedBlock(before: String, after: String) {
    var editor = editor(before)
    type(after.contains("]|") ? "]" : "}", into: &editor)
    #expect(editor.buffer.marked == after)
  }

  @Test func appliesTheFixElseBreaksTheLine() {
    var editor = editor("teh|")
    perform(.newline, in: &editor)
    #expect(editor.buffer.marked == "the|")
    perform(.newline, in: &editor)
    #expect(editor.buffer.marked == "the\n|")
  }

  @Test func completesAsFarAsAllAgreeThenChooses() {
    var editor = editor("x + s|")
    perform(.complete, in: &editor)
    #expect(editor.menu?.list.items.count == 3 && editor.buffer.marked == "x + s|")
    type("u", into: &editor)
    #expect(editor.menu?.list.items.count == 2)
    perform(.complete, .complete, in: &editor)
    #expect(editor.buffer.marked == "x + summary|")
    perform(.complete, in: &editor)
    #expect(editor.buffer.marked == "x + su|")
    perform(.completeBackwards, in: &editor)
    #expect(editor.buffer.marked == "x + summary|")
    type(" ", into: &editor)
    #expect(editor.menu == nil && editor.buffer.marked == "x + summary |")
  }

  @Test func enterTakesWhatIsChosenThenRuns() {
    var editor = editor("x + s|")
    perform(.complete, .complete, in: &editor)
    let chosen = editor.buffer
    #expect(editor.perform(.submit) == .none)
    #expect(editor.menu == nil && editor.buffer == chosen)
    #expect(editor.perform(.submit) == .submit)
  }

  @Test func takesAWordBackAtATime() {
    var editor = editor()
    type("one two", into: &editor)
    perform(.undo, in: &editor)
    #expect(editor.buffer.text == "one ")
    perform(.undo, .undo, in: &editor)
    #expect(editor.buffer.text == "")
    perform(.redo, .redo, .redo, in: &editor)
    #expect(editor.buffer.text == "one two")
  }

  @Test func takesAPasteBackAsOne() {
    var editor = editor("a|")
    editor.paste("b c\nd\n\n")
    #expect(editor.buffer.marked == "ab c\nd|")
    type("e", into: &editor)
    perform(.undo, .undo, in: &editor)
    #expect(editor.buffer.text == "a")
  }

  @Test func gathersWhatIsCutInARow() {
    var editor = editor("one two three|")
    perform(.deleteWordBackwards, .deleteWordBackwards, in: &editor)
    #expect(editor.buffer.marked == "one |")
    perform(.lineStart, .deleteToLineEnd, .yank, in: &editor)
    #expect(editor.buffer.marked == "one |")
    perform(.yankEarlier, in: &editor)
    #expect(editor.buffer.marked == "two three|")
  }

  @Test func acceptsSuggestionsOnlyAtTheEnd() {
    var editor = editor("tune|", history: ["tune(m, f1)"])
    #expect(editor.ghost == "(m, f1)")
    perform(.wordRight, in: &editor)
    #expect(editor.buffer.marked == "tune(m|")
    perform(.left, .lineEnd, in: &editor)
    #expect(editor.buffer.marked == "tune(m|")
    perform(.right, in: &editor)
    #expect(editor.buffer.marked == "tune(m, f1)|" && editor.ghost == "")
  }

  @Test func walksThroughLinesBeforeTheHistory() {
    var editor = editor("a\nb|", history: ["old"])
    perform(.up, in: &editor)
    #expect(editor.buffer.marked == "a|\nb")
    var other = self.editor("", history: ["one", "two\nlines"])
    perform(.up, .up, in: &other)
    #expect(other.buffer.marked == "one|")
    perform(.down, .down, in: &other)
    #expect(other.buffer.marked == "|")
  }

  /// No command leaves the cursor inside a character, or undo with less than there was.
  @Test(arguments: 1...30) func holdsTogetherUnderAnyCommands(seed: UInt64) {
    var draws = Draws(seed: seed)
    var editor = editor("", history: ["sum(1)", "for x {\n  x\n}", "é中"])
    for _ in 0..<300 {
      if draws.below(3) == 0 {
        var buffer = editor.buffer
        buffer.insert(draws.text(upTo: 6))
        editor.synchronize(buffer)
      } else {
        _ = editor.perform(EditCommand.all[draws.below(EditCommand.all.count)])
      }
      let buffer = editor.buffer
      #expect(buffer.beforeCursor + buffer.afterCursor == buffer.text)
      #expect(EditBuffer(buffer.text, cursor: buffer.cursor).cursor == buffer.cursor)
    }
  }
}

extension Substring {
  fileprivate func suffix(while condition: (Character) -> Bool) -> Substring {
    let start = lastIndex { !condition($0) }.map(index(after:)) ?? startIndex
    return self[start...]
  }
}
