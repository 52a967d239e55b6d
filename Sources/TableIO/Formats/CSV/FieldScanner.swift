/// One field of a record, as it stands between its delimiters.
struct Field {
  /// What the field holds: without its quotes, and without the spaces around it if it has none.
  let raw: Bytes

  /// The quote around the field, if there is one.
  var quote: UInt8?

  /// Whether quotes within the quotes are doubled.
  var hasDoubledQuotes = false

  /// Whether nothing but spaces follows the closing quote.
  var isWellFormed = true

  /// The line ends before the field in its record, within quotes.
  var lineInRecord = 0

  var isQuoted: Bool { quote != nil }

  /// The content, with doubled quotes made single.
  func withContent<Result>(_ body: (Bytes) -> Result) -> Result {
    guard hasDoubledQuotes, let quote else { return body(raw) }
    var content: [UInt8] = []
    var skipsNext = false
    for byte in raw {
      if byte == quote && skipsNext {
        skipsNext = false
        continue
      }
      skipsNext = byte == quote
      content.append(byte)
    }
    return content.withUnsafeBufferPointer(body)
  }

  /// The content as text; `nil` if it is not UTF-8.
  var text: String? { withContent { String(validating: $0, as: UTF8.self) } }
}

/// Walks over the fields of a record, of any kind.
///
/// A field may stand in double quotes, which may hold delimiters, line ends and doubled quotes, or
/// in single quotes that close on the same line; a field that only begins with a single quote is
/// plain. Lines end in LF, CR LF or CR.
struct FieldScanner {
  enum Ending {
    case delimiter, line
    /// The window ends before the field does.
    case incomplete
    /// The content ends before the quote is closed.
    case unterminated
  }

  /// What divides fields; several while it is not known yet.
  ///
  /// A space alone stands for any run of spaces and tabs.
  let delimiters: [UInt8]
  let end: UnsafePointer<UInt8>

  /// Whether the content ends where the window does.
  let isLast: Bool

  /// Whether spaces divide fields, as many as there are: those at the ends of a line do not.
  private let mergesSpaces: Bool

  /// Where the next field begins, or the next record.
  private(set) var cursor: UnsafePointer<UInt8>

  /// Line ends within the quotes of this record so far.
  private(set) var lineEnds = 0

  init(
    at cursor: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, delimiters: [UInt8], isLast: Bool
  ) {
    self.cursor = cursor
    self.end = end
    self.delimiters = delimiters
    self.isLast = isLast
    mergesSpaces = delimiters == [UInt8(ascii: " ")]
  }

  /// The next field and what follows it; the field is of no use unless it is complete.
  mutating func next() -> (field: Field, ending: Ending) {
    skipSpaces()
    if cursor < end, cursor.pointee == UInt8(ascii: "\"") { return doubleQuoted() }
    if cursor < end, cursor.pointee == UInt8(ascii: "'"), let quoted = singleQuoted() {
      return quoted
    }
    return plain()
  }

  private mutating func plain() -> (Field, Ending) {
    let start = cursor
    while cursor < end, !endsField(cursor.pointee) { cursor += 1 }
    let field = Field(
      raw: CellText.trimmed(Bytes(start: start, count: cursor - start)), lineInRecord: lineEnds)
    return (field, finish())
  }

  private mutating func doubleQuoted() -> (Field, Ending) {
    let firstLine = lineEnds
    let quote = UInt8(ascii: "\"")
    cursor += 1
    let start = cursor
    var hasDoubledQuotes = false
    while true {
      skipQuotedContent()
      guard cursor < end else { break }
      // At the window's end it is not known whether the quote is the first of two.
      if cursor + 1 == end && !isLast { break }
      if cursor + 1 < end, cursor[1] == quote {
        hasDoubledQuotes = true
        cursor += 2
        continue
      }
      let raw = Bytes(start: start, count: cursor - start)
      cursor += 1
      skipPadding()
      let isWellFormed = cursor == end || endsField(cursor.pointee)
      while cursor < end, !endsField(cursor.pointee) { cursor += 1 }
      let field = Field(
        raw: raw, quote: quote, hasDoubledQuotes: hasDoubledQuotes, isWellFormed: isWellFormed,
        lineInRecord: firstLine)
      return (field, finish())
    }
    let field = Field(
      raw: Bytes(start: start, count: 0), quote: quote, lineInRecord: firstLine)
    return (field, isLast ? .unterminated : .incomplete)
  }

  /// Up to the next double quote, counting the lines on the way.
  private mutating func skipQuotedContent() {
    while cursor < end, cursor.pointee != UInt8(ascii: "\"") {
      let byte = cursor.pointee
      cursor += 1
      let isPair = byte == 0x0D && cursor < end && cursor.pointee == 0x0A
      if byte == 0x0A || (byte == 0x0D && !isPair) { lineEnds += 1 }
    }
  }

  /// A field in single quotes; `nil`, nothing being read, where it is plain after all.
  private mutating func singleQuoted() -> (Field, Ending)? {
    let quote = UInt8(ascii: "'")
    let start = cursor + 1
    var place = start
    var hasDoubledQuotes = false
    while place < end, place.pointee != 0x0A, place.pointee != 0x0D {
      guard place.pointee == quote else {
        place += 1
        continue
      }
      if place + 1 < end, place[1] == quote {
        hasDoubledQuotes = true
        place += 2
        continue
      }
      var after = FieldScanner(at: place + 1, end: end, delimiters: delimiters, isLast: isLast)
      after.skipPadding()
      if after.cursor < end, !endsField(after.cursor.pointee) { return nil }
      let field = Field(
        raw: Bytes(start: start, count: place - start), quote: quote,
        hasDoubledQuotes: hasDoubledQuotes, lineInRecord: lineEnds)
      cursor = after.cursor
      return (field, finish())
    }
    if place == end && !isLast { return (Field(raw: Bytes(start: start, count: 0)), .incomplete) }
    return nil
  }

  /// Steps over what ends the field.
  private mutating func finish() -> Ending {
    guard cursor < end else { return isLast ? .line : .incomplete }
    let byte = cursor.pointee
    if byte == 0x0D {
      // Whether a line feed belongs to it shows in the next window.
      if cursor + 1 == end && !isLast { return .incomplete }
      cursor += cursor + 1 < end && cursor[1] == 0x0A ? 2 : 1
      return .line
    }
    cursor += 1
    if byte == 0x0A { return .line }
    return mergesSpaces ? finishSpaces() : .delimiter
  }

  /// Steps over the spaces that belong to the one before, and over the line end after them.
  private mutating func finishSpaces() -> Ending {
    skipSpaces()
    guard cursor < end else { return isLast ? .line : .incomplete }
    return cursor.pointee == 0x0A || cursor.pointee == 0x0D ? finish() : .delimiter
  }

  private mutating func skipSpaces() {
    while cursor < end, CellText.isSpace(cursor.pointee),
      mergesSpaces || !endsField(cursor.pointee)
    {
      cursor += 1
    }
  }

  /// Steps over the spaces between a closing quote and what ends the field.
  private mutating func skipPadding() {
    while cursor < end, CellText.isSpace(cursor.pointee), !endsField(cursor.pointee) {
      cursor += 1
    }
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == 0x0D || delimiters.contains(byte)
      || mergesSpaces && byte == UInt8(ascii: "\t")
  }
}
