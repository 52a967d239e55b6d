import Testing
import ThrSyntax

@Suite struct LineMapTests {
  @Test(arguments: [
    ("", 0, 1, 1), ("ab\ncd", 4, 2, 2), ("ab\r\ncd", 4, 2, 1), ("ab\rcd", 3, 2, 1),
    ("ab\n", 3, 2, 1), ("é€x", 5, 1, 3), ("e\u{301}x", 3, 1, 2), ("ab", 99, 1, 3),
  ])
  func findsPositions(_ text: String, _ offset: Int, _ line: Int, _ column: Int) {
    #expect(LineMap(Array(text.utf8)).position(at: offset) == Position(line: line, column: column))
  }

  @Test(arguments: [("ab", 1, 2), ("é€x", 5, 3), ("😀x", 4, 3), ("a\n😀x", 6, 3)])
  func countsUTF16(_ text: String, _ offset: Int, _ column: Int) {
    let map = LineMap(Array(text.utf8))
    let position = map.utf16Position(at: offset)
    #expect(position.column == column)
    #expect(map.offset(atUTF16: position) == offset)
  }

  @Test func staysInsideTheText() {
    let map = LineMap(Array("ab\n😀".utf8))
    #expect(map.offset(atUTF16: Position(line: 1, column: 99)) == 2)
    #expect(map.offset(atUTF16: Position(line: 2, column: 2)) == 3)
    #expect(map.offset(atUTF16: Position(line: 9, column: 1)) == 7)
    #expect(map.span(ofLine: 1) == Span(0, 2))
  }
}
