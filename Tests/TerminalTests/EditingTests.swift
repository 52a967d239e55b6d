import Foundation
import TestSupport
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
      screen.play(
        """
        | thr>
        > abs(1) + abs(2)
        | thr> abs(1) + abs(2)
        | 3
        | thr>
        type ab
        | thr> abs(1) + abs(2)
        press M-f
        """)
      screen.expect("a word is accepted") { $0.cursor.hasPrefix("8,") }
      screen.press("M-f")
      screen.expect("a second word is accepted") { $0.cursor.hasPrefix("10,") }
      screen.press("Right")
      screen.expect("all is accepted") { $0.cursor.hasPrefix("20,") }
      screen.play(
        """
        press Enter
        | thr> abs(1) + abs(2)
        | 3
        | thr>
        """)
    }

    @Test func completesInItsContext() throws {
      let screen = try Screen(width: 100)
      screen.play(
        """
        | thr>
        > data = synth(100, 0.9)
        ~ data = dataset of 100 rows
        type data.
        press Tab
        ~ prevalence
        type trai
        press Tab
        | thr> data.train
        press C-u
        type tune(scores([0.1, 0.9], [0, 1]), youd
        press Tab
        """)
      screen.expect("the metric is completed and the signature marks its parameter") {
        $0.lines.contains { $0.hasPrefix("thr> tune(scores([0.1, 0.9], [0, 1]), youden") }
          && $0.coloured.contains("metric: metric")
      }
      screen.play(
        """
        type , st
        press Tab Tab
        ~ youden, step=
        press C-c
        """)
      try screen.write("score,label\n0.1,0\n", to: "rows.csv")
      screen.play(
        """
        type read("ro
        press Tab
        ~ read("rows.csv
        """)
    }

    @Test func theMenuClosesAndEnterSubmits() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        type f1
        press C-a C-k
        type su
        press Tab
        ~ summary
        press Tab
        ~ thr> sum
        press C-u
        type su
        press Tab
        ~ summary
        """)
      screen.type(" ")
      screen.expect("a space closes the menu") { !$0.lines.contains { $0.contains("summary") } }
    }

    @Test func offersAFixForWhatIsWrong() throws {
      let screen = try Screen(width: 110)
      screen.play(
        """
        | thr>
        type x = 1 <> 2
        ~ error:
        ~ Alt-Enter
        press M-Enter
        | thr> x = 1 != 2
        """)
    }

    @Test func editsSeveralLines() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        > for i in [1, 2] {
        | thr> for i in [1, 2] {
        |  ...
        > i * 10
        type }
        |  ...   i * 10
        |  ... }
        press Up Home
        """)
      screen.type("1 + ")
      screen.expect(line: " ... 1 +   i * 10")
      screen.play(
        """
        press Down End Enter
        | 11
        | 21
        | thr>
        """)
    }

    @Test func alwaysBreaksTheLineAtAltEnter() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        type 1 + 1
        press M-Enter
        type 2 + 2
        | thr> 1 + 1
        |  ... 2 + 2
        press Enter
        | 2
        | 4
        | thr>
        """)
    }

    @Test func takesAPasteAsOneChange() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("1")
      screen.paste(" + 1\n7\n")
      screen.play(
        """
        | thr> 1 + 1
        |  ... 7
        press C-_
        | thr> 1
        press M-_
        press Enter
        | 2
        | 7
        | thr>
        """)
    }

    @Test func movesByCharactersAsReadersSeeThem() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("\"e\u{301}中\"")
      screen.play(
        """
        press Left Left Left
        type Z
        press Enter
        """)
      screen.expect(last: "Ze\u{301}中", "thr>")
    }

    @Test func putsBackWhatWasCut() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        type 100 + 20
        press C-w C-u C-y C-y
        | thr> 100 + 20100 + 20
        """)
    }

    @Test func knowsTheKeysOfVi() throws {
      let screen = try Screen.withViKeys(and: "bind \"^T\" thr-undo\n")
      screen.type("10 + 10")
      screen.press("Escape")
      usleep(200_000)
      screen.play(
        """
        type 0x
        | thr> 0 + 10
        type A1
        | thr> 0 + 101
        press Escape
        """)
      usleep(200_000)
      screen.play(
        """
        type 0f+d$
        | thr> 0
        type u$a
        | thr> 0 + 101
        """)
      // What `~/.editrc` binds holds, and so do the essentials.
      screen.play(
        """
        press C-t
        | thr> 0 + 10
        type 5 + su
        press Tab
        ~ summary
        press C-c
        | thr>
        """)
    }

    @Test func actsOnTheObjectsOfVi() throws {
      let screen = try Screen.withViKeys()
      screen.type("print(\"abc\", 1 + 2)")
      screen.press("Escape")
      usleep(200_000)
      screen.play(
        """
        type 0fadi"
        ~ thr> print("", 1 + 2)
        type P
        ~ thr> print("abc", 1 + 2)
        type $ci(7
        ~ thr> print(7)
        press Escape
        """)
      usleep(200_000)
      screen.play(
        """
        type dd
        | thr>
        """)
    }

    @Test func takesOneLineOfABlock() throws {
      let screen = try Screen.withViKeys()
      screen.paste("10\n20\n30")
      screen.press("Escape")
      usleep(200_000)
      screen.play(
        """
        type ggdd
        | thr> 20
        |  ... 30
        type p
        | thr> 20
        |  ... 10
        |  ... 30
        type Gdkp
        | thr> 20
        |  ... 10
        |  ... 30
        press Enter
        | 20
        | 10
        | 30
        | thr>
        """)
    }

    @Test func typesAfterTheEndOfAnEmptyLine() throws {
      let screen = try Screen.withViKeys()
      screen.press("Escape")
      usleep(200_000)
      screen.play(
        """
        type $i50 + 5
        | thr> 50 + 5
        press Enter
        | 55
        | thr>
        """)
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
      screen.play(
        """
        type 0..
        press Enter
        | 1
        | thr>
        """)
    }

    @Test func followsTheSizeOfTheWindow() throws {
      let screen = try Screen(width: 80)
      screen.expectPrompt()
      screen.type("1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12")
      screen.resize(width: 30, height: 20)
      screen.expect(last: "thr> 1 + 2 + 3 + 4 + 5 + 6 + 7", " + 8 + 9 + 10 + 11 + 12")
      screen.resize(width: 100, height: 20)
      screen.play(
        """
        | thr> 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12
        press Enter
        | 78
        | thr>
        """)
    }

    @Test func comesBackFromTheShell() throws {
      let screen = try Screen(command: "PS1='shell$ ' bash --norc --noprofile -i")
      screen.play(
        """
        | shell$
        > "$THR"
        | thr>
        """)
      screen.type("40 + ")
      screen.play(
        """
        | thr> 40 +
        press C-z
        ~ Stopped
        > fg
        | thr> 40 +
        > 2
        | 42
        | thr>
        """)
    }

    @Test(arguments: ["dumb", "tmux-256color"]) func readsPlainLines(terminal: String) throws {
      let isNarrow = terminal != "dumb"
      let screen = try Screen(width: isNarrow ? 15 : 80, environment: ["TERM": terminal])
      screen.play(
        """
        | thr>
        > [1,
        | thr> [1,
        |  ...
        > 2]
        | [1, 2]
        | thr>
        press C-d
        ~ left with
        """)
    }

    @Test func writesNoColoursOnRequest() throws {
      let screen = try Screen(environment: ["NO_COLOR": "1"])
      screen.play(
        """
        | thr>
        > x = synth(100, 0.9)
        ~ x = dataset of 100 rows
        type tune(stpe=3)
        ~ error:
        """)
      #expect(!screen.coloured.contains("\u{1B}["))
    }
  }
}

extension Screen {
  /// A prompt in a folder whose `.editrc` asks for the keys of vi.
  fileprivate static func withViKeys(
    width: Int = 80, height: Int = 24, and settings: String = ""
  ) throws -> Screen {
    let files = try TemporaryFolder()
    try ("bind -v\n" + settings).write(
      to: files.url.appending(path: ".editrc"), atomically: true, encoding: .utf8)
    let screen = try Screen(width: width, height: height, in: files)
    screen.expectPrompt()
    return screen
  }
}
