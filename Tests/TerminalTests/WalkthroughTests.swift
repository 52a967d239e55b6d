import Testing

extension TerminalTests {
  /// The sixth point: the walkthroughs, from the prompt.
  @Suite struct WalkthroughTests {
    @Test func isWalkedWithinThePrompt() throws {
      let screen = try Screen(height: 50)
      screen.play(
        """
        | thr>
        > kept = 41
        | kept = 41
        | thr>
        > .tutorial 1
        ~ 1. From probabilities to labels
        ~ thr> s = scores([0.10, 0.35, 0.62, 0.50, 0.91], [0, 0, 1, 0, 1])
        | Step 2 of 9. Press Enter to run this:
        press Enter
        ~ thr> classify([0.10, 0.35, 0.62, 0.50, 0.91], at=0.5)
        | Step 4 of 9. Press Enter to run this:
        press Enter
        ~ thr> half = evaluate(s, at=0.5)
        > s.rows
        | 5
        | Step 6 of 9. Press Enter to run this:
        press Enter
        ~ precision is 67%.
        | task>
        > evaluate(s, at=0.5)
        ~ Negatives flagged at 0.5: 1 of 3.
        | task>
        > .hint
        ~ Hint: the threshold must be above
        | task>
        > ev
        ~ `ev` is not defined
        | task>
        type evaluate(s, at=0.6
        ~ at: number or tuning
        > )
        ~ That was chapter 1.
        | thr>
        > kept + 1
        | 42
        | thr>
        > .tutorial
        ~ From probabilities to labels
        """)
      screen.expect("the first chapter is done, the others are not") { screen in
        screen.lines.filter { $0.hasSuffix("done") }.count == 1
      }
    }

    @Test func goesOnWhereTheLearnerLeft() throws {
      let screen = try Screen(height: 50)
      screen.play(
        """
        | thr>
        > .tutorial 1
        | Step 2 of 9. Press Enter to run this:
        press Enter
        ~ classify(
        | Step 4 of 9. Press Enter to run this:
        press C-d
        ~ To continue here: `thr tutorial 1`.
        | thr>
        > .tutorial 1
        ~ You were at step
        | Step 4 of 9. Press Enter to run this:
        > .restart
        ~ thr> s = scores(
        | Step 2 of 9. Press Enter to run this:
        press C-c
        press C-c
        ~ To leave, press Ctrl-D
        press C-d
        | thr>
        """)
    }

    @Test func showsTheSolutionOnSurrender() throws {
      let screen = try Screen(height: 50, command: "\"$THR\" tutorial 1")
      screen.play(
        """
        | Step 2 of 9. Press Enter to run this:
        press Enter
        ~ classify(
        press Enter
        ~ half = evaluate
        press Enter
        | task>
        > .solution
        ~ thr> evaluate(s, at=0.6)
        ~ That was chapter 1.
        ~ left with 0
        """)
    }
  }
}
