import TerminalOutput
import TestSupport
import Testing

@testable import ThrREPL

@Suite struct PainterTests {
  private func frame(_ text: String, cursor: Int? = nil, extras: [String] = []) -> ScreenFrame {
    ScreenFrame(
      prompt: ScreenRow("thr> "), continuation: ScreenRow(" ... "),
      buffer: EditBuffer(text, cursor: cursor), extras: extras.map { ScreenRow($0) })
  }

  @Test func writesOnlyWhatDiffers() {
    var painter = Painter(width: 40, height: 10, isColoured: true)
    _ = painter.paint(frame("tune(m"))
    let more = painter.paint(frame("tune(m,"))
    #expect(more == ",")
    #expect(painter.paint(frame("tune(m,")) == "")
  }

  @Test func passesOverWhatStays() {
    var painter = Painter(width: 40, height: 10, isColoured: false)
    _ = painter.paint(frame("(abcdefghijkl)"))
    #expect(painter.paint(frame("[abcdefghijkl]")) == "\u{1B}[6G[\u{1B}[19G]")
    #expect(painter.paint(frame("[abcd efghijkl]")) == "\u{1B}[11G efghijkl]")
  }

  /// Rows below the input change as one, so that nothing flickers.
  @Test func marksAnUpdateOfSeveralRows() {
    var painter = Painter(width: 40, height: 10, isColoured: false)
    _ = painter.paint(frame("a"))
    let update = painter.paint(frame("ab", extras: ["below"]))
    #expect(update.hasPrefix("\u{1B}[?2026h") && update.hasSuffix("\u{1B}[?2026l"))
  }

  @Test func breaksLinesAndStandsAfterAFullRow() {
    let layout = ScreenLayout(frame("abcdefghijklmno"), width: 20)
    #expect(layout.rows.map(\.text) == ["thr> abcdefghijklmno", ""])
    #expect(layout.cursorRow == 1 && layout.cursorColumn == 0)
  }

  @Test func keepsWideCharactersWhole() {
    let layout = ScreenLayout(frame("abcdefghijklmn中", cursor: 14), width: 20)
    #expect(layout.rows.map(\.text) == ["thr> abcdefghijklmn", "中"])
    #expect(layout.cursorRow == 1 && layout.cursorColumn == 0)
  }

  @Test func marksPlacesOnAndBetweenRuns() {
    let runs = [
      ScreenFrame.Run(range: 2..<5, style: TextStyle(.number)),
      ScreenFrame.Run(range: 5..<6, style: TextStyle(.text)),
    ]
    let marked = runs.marking([8..<9, 0..<3, 1..<3, 4..<6], .strong)
    #expect(
      marked == [
        ScreenFrame.Run(range: 0..<2, style: TextStyle(.plain, .strong)),
        ScreenFrame.Run(range: 2..<3, style: TextStyle(.number, .strong)),
        ScreenFrame.Run(range: 3..<4, style: TextStyle(.number)),
        ScreenFrame.Run(range: 4..<5, style: TextStyle(.number, .strong)),
        ScreenFrame.Run(range: 5..<6, style: TextStyle(.text, .strong)),
        ScreenFrame.Run(range: 8..<9, style: TextStyle(.plain, .strong)),
      ])
    #expect(runs.marking([], .strong) == runs)
  }

  @Test func showsThePartAroundTheCursorOfATallInput() {
    let text = (1...30).map { "line \($0)" }.joined(separator: "\n")
    var painter = Painter(width: 40, height: 8, isColoured: false)
    var screen = ScreenModel(width: 40, height: 8)
    screen.receive(painter.paint(frame(text, extras: ["below"])))
    #expect(screen.line(6) == " ... line 30" && screen.line(7) == "below")
    screen.receive(painter.paint(frame(text, cursor: 0, extras: ["below"])))
    #expect(screen.line(0) == "thr> line 1" && screen.line(7) == "below")
    screen.receive(painter.paint(frame(text, cursor: 0)))
    #expect(screen.line(0) == "thr> line 1" && screen.line(6) == " ... line 7")
    #expect(screen.line(7) == "")
  }

  @Test func leavesTheWholeInput() {
    let text = (1...30).map { "line \($0)" }.joined(separator: "\n")
    var painter = Painter(width: 40, height: 8, isColoured: false)
    var screen = ScreenModel(width: 40, height: 8)
    screen.receive(painter.paint(frame(text)))
    screen.receive(painter.finish(frame(text)))
    let shown = screen.scrolledOff.suffix(23) + screen.lines
    #expect(shown.first == "thr> line 1" && shown.last == " ... line 30")
    #expect(screen.row == 7 && screen.column == 0)
  }

  /// Regardless of what was shown before, the screen shows the frame painted last.
  @Test(arguments: 1...40) func showsWhatTheFrameSays(seed: UInt64) {
    var draws = Draws(seed: seed)
    let (width, height) = (20 + draws.below(30), 5 + draws.below(10))
    var painter = Painter(width: width, height: height, isColoured: draws.below(2) == 0)
    var screen = ScreenModel(width: width, height: height)
    for _ in 0..<60 {
      let text = draws.text(upTo: 120)
      let extras = (0..<draws.below(4)).map { _ in draws.text(upTo: 40).filter { $0 != "\n" } }
      let next = frame(text, cursor: draws.below(text.utf8.count + 1), extras: extras)
      screen.receive(painter.paint(next))
      var fresh = Painter(width: width, height: height, isColoured: false)
      var expected = ScreenModel(width: width, height: height)
      expected.receive(fresh.paint(next))
      let first = screen.row - expected.row
      // A tall input may be shown from another line, as long as the cursor's is among them.
      let layout = ScreenLayout(next, width: width)
      if layout.rows.count <= height {
        for row in expected.lines.indices {
          #expect(screen.line(first + row) == expected.line(row))
        }
      }
      #expect(screen.column == layout.cursorColumn)
      if draws.below(8) == 0 { screen.receive(painter.finish(next)) }
    }
  }
}

extension ScreenRow {
  fileprivate var text: String { map(\.text).joined() }
}
