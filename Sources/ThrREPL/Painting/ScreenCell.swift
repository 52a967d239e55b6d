import Drawing
import TerminalOutput
import ThrSyntax

/// A character on the screen, as a reader sees it, one or two columns wide.
struct ScreenCell: Hashable, Sendable {
  let text: String
  let width: Int
  let style: TextStyle

  static let blank = ScreenCell(text: " ", width: 1, style: .plain)

  /// Whether terminals agree on how wide it is.
  var hasCertainWidth: Bool { text.utf8.count == 1 || text.unicodeScalars.dropFirst().isEmpty }
}

/// A line of the screen.
typealias ScreenRow = [ScreenCell]

extension ScreenRow {
  init(_ text: String, _ style: TextStyle = .plain) {
    self.init()
    append(text, style)
  }

  var columns: Int { reduce(0) { $0 + $1.width } }

  /// Appends text in one line; what would move the cursor otherwise is shown as a picture of it.
  mutating func append(_ text: some StringProtocol, _ style: TextStyle = .plain) {
    for character in text { append(ScreenCell(showing: character, style)) }
  }

  /// The row cut to a width, with a mark where something is missing.
  func cut(to width: Int) -> ScreenRow {
    guard columns > width else { return self }
    var row: ScreenRow = []
    var reached = 0
    for cell in self {
      guard reached + cell.width < width else { break }
      row.append(cell)
      reached += cell.width
    }
    row.append(ScreenCell(text: "…", width: 1, style: row.last?.style ?? .plain))
    return row
  }
}

extension ScreenCell {
  /// The cell of a character; one that has no width of its own stands on a blank.
  init(showing character: Character, _ style: TextStyle) {
    // Control characters as their pictures, so that no text can steer the terminal.
    if let picture = character.unicodeScalars.first?.controlPicture {
      self.init(text: String(picture), width: 1, style: style)
      return
    }
    if character.isASCII {
      self.init(text: String(character), width: 1, style: style)
      return
    }
    let width = TerminalColumns.of(character)
    self.init(
      text: width == 0 ? "\u{25CC}" + String(character) : String(character), width: max(width, 1),
      style: style)
  }
}
