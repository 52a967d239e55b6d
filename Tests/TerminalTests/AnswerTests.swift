import Foundation
import Testing

extension TerminalTests {
  /// The third point: values as a person wants them, and the prompt's commands.
  @Suite struct AnswerTests {
    @Test func reportsWhatAnAssignmentMade() throws {
      let screen = try Screen(height: 40)
      screen.expectPrompt()
      screen.enter("s = scores([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])")
      screen.expect(line: "s = ")
      screen.play(
        """
        > t = tune(s, f1)
        ~ t = tuning: threshold
        > t
        """)
      for part in ["threshold", "plateau", "not flagged"] { screen.expect(line: part) }
      screen.enter("[tune(s, cost(fp=1, fn=w)) for w in [1, 5]]")
      screen.expect("a list of tunings is a table") {
        $0.lines.contains { $0.hasPrefix("metric") && $0.contains("threshold") }
      }
    }

    @Test func showsEscapeSequencesOfDataAsPictures() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter(#"print("a\u{1b}[31mb\u{7}")"#)
      screen.expect(line: "a␛[31mb␇")
      screen.enter(#""c\u{1b}[2Jd""#)
      screen.expect(line: "c␛[2Jd")
    }

    @Test func goesOnFromTheLastValue() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        > [3, 1, 2]
        | [3, 1, 2]
        | thr>
        > |> sum
        | 6
        | thr>
        > _ * 7
        | 42
        | thr>
        """)
    }

    @Test(arguments: ["?fbeta", "fbeta?"]) func helps(input: String) throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter(input)
      screen.expect(line: "fbeta(beta: number")
      screen.expect(line: "Example")
    }

    @Test func reportsTheCommandForItsName() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("help")
      screen.expect(line: "`help` has no value; the command is `.help`")
      screen.enter("help(tune)")
      screen.expect(line: "`help` has no value; the command is `?tune`")
      screen.enter("quit(); y = (7)")
      screen.expect(line: "unknown-name: `quit` is not defined")
      // A name of the user's own is a name.
      screen.enter("reset = 5")
      screen.enter("reset")
      screen.play(
        """
        | 5
        | thr>
        """)
    }

    @Test(arguments: ["exit", "quit", "quit()", ".exit", ".q"]) func leavesWhenAsked(
      word: String
    ) throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter(word)
      screen.expect(line: "left with 0")
    }

    @Test func runsCommandsOfTheShell() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.play(
        """
        > !mkdir sub; echo made
        | made
        | thr>
        > cd sub
        ~ /sub
        > !basename "$PWD"
        | sub
        | thr>
        > cd -
        > !exit 3
        | exit status 3
        | thr>
        > cd nowhere
        | `nowhere`: No such file or directory
        | thr>
        """)
    }

    @Test func showsWhereANameComesFrom() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.play(
        """
        > a = 2; unused = 5
        > fn twice(x) = a * x
        > b = twice(4)
        | b = 8
        | thr>
        > ??b
        | a = 2
        | fn twice(x) = a * x
        | b = twice(4)
        | thr>
        > ?twice
        |   twice(x)
        | thr>
        > ?a
        |   a: number
        |   2
        | thr>
        """)
    }

    @Test(arguments: [
      ("?threshold", "tuning.threshold"), ("?everyday", "argmax"), ("?.save", ".save FILE"),
      ("?bootstrap", "tune(bootstrap=)"),
    ]) func searchesTheHelp(input: String, shown: String) throws {
      let screen = try Screen(width: 100, height: 100)
      screen.expectPrompt()
      screen.enter(input)
      screen.expect(line: shown)
    }

    @Test func beginsWithTheStartupFile() throws {
      let screen = try Screen(
        command:
          "mkdir -p .config/thr; printf '.brackets on\nlimit = 0.9\n' > .config/thr/startup.thr;"
          + " echo 'half = limit / 2; args' > a.thr; \"$THR\" -i a.thr one two")
      screen.play(
        """
        | ["one", "two"]
        | thr>
        > half
        | 0.45
        | thr>
        type sum([1, 2
        ~ thr> sum([1, 2])
        press Enter
        | 3
        | thr>
        """)
    }

    @Test func pastesATranscript() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.paste("thr> x = 20\nx = 20\nthr> x + 1\n21\n")
      screen.play(
        """
        press Enter
        | x = 20
        | 21
        | thr>
        """)
    }

    @Test func stopsWaitingForAPipe() throws {
      let screen = try Screen(command: "mkfifo fifo; \"$THR\"")
      screen.expectPrompt()
      screen.enter("read(\"fifo\")")
      screen.expect(line: "Ctrl-C stops it")
      screen.press("C-c")
      screen.expect(last: "interrupted", "thr>")
      screen.enter(".load fifo")
      screen.press("C-c")
      screen.expect(line: "cannot read `fifo`: interrupted")
      screen.expectPrompt()
    }

    @Test func helpsWithNamesOfTheSession() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("fn twice(x) = 2 * x")
      screen.enter("?twice")
      screen.expect(line: "twice(x)")
      screen.enter("t = tune(scores([0.2, 0.9], [0, 1]), f1)")
      screen.enter("?t.plateau")
      screen.expect(line: "plateau: plateau")
      screen.enter("?nothing_of_this_name")
      screen.expect(line: "there is no help on `nothing_of_this_name`")
    }

    @Test func showsTallValuesInThePager() throws {
      let screen = try Screen(environment: ["PAGER": "cat > paged"])
      screen.expectPrompt()
      screen.enter("[{row: i} for i in range(100)]")
      screen.expect("the pager got the table") { screen in
        (try? screen.text(of: "paged").split(separator: "\n").count == 101) ?? false
      }
      screen.play(
        """
        > 1 + 1
        | 2
        | thr>
        """)
    }

    @Test func listsNames() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("data = synth(100, 0.9); v = data.val; x = 3; .5")
      screen.expect("what is not a statement is reported") {
        $0.lines.contains { $0.contains("error") }
      }
      screen.play(
        """
        > data = synth(100, 0.9); v = data.val; x = 3
        | x = 3
        | thr>
        > .vars
        """)
      screen.expect("rows have their role") {
        $0.lines.contains { $0.hasPrefix("v ") && $0.contains("dataset") && $0.contains("val") }
      }
      screen.expect("numbers have their value") {
        $0.lines.contains { $0.hasPrefix("x ") && $0.contains("number") && $0.hasSuffix("3") }
      }
      screen.play(
        """
        > .reset
        > x
        ~ `x` is not defined
        """)
    }

    @Test func savesWhatTheValuesDependOn() throws {
      let screen = try Screen()
      screen.expectPrompt()
      for line in ["a = 2", "unused = 3", "unused = 4", "b = a * 21"] { screen.enter(line) }
      screen.play(
        """
        | b = 42
        | thr>
        > .save saved.thr
        """)
      screen.expect(line: "saved.thr: ")
      let script = try screen.text(of: "saved.thr")
      #expect(script.contains("b = a * 21") && !script.contains("unused = 3"))
      screen.play(
        """
        > .reset
        > .load saved.thr
        > b
        | 42
        | thr>
        """)
    }

    @Test func replacesNoFileUnasked() throws {
      let screen = try Screen()
      screen.expectPrompt()
      try screen.write("mine\n", to: "kept.thr")
      screen.enter("a = 2")
      screen.enter(".save \"kept.thr\"")
      screen.expect(line: "replace `kept.thr`, 1 line? [y/N]")
      screen.press("Enter")
      screen.expect(line: "nothing was written")
      #expect(try screen.text(of: "kept.thr") == "mine\n")
      screen.enter(".save kept.thr")
      screen.expect(last: "replace `kept.thr`, 1 line? [y/N]")
      screen.enter("y")
      screen.expect(line: "kept.thr: 1 line")
      #expect(try screen.text(of: "kept.thr") == "a = 2\n")
    }

    @Test func showsAPlotWithoutThePager() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("s = scores([0.2, 0.9, 0.6], [0, 1, 1])")
      screen.enter("roc(s)")
      screen.expect(last: "thr>")
      screen.expect(line: "false positive rate")
    }

    @Test func opensAnEditor() throws {
      let screen = try Screen(environment: ["EDITOR": "sed -i s/1/20/"])
      screen.play(
        """
        | thr>
        > 1 + 2
        | 3
        | thr>
        > .edit
        | thr> 20 + 2
        press Enter
        | 22
        | thr>
        type 11
        press C-x C-e
        | thr> 201
        """)
    }

    @Test func saysHowLongItTook() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter(".time 1 + 1")
      screen.expect("a time is printed") { $0.lines.contains { $0.hasSuffix(" ms") } }
    }

    @Test func listsItsKeysAndCommands() throws {
      let screen = try Screen(height: 60)
      screen.play(
        """
        | thr>
        > .help
        ~ .save FILE
        > .help shortcuts
        ~ Ctrl-R
        > .sav x
        ~ did you mean `.save`?
        > .quit
        ~ left with 0
        """)
    }
  }
}
