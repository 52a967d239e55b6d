/// An aligned table for a terminal or a plain file: numbers to the right, texts to the left.
public struct TextTable: Sendable {
  public struct Cell: Hashable, Sendable {
    let text: String
    let isNumber: Bool

    /// A text that would break the table is written so that it does not: line breaks and other
    /// control characters as the language writes them, and cut where nobody reads on.
    public init(_ text: String, isNumber: Bool = false) {
      self.text = Self.onOneLine(text)
      self.isNumber = isNumber
    }

    private static let longest = 200

    private static func onOneLine(_ text: String) -> String {
      let shown = text.prefix(longest)
      let rest = shown.endIndex < text.endIndex ? "…" : ""
      guard shown.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
      else { return rest.isEmpty ? text : shown + rest }
      return String(Value.text(String(shown)).sourceText.dropFirst().dropLast()) + rest
    }
  }

  private let header: [String]
  private let rows: [[Cell]]

  public init(header: [String], rows: [[Cell]]) {
    self.header = header
    self.rows = rows
  }

  /// The lines of the table, two spaces between columns, no line break at the end.
  public var text: String {
    let isNumeric = header.indices.map { column in
      rows.allSatisfy { $0[column].isNumber }
    }
    let widths = header.indices.map { column in
      rows.reduce(header[column].count) { max($0, $1[column].text.count) }
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, text in
        let gap = String(repeating: " ", count: widths[column] - text.count)
        return isNumeric[column] ? gap + text : text + gap
      }
      var line = padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
    return ([line(header)] + rows.map { line($0.map(\.text)) }).joined(separator: "\n")
  }
}
