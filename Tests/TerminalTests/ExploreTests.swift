import Testing

extension TerminalTests {
  /// `explore` and `.browse`, which take the whole screen.
  @Suite struct ExploreTests {
    private static let start = "s = scores([0.1, 0.4, 0.35, 0.8, 0.6], [0, 0, 1, 1, 1])"

    private func exploring(
      width: Int = 80, height: Int = 24, environment: [String: String] = [:]
    ) throws -> Screen {
      let screen = try Screen(width: width, height: height, environment: environment)
      screen.expectPrompt()
      screen.enter(Self.start)
      screen.expect(line: "s = scores of 5 rows")
      return screen
    }

    /// Of five scores: 0.35 flags 4 rows, of them 3 positive, and has the best F1.
    @Test func movesAndTakesTheThreshold() throws {
      let screen = try exploring()
      screen.play(
        """
        > explore(s)
        ~ threshold 0.35, flags 4 rows (80 %), best f1
        press Right
        ~ threshold 0.4, flags 3 rows (60 %)
        press Right
        ~ threshold 0.6, flags 2 rows (40 %)
        ~ plateau (0.4, 0.6], labelling 2 of 5
        press End
        ~ flag nothing, flags 0 rows (0 %)
        press Home
        ~ threshold 0.1, flags 5 rows (100 %)
        press m
        ~ best f1
        press m
        ~ best precision
        press S-Left
        ~ threshold 0.6, flags 2 rows (40 %)
        press c
        ~ precision-recall curve
        press Enter
        | thr> explore(s)
        | 0.6
        | thr>
        > evaluate(s, at=_).tp
        | 2
        | thr>
        """)
    }

    @Test func writesTheStatement() throws {
      let screen = try exploring()
      screen.play(
        """
        > t = explore(s)
        ~ best f1
        press s
        | thr> t = tune(s, f1)
        press Enter
        ~ t = tuning: threshold 0.35
        > explore(s)
        ~ best f1
        press Right s
        | thr> t = 0.4
        """)
    }

    @Test(arguments: ["q", "Escape", "C-c"]) func leaves(key: String) throws {
      let screen = try exploring()
      screen.enter("t = explore(s)")
      screen.expect(line: "best f1")
      screen.press(key)
      screen.expect(last: "thr> t = explore(s)", "t = none", "thr>")
      // The terminal is as it was: a line is edited, and Ctrl-C is for the prompt again.
      screen.play(
        """
        type 1 + 2
        press C-c
        > 2 + 2
        | 4
        | thr>
        """)
    }

    @Test func followsTheWindowAndTheMouse() throws {
      let screen = try exploring()
      screen.enter("explore(s)")
      screen.expect(line: "leaves")
      screen.resize(width: 50, height: 30)
      screen.expect("all fits into the smaller window") { screen in
        screen.lines.contains { $0.contains("plateau (") }
          && screen.lines.contains {
            $0.hasPrefix("all ─") && $0.hasSuffix(" none") && $0.count == 50
          }
      }
      // A press of the main button at the slider's left end, as a terminal reports it.
      screen.type("\u{1B}[<0;5;4M")
      screen.expect(line: "flags 5 rows (100 %)")
      screen.type("\u{1B}[<64;5;4M")
      screen.expect(line: "flags 4 rows (80 %)")
    }

    @Test(arguments: [("", true), ("1", false)])
    func isColouredWhereWanted(noColour: String, isColoured: Bool) throws {
      let screen = try exploring(environment: ["NO_COLOR": noColour])
      screen.enter("explore(s)")
      screen.expect(line: "threshold 0.35")
      screen.expect("bold text depends on NO_COLOR") {
        $0.coloured.contains("\u{1B}[1m") == isColoured
      }
    }

    @Test func compares() throws {
      let screen = try exploring()
      screen.play(
        """
        > explore({old: s, new: scores([0.9, 0.2, 0.7], [1, 0, 1])})
        ~ > old
        press Tab
        ~ > new
        press q
        | none
        | thr>
        """)
    }

    @Test func saysWhereThereIsNoTerminal() throws {
      let screen = try Screen(
        width: 170, command: "\"$THR\" -e 'explore(scores([0.2, 0.9], [0, 1]))'")
      screen.expect(line: "needs-terminal: `explore` needs a terminal and the prompt")
      screen.expect(line: "sweep(s, [f1, precision, recall])")
    }

    @Test func browsesATable() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("t = [{id: i, square: i^2} for i in range(500)]")
      screen.expect(line: "t = ")
      screen.expectPrompt()
      screen.play(
        """
        > .browse t
        ~ rows 1 to 21 of 500, columns 1 to 2 of 2
        press End
        ~ rows 480 to 500 of 500
        press s s
        ~ id v
        ~ 500   499
        press q
        | thr> .browse t
        | thr>
        > .browse 5
        | number is not a table: `.browse` shows tables
        | thr>
        """)
    }
  }
}
