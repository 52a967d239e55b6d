import LibEdit
import Testing

@testable import ThrREPL

/// Texts with `|` where the cursor is.
@Suite struct EditBufferTests {
  @Test(arguments: [
    ("e\u{301}|x", "|e\u{301}x"), ("👨‍👩‍👧|", "|👨‍👩‍👧"), ("🇩🇪🇫🇷|", "🇩🇪|🇫🇷"), ("a\n|b", "a|\nb"),
    ("|a", "|a"),
  ])
  func movesByCharactersAsReadersSeeThem(before: String, after: String) {
    var buffer = EditBuffer(marked: before)
    buffer.move(to: buffer.previousCharacter)
    #expect(buffer.marked == after)
  }

  @Test(arguments: [
    ("tune(m, |data.val)", "tune(m, data|.val)"), ("a |", "a |"),
    ("x| + fbeta(2)", "x + fbeta|(2)"),
  ])
  func movesByWords(before: String, after: String) {
    var buffer = EditBuffer(marked: before)
    buffer.move(to: buffer.nextWordEnd)
    #expect(buffer.marked == after)
  }

  @Test(arguments: [
    ("tune(m, data.val)|", "tune(m, data.|val)"), ("  a  |", "  |a  "), ("|", "|"),
  ])
  func movesBackByWords(before: String, after: String) {
    var buffer = EditBuffer(marked: before)
    buffer.move(to: buffer.previousWordStart)
    #expect(buffer.marked == after)
  }

  private static let objects: [(String, String, Int, String?)] = [
    ("tune(s, f|1)", "iw", 1, "tune(s, _)"), ("tune(s, f|1)", "i(", 1, "tune(_)"),
    ("tune(s, f1|)", "i(", 1, "tune(_)"), ("tune(s, f1|)", "ab", 1, "tune_"),
    ("f(g(|1), 2)", "i(", 2, "f(_)"), ("f(|)", "i(", 1, "f(_)"), ("f|(1)", "i)", 1, "f(_)"),
    ("x = {a: |1}", "iB", 1, "x = {_}"), ("x = [1, |2]", "a[", 1, "x = _"),
    ("p(\"a \\\" |b\")", "i\"", 1, "p(\"_\")"), ("|p(\"ab\")", "a\"", 1, "p(_)"),
    ("|a + b", "aw", 1, "_+ b"), ("a + |b", "aw", 1, "a +_"), ("|a + b", "aw", 2, "_b"),
    ("a |+ b", "iw", 1, "a _ b"), ("a|  b", "iw", 1, "a_b"), ("|a.b + c", "iW", 1, "_ + c"),
    ("|中é = 1", "iw", 1, "_ = 1"), ("a|bc", "l", 2, "a_"), ("ab|c", "h", 9, "_c"),
    ("f(1|", "i(", 1, nil), ("f|", "i\"", 1, nil), ("|", "iw", 1, nil), ("a|", "ix", 1, nil),
  ]

  /// What Vim takes for the same keys, `_` in the place of what goes.
  @Test(arguments: objects)
  func findsWhatAnOperatorMeans(before: String, object: String, count: Int, after: String?) {
    let buffer = EditBuffer(marked: before)
    let target = buffer.target(of: ViOperation(.delete, count: count, object: object))
    #expect(target.map { buffer.replacing($0.range) } == after)
  }

  private static let lineObjects: [(String, ViOperation.Action, String, Int, String?, String?)] = [
    ("a\n  b|\nc", ViOperation.Action.delete, "d", 1, "a\n_c", "  b\n"),
    ("a\nb\nc|", .delete, "d", 1, "a\nb_", "c\n"), ("|a", .delete, "d", 1, "_", "a\n"),
    ("|a\nb\nc", .delete, "d", 2, "_c", "a\nb\n"), ("|a\nb", .delete, "d", 9, "_", "a\nb\n"),
    ("|a\nb\nc", .delete, "j", 1, "_c", "a\nb\n"), ("a\n|b\nc", .delete, "k", 1, "_c", "a\nb\n"),
    ("a\n|b\nc", .delete, "G", 1, "a_", "b\nc\n"), ("a\n|b\nc", .delete, "gg", 1, "_c", "a\nb\n"),
    ("a\n  b|\nc", .change, "c", 1, "a\n  _\nc", "  b\n"),
    ("a\n  b|\nc", .yank, "y", 1, "a\n_\nc", "  b\n"), ("|", .delete, "d", 1, nil, nil),
    ("|a", .delete, "j", 1, nil, nil), ("|a", .delete, "k", 1, nil, nil),
  ]

  @Test(arguments: lineObjects)
  func findsWhichLinesAnOperatorMeans(
    before: String, action: ViOperation.Action, object: String, count: Int, after: String?,
    lines: String?
  ) {
    let buffer = EditBuffer(marked: before)
    let target = buffer.target(of: ViOperation(action, count: count, object: object))
    #expect(target.map { buffer.replacing($0.range) } == after && target?.lines == lines)
  }

  @Test(arguments: [
    ("a|\nb", true, "a\n  |x\nb"), ("a|\nb", false, "  |x\na\nb"), ("a\nb|", true, "a\nb\n  |x"),
  ])
  func putsLinesBelowAndAbove(before: String, after: Bool, expected: String) {
    var buffer = EditBuffer(marked: before)
    buffer.putLines("  x\n", after: after)
    #expect(buffer.marked == expected)
  }

  @Test func movesBetweenLinesInColumnsOfTheTerminal() {
    var buffer = EditBuffer(marked: "中中x\nabcdef|")
    let wentUp = buffer.moveUp(to: buffer.column)
    #expect(wentUp)
    #expect(buffer.marked == "中中x|\nabcdef")
    let wentDown = buffer.moveDown(to: 3)
    #expect(wentDown && buffer.marked == "中中x\nabc|def")
    let wentOn = buffer.moveDown(to: 3)
    #expect(!wentOn)
  }

  @Test func aMarkThatJoinsTheCharacterBeforeItTakesTheCursorAlong() {
    var buffer = EditBuffer(marked: "e|x")
    buffer.insert("\u{301}")
    #expect(buffer.marked == "e\u{301}|x")
  }

  @Test(arguments: [("ab|", "ba|"), ("a|b", "ba|"), ("|ab", "|ab"), ("ab|\nc", "ba|\nc")])
  func exchangesCharacters(before: String, after: String) {
    var buffer = EditBuffer(marked: before)
    buffer.transposeCharacters()
    #expect(buffer.marked == after)
  }
}

extension EditBuffer {
  init(marked text: String) {
    let place = text.utf8.firstIndex(of: UInt8(ascii: "|"))
    let cursor = place.map { text.utf8.distance(from: text.utf8.startIndex, to: $0) }
    self.init(text.replacing("|", with: "", maxReplacements: 1), cursor: cursor)
  }

  var marked: String { beforeCursor + "|" + afterCursor }
}

extension EditBuffer {
  /// The text with `_` in the place of a part.
  fileprivate func replacing(_ range: Range<Int>) -> String {
    text[..<index(range.lowerBound)] + "_" + text[index(range.upperBound)...]
  }
}
