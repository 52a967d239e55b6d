extension Figure {
  /// The figure in lines of text, none wider than `width` columns, joined by line breaks.
  ///
  /// The plot takes the whole width. Where there is too little room (under 20 columns or 5 lines)
  /// it is the one-line ``summary``, cut to the width. O(n).
  /// - Parameters:
  ///   - height: the number of lines in all; in little room fewer things are said beside the plot.
  ///   - colour: whether series also have different ANSI colours.
  public func terminal(
    width: Int, height: Int = 20, colour: Bool = false, style: TerminalStyle = .braille
  ) -> String {
    let (width, height) = (min(max(width, 0), 1_000), min(max(height, 1), 500))
    if width >= 20, height >= 5,
      let plot = TerminalPlot(self, width: width, height: height, style: style)
    {
      return plot.grid.lines(colour: colour).joined(separator: "\n")
    }
    return style.cut(summary, to: width)
  }
}

extension TerminalStyle {
  /// The text on one line, in ASCII if that is the style, cut to a number of columns.
  func cut(_ text: String, to width: Int) -> String {
    PlainText.cut(shown(text), to: Double(width), ellipsis: self == .ascii ? "..." : "…") {
      Double(TerminalColumns.of($0))
    }
  }

  private func shown(_ text: String) -> String {
    let line = PlainText.oneLine(text)
    guard self == .ascii else { return line }
    return String(line.map { $0.isASCII ? $0 : "?" })
  }
}
