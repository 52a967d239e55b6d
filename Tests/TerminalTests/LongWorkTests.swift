import Foundation
import Testing

extension TerminalTests {
  /// The fourth point: long work can be watched and stopped.
  @Suite struct LongWorkTests {
    @Test func stopsAtCtrlCAndKeepsEarlierValues() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("x = 41")
      screen.expect(last: "x = 41", "thr>")
      screen.enter("y = 1; for i in range(100000) { for j in range(100000) { x = j } }")
      screen.expect(line: "y = 1")
      screen.press("C-c")
      screen.expect(last: "interrupted", "thr>")
      screen.enter("x + y")
      screen.expect(last: "42", "thr>")
    }

    @Test func hearsCtrlCHoweverSoonItIsPressed() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("for i in range(100000) { for j in range(100000) { x = j } }")
      screen.press("Enter", "C-c")
      screen.expect(last: "interrupted", "thr>")
      screen.enter("40 + 2")
      screen.expect(last: "42", "thr>")
    }

    @Test func saysHowToLeave() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.type("half a line")
      screen.press("C-c")
      screen.expect(last: "thr> half a line", "thr>")
      screen.press("C-c")
      screen.expect(last: "To leave, press Ctrl-D or enter .quit", "thr>")
      screen.press("C-d")
      screen.expect(line: "left with 0")
    }

    @Test func keepsWhatIsTypedMeanwhile() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("n = 0; for i in range(200000) { n = n + 1 }")
      screen.enter("n + 1")
      screen.expect(last: "200001", "thr>")
    }

    @Test func showsHowFarItIs() throws {
      let screen = try Screen()
      screen.expectPrompt()
      screen.enter("s = scores([i / 5000 for i in range(5000)], [i % 2 for i in range(5000)])")
      screen.expect(line: "s = scores of 5,000 rows")
      screen.enter("c = confidence(tune(s, f1), samples=1000000)")
      screen.expect("a bar with the time left appears") {
        $0.lines.contains { $0.contains("drawing samples") && $0.contains("left") }
      }
      screen.press("C-c")
      screen.expect(last: "interrupted", "thr>")
    }
  }
}
