import Algorithms

/// Breaks texts into lines of a width.
struct LineBreaker {
  let measure: PageLayout.Measure

  /// Lines no wider than `width`, broken between words; any white space is one space, as in HTML.
  ///
  /// A word that is wider itself is broken between characters. At least one line.
  func lines(_ text: String, _ font: PageFont, width: Double) -> [String] {
    let space = measure(" ", font)
    var lines: [String] = []
    var (line, filled) = ("", 0.0)
    for word in text.split(whereSeparator: \.isWhitespace) {
      for piece in pieces(word, font, width: width) {
        let needed = measure(piece, font)
        if line.isEmpty {
          (line, filled) = (piece, needed)
        } else if filled + space + needed <= width {
          line += " " + piece
          filled += space + needed
        } else {
          lines.append(line)
          (line, filled) = (piece, needed)
        }
      }
    }
    return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
  }

  /// The text in pieces no wider than `width`, with its spaces.
  ///
  /// They are broken after a space where one is near the end. At least one piece; a single
  /// character may be wider.
  func pieces(_ text: Substring, _ font: PageFont, width: Double) -> [String] {
    let text = PlainText.oneLine(String(text))
    guard measure(text, font) > width else { return [text] }
    var pieces: [String] = []
    var rest = Array(text)[...]
    while !rest.isEmpty {
      var count = longest(rest.prefix(Self.most), font, width)
      if count < rest.count, let space = rest.prefix(count).lastIndex(of: " "),
        space - rest.startIndex > count / 2
      {
        count = space - rest.startIndex + 1
      }
      pieces.append(String(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  /// No line has more characters.
  private static let most = 500

  /// How many characters fit, at least one: a beginning never gets narrower by growing.
  private func longest(_ text: ArraySlice<Character>, _ font: PageFont, _ width: Double) -> Int {
    let ends = text.startIndex + 1..<text.endIndex + 1
    let tooLong = ends.partitioningIndex { measure(String(text[..<$0]), font) > width }
    return max(tooLong - 1 - text.startIndex, 1)
  }
}
