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
