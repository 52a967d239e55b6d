import JSONText
import ThrSyntax

/// One change as the client reports it: of a range, or of the whole text.
struct TextChange: Hashable, Sendable {
  /// `nil` for the whole text.
  var range: LineRange?
  var text: String

  init(range: LineRange?, text: String) {
    self.range = range
    self.text = text
  }

  init(_ params: Params) throws(ResponseError) {
    text = try params["text"].string
    range = try params.optional("range").map { range throws(ResponseError) in
      try LineRange(range)
    }
  }

  /// The text after the change.
  func applied(to coordinates: TextCoordinates) -> Source {
    guard let range else { return Source(text) }
    let bytes = coordinates.source.bytes
    let span = coordinates.span(of: range)
    return Source(bytes: bytes[..<span.start] + Array(text.utf8) + bytes[span.end...])
  }
}

/// Two positions; the end is not part of the range.
struct LineRange: Hashable, Sendable {
  var start: LinePosition
  var end: LinePosition
}

extension LinePosition {
  init(_ params: Params) throws(ResponseError) {
    line = try params["line"].count
    character = try params["character"].count
  }

  var json: JSON {
    ["line": .number(Double(line)), "character": .number(Double(character))]
  }
}

extension LineRange {
  init(_ params: Params) throws(ResponseError) {
    start = try LinePosition(try params["start"])
    end = try LinePosition(try params["end"])
  }

  var json: JSON { ["start": start.json, "end": end.json] }
}

extension TextCoordinates {
  func range(of span: Span) -> LineRange {
    LineRange(start: position(at: span.start), end: position(at: span.end))
  }

  /// The span of a range; of one whose end stands before its start, an empty span.
  func span(of range: LineRange) -> Span {
    let start = offset(of: range.start)
    return Span(start, max(start, offset(of: range.end)))
  }

  func json(_ span: Span) -> JSON { range(of: span).json }

  func edit(_ span: Span, _ text: String) -> JSON {
    ["range": json(span), "newText": .string(text)]
  }
}
