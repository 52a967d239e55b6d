import Drawing
import Testing
import ThrModel

@testable import TerminalOutput

@Suite struct ProgressBarTests {
  @Test func saysHowFarAndHowLong() {
    let line = ProgressBar.line(
      Progress("fitting", fraction: 0.25), elapsed: 10, width: 80, .ascii)
    #expect(line == "fitting ######------------------ 25%  30 s left")
  }

  @Test func fitsANarrowTerminal() {
    for width in 1...60 {
      let line = ProgressBar.line(
        Progress("reading a-long-name.csv", fraction: 0.5), elapsed: 3, width: width, .braille)
      #expect(line.count < max(width, 1))
    }
  }

  @Test func saysTheTimeOfWorkWithoutProgress() {
    var bar = ProgressBar()
    let start = ProgressBar.now
    #expect(bar.timeLine(at: start + 0.3) == nil)
    #expect(bar.timeLine(at: start + 0.7)?.contains("running 1 s, Ctrl-C stops it") == true)
    #expect(bar.timeLine(at: start + 0.9) == nil)
    #expect(bar.timeLine(at: start + 2.5)?.contains("running 2 s") == true)
  }

  @Test(arguments: [(0.2, "1 s"), (59.2, "1 min 0 s"), (125, "2 min 5 s"), (7_320, "2 h 2 min")])
  func writesTimesForPeople(seconds: Double, text: String) {
    #expect(ProgressBar.duration(seconds) == text)
  }
}
