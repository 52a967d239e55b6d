extension Figure {
  /// How many values have no place on the axes: not finite, not above zero on a logarithmic axis,
  /// or without a partner.
  ///
  /// O(n).
  public var undrawnCount: Int { 0 }

  /// The description, or one made from the axes, series and marks.
  public var spokenDescription: String { description.isEmpty ? title : description }

  /// One line that stands for the figure where there is no room for it.
  public var summary: String {
    ([title] + marks.map(\.label)).filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// The figure in lines of text, at most `width` columns wide, joined by line breaks.
  ///
  /// The frame takes the whole width. Where there is too little room (under 20 columns or 5 lines)
  /// it is the one-line ``summary``, cut to the width.
  /// - Parameters:
  ///   - height: the number of lines in all.
  ///   - colour: whether series are also told apart by ANSI colours.
  public func terminal(
    width: Int, height: Int = 20, colour: Bool = false, style: TerminalStyle = .braille
  ) -> String { summary }

  /// The figure as an SVG document: texts as text, a title and a description for screen readers,
  /// and colours that follow the reader's light or dark scheme.
  public func svg(size: Size? = nil) -> String { "<svg xmlns=\"http://www.w3.org/2000/svg\"/>" }

  /// The figure as a PNG file, `scale` pixels to the unit of `size` in each direction.
  public func png(
    size: Size? = nil, scale: Double = 2, theme: Theme = .light
  ) throws(DrawingError) -> [UInt8] { throw DrawingError(.noCairo) }

  /// The figure as a PDF file of one page, texts as text.
  public func pdf(
    size: Size? = nil, theme: Theme = .light
  ) throws(DrawingError) -> [UInt8] { throw DrawingError(.noCairo) }
}
