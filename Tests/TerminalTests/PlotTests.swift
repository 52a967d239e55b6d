import Testing

extension TerminalTests {
  /// The fifth point: figures, drawn in the terminal or to a file.
  @Suite struct PlotTests {
    private static let figures = [
      ("plot(roc(s), mark=t)", ["recall", "false positive rate"]),
      ("plot(pr(s), mark=t)", ["precision", "recall"]),
      ("plot(sweep(s, [f1, precision, recall]))", ["threshold", "f1", "precision", "recall"]),
      ("plot(distribution(s), mark=t)", ["score"]),
      ("plot(calibration(s))", ["score"]),
    ]

    @Test(arguments: [60, 100]) func fitsTheWidthOfTheTerminal(width: Int) throws {
      let screen = try Screen(width: width, height: 45)
      screen.play(
        """
        | thr>
        > data = synth(1000, 0.9); m = logreg(data.train); s = scores(m, data.val); t = tune(s, f1)
        ~ t = tuning: threshold
        """)
      for (figure, words) in Self.figures {
        screen.press("C-l")
        screen.enter(figure)
        screen.expect("\(figure) is drawn with its words") { screen in
          let lines = screen.lines
          return lines.filter { $0.contains { ("\u{2801}"..."\u{28FF}").contains($0) } }.count > 5
            && words.allSatisfy { word in lines.contains { $0.contains(word) } }
            && lines.contains { $0.hasPrefix("thr>") && !$0.contains("plot") }
        }
        // What does not fit would go on in the next line, and so end at the edge.
        #expect(screen.lines.allSatisfy { $0.count <= width })
      }
    }

    @Test func drawsToAFileByItsEnding() throws {
      let screen = try Screen()
      screen.play(
        """
        | thr>
        > s = scores([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])
        ~ s = scores of 4 rows
        > write(plot(roc(s)), "roc.svg")
        """)
      screen.expect("the picture is there") { screen in
        (try? screen.text(of: "roc.svg").hasSuffix("</svg>\n")) ?? false
      }
      #expect(try screen.text(of: "roc.svg").contains("<title"))
    }
  }
}
