import Foundation
import Testing

extension TerminalTests {
  /// The second point: what was entered is there again, however a session ends.
  @Suite struct HistoryTests {
    @Test func walksThroughEntriesThatBeginAlike() throws {
      let screen = try Screen()
      screen.expectPrompt()
      for line in ["a = 1", "b = 2", "a = 3"] { screen.enter(line) }
      screen.play(
        """
        | a = 3
        | thr>
        type a
        press Up
        | thr> a = 3
        press Up
        | thr> a = 1
        press Down Down
        """)
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
      let second = try Screen(in: first.files)
      second.expectPrompt()
      second.press("Up")
      second.expect(last: "thr> for i in [1] {", " ...   i", " ... }")
    }

    @Test func searchesOverTheWholeScreen() throws {
      let screen = try Screen()
      screen.expectPrompt()
      for line in ["x = 10", "y = 20", "z = x + y"] { screen.enter(line) }
      screen.play(
        """
        | z = 30
        | thr>
        press M-r
        ~ > z = x + y
        type 10
        ~ > x = 10
        press Enter
        | thr> x = 10
        press C-c
        > .history x
        | 1  x = 10
        | 3  z = x + y
        | 4  .history x
        | thr>
        > .history 2
        | thr> y = 20
        """)
    }

    @Test func keepsWhatBeginsWithASpaceToItself() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("a = 1")
      screen.enter(" b = 2")
      screen.play(
        """
        | b = 2
        | thr>
        press Up
        | thr> a = 1
        """)
    }

    @Test func searches() throws {
      let screen = try Screen()
      screen.expectPrompt()
      for line in ["x = 10", "y = 20", "z = x + y"] { screen.enter(line) }
      screen.play(
        """
        | z = 30
        | thr>
        press C-r
        type x
        ~ thr> z = x + y
        press C-r
        ~ history: x
        """)
      screen.expect("the older match is shown, what was found marked") {
        $0.coloured.contains("7mx")
      }
      screen.play(
        """
        press Enter
        | thr> x = 10
        | x = 10
        | thr>
        """)
    }

    @Test func losesNothingWhenKilled() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        > kept = 1
        | kept = 1
        | thr>
        > for i in range(100000) { for j in range(100000) { k = j } }
        """)
      screen.expect("the history holds what runs") { _ in
        (try? screen.text(of: "thr/history").contains("range(100000)")) ?? false
      }
      Shell.kill(in: screen)
      let next = try Screen(in: screen.files)
      next.expectPrompt()
      next.press("Up")
      next.expect(line: "range(100000)")
      next.press("Up")
      next.expect(last: "thr> kept = 1")
    }

    /// Killed while it writes entry after entry, beside another that does the same.
    @Test(arguments: [20, 45, 90]) func tearsNothingWhenKilledWhileItWrites(entry: Int) throws {
      let long = String(repeating: "x", count: 300)
      let first = try Screen()
      let second = try Screen(in: first.files)
      first.expectPrompt()
      second.expectPrompt()
      for start in stride(from: 0, to: 120, by: 20) {
        for (name, screen) in [("a", first), ("b", second)] {
          let keys = (start..<(start + 20)).map { "\(name)\($0) = \($0) # \(long)\n" }
          screen.type(keys.joined())
        }
      }
      first.expect("the first session has come far enough") { screen in
        (try? screen.text(of: "thr/history").contains("a\(entry) =")) ?? false
      }
      Shell.kill(in: first)
      let lines = try first.text(of: "thr/history").split(separator: "\n")
      let entries = lines.map { String($0.split(separator: "\t").last ?? "") }
      for (name, screen) in [("a", first), ("b", second)] {
        let own = entries.filter { $0.hasPrefix(name) }
        #expect(own == own.indices.map { "\(name)\($0) = \($0) # \(long)" })
        // What was answered was written before.
        let answered = screen.lines.filter { $0.hasPrefix(name) && !$0.contains("#") }.count
        #expect(own.count >= answered)
      }
      #expect(entries.allSatisfy { $0.hasPrefix("a") || $0.hasPrefix("b") })
      let next = try Screen(in: first.files)
      next.expectPrompt()
      next.press("Up")
      next.expect("the newest entry is there") { screen in
        screen.lines.contains { $0.hasPrefix("thr> \(entries.last?.prefix(4) ?? "?")") }
      }
    }

    @Test func twoSessionsAtOnceKeepEachOthersEntries() throws {
      let first = try Screen()
      let second = try Screen(in: first.files)
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
