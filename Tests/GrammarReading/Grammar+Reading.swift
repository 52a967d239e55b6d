extension Grammar {
  /// A fault in the file of a grammar.
  public struct ReadingError: Error, CustomStringConvertible {
    public let description: String
  }

  /// Reads a grammar in the notation that the head of `thr.ebnf` describes.
  public init(reading text: String) throws(ReadingError) {
    self.init()
    var reader = try GrammarReader(text)
    while let name = try reader.ruleName() {
      guard !contains(name) else { throw ReadingError(description: "`\(name)` is defined twice") }
      add(Rule(name: name, form: try reader.choice()))
      try reader.expect(";")
    }
    for case .reference(let name) in rules.flatMap(\.form.parts) where !contains(name) {
      throw ReadingError(description: "`\(name)` is not defined")
    }
  }
}

/// Reads the notation piece by piece: names, signs, quoted texts, words between question marks.
private struct GrammarReader {
  private enum Piece: Hashable {
    case name(String)
    case sign(String)
    case literal(String)
    case number(UInt32)
    case special(String)
  }

  private var pieces: [Piece] = []
  private var index = 0

  init(_ text: String) throws(Grammar.ReadingError) {
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if rest.hasPrefix("(*") {
        rest = try Self.split(rest.dropFirst(2), at: "*)").rest
      } else if first == "\"" || first == "'" || first == "?" {
        let (inside, after) = try Self.split(rest.dropFirst(), at: String(first))
        let words = inside.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        pieces.append(first == "?" ? .special(words) : .literal(String(inside)))
        rest = after
      } else if rest.hasPrefix("#x") {
        let digits = rest.dropFirst(2).prefix(while: \.isHexDigit)
        pieces.append(.number(UInt32(digits, radix: 16) ?? 0))
        rest = rest[digits.endIndex...]
      } else if first.isLetter {
        let name = rest.prefix { $0.isLetter || $0 == "-" }
        pieces.append(.name(String(name)))
        rest = rest[name.endIndex...]
      } else {
        pieces.append(.sign(String(rest.removeFirst())))
      }
    }
  }

  private static func split(
    _ text: Substring, at end: String
  ) throws(Grammar.ReadingError) -> (inside: Substring, rest: Substring) {
    var place = text.startIndex
    while place < text.endIndex, !text[place...].hasPrefix(end) { place = text.index(after: place) }
    guard place < text.endIndex else {
      throw Grammar.ReadingError(description: "`\(end)` is missing after `\(text.prefix(40))`")
    }
    return (text[..<place], text[place...].dropFirst(end.count))
  }

  /// The name that begins the next rule and its `=`; `nil` at the end.
  mutating func ruleName() throws(Grammar.ReadingError) -> String? {
    guard index < pieces.count else { return nil }
    guard case .name(let name) = pieces[index] else { throw unexpected() }
    index += 1
    try expect("=")
    return name
  }

  mutating func expect(_ sign: String) throws(Grammar.ReadingError) {
    guard take(sign) else { throw unexpected() }
  }

  private mutating func take(_ sign: String) -> Bool {
    guard index < pieces.count, pieces[index] == .sign(sign) else { return false }
    index += 1
    return true
  }

  private func unexpected() -> Grammar.ReadingError {
    let place = pieces[max(0, index - 5)..<min(pieces.count, index + 1)]
    return Grammar.ReadingError(description: "cannot read on at the last of \(place)")
  }

  // choice = sequence { "|" sequence }
  mutating func choice() throws(Grammar.ReadingError) -> Grammar.Form {
    var forms = [try sequence()]
    while take("|") { forms.append(try sequence()) }
    return forms.count == 1 ? forms[0] : .choice(forms)
  }

  // sequence = difference { difference }
  private mutating func sequence() throws(Grammar.ReadingError) -> Grammar.Form {
    var forms: [Grammar.Form] = []
    while index < pieces.count, !endsSequence { forms.append(try difference()) }
    guard !forms.isEmpty else { throw unexpected() }
    return forms.count == 1 ? forms[0] : .sequence(forms)
  }

  private var endsSequence: Bool {
    guard case .sign(let sign) = pieces[index] else { return false }
    return ["|", ";", ")", "]", "}"].contains(sign)
  }

  // difference = part [ "-" part ]
  private mutating func difference() throws(Grammar.ReadingError) -> Grammar.Form {
    let form = try part()
    return take("-") ? .difference(form, try part()) : form
  }

  private mutating func part() throws(Grammar.ReadingError) -> Grammar.Form {
    guard index < pieces.count else { throw unexpected() }
    let piece = pieces[index]
    index += 1
    switch piece {
    case .name(let name): return .reference(name)
    case .special(let words): return .special(words)
    case .number(let number): return .range(number...(try rangeEnd() ?? number))
    case .literal(let text):
      guard let end = try rangeEnd() else { return .literal(text) }
      return .range((text.unicodeScalars.first?.value ?? 0)...end)
    case .sign("("): return try bracketed(")")
    case .sign("["): return .optional(try bracketed("]"))
    case .sign("{"): return .repetition(try bracketed("}"))
    case .sign:
      index -= 1
      throw unexpected()
    }
  }

  private mutating func rangeEnd() throws(Grammar.ReadingError) -> UInt32? {
    guard take("…"), index < pieces.count else { return nil }
    index += 1
    switch pieces[index - 1] {
    case .number(let number): return number
    case .literal(let text): return text.unicodeScalars.first?.value
    default: throw unexpected()
    }
  }

  private mutating func bracketed(
    _ closer: String
  ) throws(Grammar.ReadingError) -> Grammar.Form {
    let form = try choice()
    try expect(closer)
    return form
  }
}
