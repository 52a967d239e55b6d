import Foundation
import Testing

extension TerminalTests {
  /// The fourth point: long work can be watched and stopped.
  @Suite struct LongWorkTests {
    @Test func stopsAtCtrlCAndKeepsEarlierValues() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        > x = 41
        | x = 41
        | thr>
        > y = 1; for i in range(100000) { for j in range(100000) { x = j } }
        ~ y = 1
        press C-c
        | interrupted
        | thr>
        > x + y
        | 42
        | thr>
        """)
    }

    @Test func hearsCtrlCHoweverSoonItIsPressed() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        type for i in range(100000) { for j in range(100000) { x = j } }
        press Enter C-c
        | interrupted
        | thr>
        > 40 + 2
        | 42
        | thr>
        """)
    }

    @Test func saysHowToLeave() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        type half a line
        press C-c
        | thr> half a line
        | thr>
        press C-c
        | To leave, press Ctrl-D or enter .quit
        | thr>
        press C-d
        ~ left with 0
        """)
    }

    @Test func keepsWhatIsTypedMeanwhile() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        > n = 0; for i in range(200000) { n = n + 1 }
        > n + 1
        | 200001
        | thr>
        """)
    }

    @Test func showsHowFarItIs() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        > s = scores([i / 5000 for i in range(5000)], [i % 2 for i in range(5000)])
        ~ s = scores of 5,000 rows
        > c = confidence(tune(s, f1), bootstrap=1000000)
        """)
      screen.expect("a bar with the time left appears") {
        $0.lines.contains { $0.contains("drawing samples") && $0.contains("left") }
      }
      screen.play(
        """
        press C-c
        | interrupted
        | thr>
        """)
    }
  }
}
