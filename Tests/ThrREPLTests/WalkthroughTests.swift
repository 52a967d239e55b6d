import TableIO
import Testing
import ThrAnalysis
import ThrSyntax

@testable import ThrREPL

/// A walkthrough on a stage of its own: what it shows, runs and accepts.
@Suite struct WalkthroughTests {
  private static let chapter: Chapter = {
    let script = """
      # 7. A test
      #
      # Half of the rows are positive.

      s = scores([0.2, 0.4, 0.6, 0.8], [0, 1, 0, 1])

      # There are {s.rows} rows and {s.rows / 4:.0%} of them is the first.
      #
      # Task: find the threshold of the best F1.
      # Hint: `tune` finds it.
      # Hint: `f1` is the metric.
      # Check: answer.threshold == 0.4
      # If answer.threshold == 0.8: At {answer.threshold} too few are flagged.

      best = tune(s, f1)

      # It was {best.threshold}.

      best.value
      """
    guard let chapter = Chapter(parse(script)) else { fatalError("no chapter") }
    return chapter
  }()

  private let progress = WalkthroughProgress(files: MemoryFileSystem([:]), path: nil)

  private func walk(on stage: PlayedStage, next: Chapter? = nil) -> [String] {
    Walkthrough(Self.chapter, next: next, on: stage, progress: progress).run()
    return stage.shown
  }

  @Test func isWalkedInItsOrder() {
    let stage = PlayedStage("", "tune(s, f1)", "")
    #expect(
      walk(on: stage) == [
        "7. A test\n", "Half of the rows are positive.\n",
        "thr> s = scores([0.2, 0.4, 0.6, 0.8], [0, 1, 0, 1])",
        "Step 2 of 6. Press Enter to run this: ",
        "scores of 4 rows, 2 positive (50 %)", "",
        "There are 4 rows and 100% of them is the first.\n",
        "Your turn: find the threshold of the best F1.\n",
        "Type your answer; `.hint` gives a hint, `.solution` the solution.\n", "task> tune(s, f1)",
        "tuning: threshold 0.4, f1 0.800", "Right.\n", "It was 0.4.\n", "thr> best.value",
        "Step 6 of 6. Press Enter to run this: ", "0.8", "", "That was chapter 7.",
      ])
    #expect(stage.isPlayedOut && progress.isDone(Self.chapter))
  }

  @Test(
    arguments: [
      ("tune(s, precision)", "At 0.8 too few are flagged.\n"),
      ("evaluate(s, at=0.2)", "Not yet; `.hint` gives a hint.\n"),
      ("5", "That is a number; the task asks for a tuning.\n"),
      ("print(5)", "That is a number; the task asks for a tuning.\n"),
      // To look around is no answer.
      ("s", nil), ("s.rows", nil), ("[s.rows, 5]", nil), ("plot(roc(s))", nil),
      // Nothing is said of what is on the way to an answer, or wrong in itself.
      ("x = 5", nil), ("nonsense", nil), ("1 +", nil), ("", nil),
    ] as [(String, String?)])
  func saysWhatIsWrongWithAnAnswer(answer: String, reply: String?) {
    let shown = walk(on: PlayedStage("", answer, "tune(s, f1)", ""))
    let said = shown.drop { $0 != "task> \(answer)" }.prefix { $0 != "task> tune(s, f1)" }
    #expect(!said.isEmpty)
    #expect(said.filter { $0.hasSuffix("\n") } == (reply.map { [$0] } ?? []))
    #expect(shown.contains("Right.\n"))
  }

  @Test func givesHintsOneByOne() {
    let shown = walk(on: PlayedStage("", ".hint", ".hint", ".hint", ".solution", ""))
    #expect(
      shown.filter { $0.hasPrefix("Hint:") || $0.hasPrefix("That was the last") } == [
        "Hint: `tune` finds it.\n", "Hint: `f1` is the metric.\n",
        "That was the last hint; `.solution` shows the answer.\n",
      ])
    #expect(shown.contains("thr> best = tune(s, f1)") && shown.last == "That was chapter 7.")
  }

  @Test func goesOnWhereTheLearnerLeft() {
    let first = walk(on: PlayedStage("", "s.rows"))
    #expect(first.last == "To continue here: `thr tutorial 7`.")
    #expect(!progress.isDone(Self.chapter) && progress.text(of: Self.chapter) == "step 4 of 6")
    // What came before is shown again, and its names are there.
    let second = walk(on: PlayedStage("tune(s, f1)", ""))
    #expect(
      second.dropFirst().prefix(5) == [
        "You were at step 4 of 6; `.restart` starts again.\n",
        "thr> s = scores([0.2, 0.4, 0.6, 0.8], [0, 1, 0, 1])",
        "scores of 4 rows, 2 positive (50 %)", "",
        "There are 4 rows and 100% of them is the first.\n",
      ])
    #expect(second.contains("Right.\n"))
    // A chapter that is done starts again.
    #expect(walk(on: PlayedStage()).contains("Half of the rows are positive.\n"))
  }

  @Test func beginsAnewOnRequest() {
    let shown = walk(on: PlayedStage("", ".restart", "", ".solution", ""))
    #expect(shown.filter { $0 == "Half of the rows are positive.\n" }.count == 2)
    #expect(shown.last == "That was chapter 7.")
  }

  /// Checks and prose use the chapter's own names, whatever the learner does to them.
  @Test func theLearnersNamesAreApart() {
    let stage = PlayedStage("", "s = 5", "answer = 1", "tune(s, f1)", ".solution", "")
    let shown = walk(on: stage)
    #expect(shown.contains("`s` has its value from the chapter again.\n"))
    #expect(shown.contains("It was 0.4.\n") && shown.last == "That was chapter 7.")
    let names = PlayedStage("", ".solution", "s.rows")
    _ = walk(on: names)
    #expect(!names.knows("answer") && !names.knows("prose") && !names.knows("holds"))
  }

  @Test func commandsAreTakenAtEveryPrompt() {
    let shown = walk(on: PlayedStage(".hint", ".solution", ".skip", ".skip"))
    #expect(shown.contains { $0.hasPrefix("Press Enter to run the code above.") })
    #expect(shown.contains("scores of 4 rows, 2 positive (50 %)") && !shown.contains("0.8"))
    #expect(shown.contains("It was 0.4.\n") && shown.last == "That was chapter 7.")
  }

  @Test func namesTheNextChapter() {
    let shown = walk(on: PlayedStage("", ".solution", ""), next: Self.chapter)
    #expect(shown.last == "That was chapter 7. Next, `thr tutorial 7`: A test.")
  }
}
