import ThrModel
import ThrSyntax

extension Document {
  /// The formats allowed after the colon of an interpolation.
  func formats(from start: Int, to offset: Int) -> Completions {
    let end = parse.token(at: offset).map { max(offset, $0.end) } ?? offset
    let candidates = Self.usualFormats.enumerated().map { index, format in
      var candidate = Candidate(format.0, .format, .wanted)
      candidate.summary = format.1
      candidate.order = index
      return candidate
    }
    return Completions(
      candidates, matching: text(Span(start, offset)), replacing: Span(start, end))
  }

  private static let usualFormats: [(String, String)] = [
    (".3f", "Three decimals."), (".2f", "Two decimals."), (".1f", "One decimal."),
    (".1%", "A percentage with one decimal."), (".0%", "A percentage without decimals."),
    (",", "Thousands separators."), (",.2f", "Thousands separators and two decimals."),
    (".3g", "Three significant digits."), (".2e", "Scientific notation with two decimals."),
    (">8", "Right-aligned in eight characters."), ("<8", "Left-aligned in eight characters."),
    ("^8", "Centred in eight characters."),
  ]
}
