import Foundation
import Testing

extension TerminalTests {
  /// The second point: what was entered is there again, whatever happens to a session.
  @Suite struct HistoryTests {
    @Test func walksThroughEntriesThatBeginAlike() throws {
      let screen = try Screen()
      screen.expectPrompt()
      for line in ["a = 1", "b = 2", "a = 3"] { screen.enter(line) }
      screen.expect(last: "a = 3", "thr>")
      screen.type("a")
      screen.press("Up")
      screen.expect(last: "thr> a = 3")
      screen.press("Up")
      screen.expect(last: "thr> a = 1")
      screen.press("Down", "Down")
      screen.expect("the beginning is back") { $0.cursor.hasPrefix("6,") }
    }

    @Test func recallsWholeBlocks() throws {
      let first = try Screen()
      first.expectPrompt()
      first.paste("for i in [1] {\n  i\n}")
      first.press("Enter")
      first.expect(last: "1", "thr>")
      first.press("C-d")
      first.expect(line: "left with 0")
      let second = try Screen(in: first.folder)
      second.expectPrompt()
      second.press("Up")
      second.expect(last: "thr> for i in [1] {", " ...   i", " ... }")
    }

    @Test func searches() throws {
      let screen = try Screen()
      screen.expectPrompt()
      for line in ["x = 10", "y = 20", "z = x + y"] { screen.enter(line) }
      screen.expect(last: "z = 30", "thr>")
      screen.press("C-r")
      screen.type("x")
      screen.expect(line: "thr> z = x + y")
      screen.press("C-r")
      screen.expect(line: "history: x")
      screen.expect("the older match is shown, what was found marked") {
        $0.coloured.contains("7mx")
      }
      screen.press("Enter")
      screen.expect(last: "thr> x = 10", "x = 10", "thr>")
    }

    @Test func losesNothingWhenKilled() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("kept = 1")
      screen.expect(last: "kept = 1", "thr>")
      screen.enter("for i in range(100000) { for j in range(100000) { k = j } }")
      screen.expect("the history holds what runs") { _ in
        (try? screen.text(of: "thr/history").contains("range(100000)")) ?? false
      }
      Shell.kill(in: screen)
      let next = try Screen(in: screen.folder)
      next.expectPrompt()
      next.press("Up")
      next.expect(line: "range(100000)")
      next.press("Up")
      next.expect(last: "thr> kept = 1")
    }

    @Test func twoSessionsAtOnceKeepEachOthersEntries() throws {
      let first = try Screen()
      let second = try Screen(in: first.folder)
      first.expectPrompt()
      second.expectPrompt()
      for number in 1...5 {
        first.enter("first = \(number)")
        second.enter("second = \(number)")
      }
      first.expect(last: "first = 5", "thr>")
      second.expect(last: "second = 5", "thr>")
      let lines = try first.text(of: "thr/history").split(separator: "\n")
      let entries = lines.compactMap { $0.split(separator: "\t").last.map(String.init) }
      #expect(
        Set(entries) == Set((1...5).flatMap { ["first = \($0)", "second = \($0)"] }))
      #expect(lines.count == 10)
      first.press("Up")
      first.expect(last: "thr> first = 5")
    }
  }
}
