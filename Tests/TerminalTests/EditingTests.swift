import Foundation
import Testing

extension TerminalTests {
  /// The first point: what a line under edit shows and what keys do to it.
  @Suite struct EditingTests {
    @Test func coloursWhatIsTyped() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("x = synth(100, 0.9)")
      screen.expect("functions and numbers have colours") {
        $0.coloured.contains("[34msynth") && $0.coloured.contains("[36m100")
      }
    }

    @Test func suggestsFromTheHistory() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("abs(1) + abs(2)")
      screen.expect(last: "thr> abs(1) + abs(2)", "3", "thr>")
      screen.type("ab")
      screen.expect(last: "thr> abs(1) + abs(2)")
      screen.press("M-f")
      screen.expect("a word is accepted") { $0.cursor.hasPrefix("8,") }
      screen.press("M-f")
      screen.expect("a second word is accepted") { $0.cursor.hasPrefix("10,") }
      screen.press("Right")
      screen.expect("all is accepted") { $0.cursor.hasPrefix("20,") }
      screen.press("Enter")
      screen.expect(last: "thr> abs(1) + abs(2)", "3", "thr>")
    }

    @Test func completesInItsContext() throws {
      let screen = try Screen(width: 100)
      screen.expectPrompt()
      screen.enter("data = synth(100, 0.9)")
      screen.expect(line: "data = dataset of 100 rows")
      screen.type("data.")
      screen.press("Tab")
      screen.expect(line: "prevalence")
      screen.type("trai")
      screen.press("Tab")
      screen.expect(last: "thr> data.train")
      screen.press("C-u")
      screen.type("tune(scores([0.1, 0.9], [0, 1]), youd")
      screen.press("Tab")
      screen.expect("the metric is completed and the signature marks its parameter") {
        $0.lines.contains { $0.hasPrefix("thr> tune(scores([0.1, 0.9], [0, 1]), youden") }
          && $0.coloured.contains("metric: metric")
      }
      screen.type(", st")
      screen.press("Tab", "Tab")
      screen.expect(line: "youden, step=")
      screen.press("C-c")
      try screen.write("score,label\n0.1,0\n", to: "rows.csv")
      screen.type("read(\"ro")
      screen.press("Tab")
      screen.expect(line: "read(\"rows.csv")
    }

    @Test func theMenuClosesAndEnterSubmits() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("f1")
      screen.press("C-a", "C-k")
      screen.type("su")
      screen.press("Tab")
      screen.expect(line: "summary")
      screen.press("Tab")
      screen.expect(line: "thr> sum")
      screen.press("C-u")
      screen.type("su")
      screen.press("Tab")
      screen.expect(line: "summary")
      screen.type(" ")
      screen.expect("a space closes the menu") { !$0.lines.contains { $0.contains("summary") } }
    }

    @Test func offersAFixForWhatIsWrong() throws {
      let screen = try Screen(width: 110)
      screen.expectPrompt()
      screen.type("x = 1 <> 2")
      screen.expect(line: "error:")
      screen.expect(line: "Alt-Enter")
      screen.press("M-Enter")
      screen.expect(last: "thr> x = 1 != 2")
    }

    @Test func editsSeveralLines() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("for i in [1, 2] {")
      screen.expect(last: "thr> for i in [1, 2] {", " ...")
      screen.enter("i * 10")
      screen.type("}")
      screen.expect(last: " ...   i * 10", " ... }")
      screen.press("Up", "Home")
      screen.type("1 + ")
      screen.expect(line: " ... 1 +   i * 10")
      screen.press("Down", "End", "Enter")
      screen.expect(last: "11", "21", "thr>")
    }

    @Test func alwaysBreaksTheLineAtAltEnter() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("1 + 1")
      screen.press("M-Enter")
      screen.type("2 + 2")
      screen.expect(last: "thr> 1 + 1", " ... 2 + 2")
      screen.press("Enter")
      screen.expect(last: "2", "4", "thr>")
    }

    @Test func takesAPasteAsOneChange() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("1")
      screen.paste(" + 1\n7\n")
      screen.expect(last: "thr> 1 + 1", " ... 7")
      screen.press("C-_")
      screen.expect(last: "thr> 1")
      screen.press("M-_")
      screen.press("Enter")
      screen.expect(last: "2", "7", "thr>")
    }

    @Test func movesByCharactersAsReadersSeeThem() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("\"e\u{301}中\"")
      screen.press("Left", "Left", "Left")
      screen.type("Z")
      screen.press("Enter")
      screen.expect(last: "Ze\u{301}中", "thr>")
    }

    @Test func putsBackWhatWasCut() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("100 + 20")
      screen.press("C-w", "C-u", "C-y", "C-y")
      screen.expect(last: "thr> 100 + 20100 + 20")
    }

    @Test func knowsTheKeysOfVi() throws {
      let screen = try Screen.withViKeys(and: "bind \"^T\" thr-undo\n")
      screen.type("10 + 10")
      screen.press("Escape")
      usleep(200_000)
      screen.type("0x")
      screen.expect(last: "thr> 0 + 10")
      screen.type("A1")
      screen.expect(last: "thr> 0 + 101")
      screen.press("Escape")
      usleep(200_000)
      screen.type("0f+d$")
      screen.expect(last: "thr> 0")
      screen.type("u$a")
      screen.expect(last: "thr> 0 + 101")
      // What `~/.editrc` binds holds, and so do the essentials.
      screen.press("C-t")
      screen.expect(last: "thr> 0 + 10")
      screen.type("5 + su")
      screen.press("Tab")
      screen.expect(line: "summary")
      screen.press("C-c")
      screen.expectPrompt()
    }

    @Test func typesBehindTheEndOfAnEmptyLine() throws {
      let screen = try Screen.withViKeys()
      screen.press("Escape")
      usleep(200_000)
      screen.type("$i50 + 5")
      screen.expect(last: "thr> 50 + 5")
      screen.press("Enter")
      screen.expect(last: "55", "thr>")
    }

    @Test func repeatsInATextTallerThanTheWindow() throws {
      let screen = try Screen.withViKeys(width: 40, height: 8)
      screen.paste(String(repeating: "1\n", count: 30))
      let comment = "#" + String(repeating: "中", count: 150)
      screen.type(comment)
      screen.press("Escape")
      usleep(200_000)
      screen.type("A" + comment)
      screen.press("Escape")
      usleep(200_000)
      screen.type("0..")
      screen.press("Enter")
      screen.expect(last: "1", "thr>")
    }

    @Test func followsTheSizeOfTheWindow() throws {
      let screen = try Screen(width: 80)
      screen.expectPrompt()
      screen.type("1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12")
      screen.resize(width: 30, height: 20)
      screen.expect(last: "thr> 1 + 2 + 3 + 4 + 5 + 6 + 7", " + 8 + 9 + 10 + 11 + 12")
      screen.resize(width: 100, height: 20)
      screen.expect(last: "thr> 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12")
      screen.press("Enter")
      screen.expect(last: "78", "thr>")
    }

    @Test func comesBackFromTheShell() throws {
      let screen = try Screen(command: "PS1='shell$ ' bash --norc --noprofile -i")
      screen.expect(last: "shell$")
      screen.enter("\"$THR\"")
      screen.expectPrompt()
      screen.type("40 + ")
      screen.expect(last: "thr> 40 +")
      screen.press("C-z")
      screen.expect(line: "Stopped")
      screen.enter("fg")
      screen.expect(last: "thr> 40 +")
      screen.enter("2")
      screen.expect(last: "42", "thr>")
    }

    @Test(arguments: ["dumb", "tmux-256color"]) func readsPlainLines(terminal: String) throws {
      let isNarrow = terminal != "dumb"
      let screen = try Screen(width: isNarrow ? 15 : 80, environment: ["TERM": terminal])
      screen.expectPrompt()
      screen.enter("[1,")
      screen.expect(last: "thr> [1,", " ...")
      screen.enter("2]")
      screen.expect(last: "[1, 2]", "thr>")
      screen.press("C-d")
      screen.expect(line: "left with")
    }

    @Test func sparesColoursWhoeverWantsNone() throws {
      let screen = try Screen(environment: ["NO_COLOR": "1"])
      screen.expectPrompt()
      screen.enter("x = synth(100, 0.9)")
      screen.expect(line: "x = dataset of 100 rows")
      screen.type("tune(stpe=3)")
      screen.expect(line: "error:")
      #expect(!screen.coloured.contains("\u{1B}["))
    }
  }
}

extension Screen {
  /// A prompt in a folder whose `.editrc` asks for the keys of vi.
  fileprivate static func withViKeys(
    width: Int = 80, height: Int = 24, and settings: String = ""
  ) throws -> Screen {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try ("bind -v\n" + settings).write(
      to: folder.appending(path: ".editrc"), atomically: true, encoding: .utf8)
    let screen = try Screen(width: width, height: height, in: folder)
    screen.expectPrompt()
    return screen
  }
}
