/// What the lexer finds: every token, with the comments apart, and which brackets pair.
struct LexedText {
  /// All tokens but comments; the last is `.end`.
  var tokens: [Token] = []
  var comments: [Token] = []
  var diagnostics = DiagnosticList()
  var brackets = BracketPairing()
  /// Ascending stretches of lines that one diagnostic covers whole.
  var damaged: [Span] = []
}

/// Splits bytes into tokens; takes any bytes, in linear time.
///
/// A text literal becomes several tokens, so that what it interpolates is lexed in place.
struct Lexer {
  let bytes: [UInt8]
  var offset: Int
  var result = LexedText()
  /// Texts and interpolations around `offset`, outermost first; empty in plain code.
  var modes: [Mode] = []
  private(set) var hasGivenUp = false
  private var faultsOnLine = 0
  // A reader corrects the first few faults of a line before looking at the rest.
  private static let mostFaultsOnLine = 10
  private let words = ReservedWords()

  enum Mode: Equatable {
    case text(Quote, start: Int)
    case interpolation
  }

  /// - Parameter offset: where to begin, the start of a line.
  init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
    result.tokens.reserveCapacity(bytes.count / 3 + 1)
  }

  static func lex(_ bytes: [UInt8]) -> LexedText {
    var lexer = Lexer(bytes)
    lexer.run()
    return lexer.result
  }

  private mutating func run() {
    run(to: bytes.count)
    if hasGivenUp { offset = bytes.count }
    abandonTexts()
    emit(.end, from: offset)
    result.brackets.finish(&result.tokens)
  }

  /// Takes the tokens up to the beginning of a line, or to the end.
  mutating func run(to end: Int) {
    if offset == 0 { skipByteOrderMark() }
    while offset < end, !hasGivenUp {
      if case .text(let quote, _) = modes.last {
        textPiece(quote)
      } else {
        token()
      }
    }
  }

  private mutating func skipByteOrderMark() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    if bytes.beginAsUTF16 {
      result.diagnostics.append(.utf16())
      offset = bytes.count
    } else if bytes.count > Source.largest {
      result.diagnostics.append(.tooLarge())
      offset = bytes.count
    }
  }

  private mutating func token() {
    let byte = bytes[offset]
    switch byte {
    case .space, .tab: offset += 1
    case .lineFeed, .carriageReturn: newline()
    case UInt8(ascii: "#"): comment()
    case UInt8(ascii: "\""): openText(.double)
    case _ where byte.isDigit: number()
    case _ where byte.isASCIILetter || byte == UInt8(ascii: "_") || byte >= 0x80: word()
    default: punctuation(byte)
    }
  }

  // newline = LF | CR LF | CR
  private mutating func newline() {
    abandonTexts()
    faultsOnLine = 0
    let start = offset
    let isPair = bytes[offset] == .carriageReturn && byte(at: offset + 1) == .lineFeed
    offset += isPair ? 2 : 1
    emit(.newline, from: start)
  }

  private mutating func comment() {
    guard modes.isEmpty else { return unexpected(length: 1, remedy: .commentInText) }
    let start = offset
    skipLine()
    result.comments.append(Token(.comment, start, offset))
    validate(start..<offset)
  }

  mutating func skipLine() {
    while offset < bytes.count, !bytes[offset].isLineEnd { offset += 1 }
  }

  private mutating func word() {
    let start = offset
    skipWord()
    guard offset > start else { return foreignCharacter() }
    // After a dot every word names a member, but on a new line the dot was left unfinished.
    if let special = words.kind(of: bytes[start..<offset]), result.tokens.last?.kind != .dot {
      reserved(special, from: start)
    } else {
      emit(.name, from: start)
    }
  }

  private mutating func reserved(_ word: ReservedWords.Word, from start: Int) {
    guard word.isForeign else { return emit(word.kind, from: start) }
    let written = String(decoding: bytes[start..<offset], as: UTF8.self)
    emitFaulty(
      word.kind, from: start,
      .foreignSpelling(written, at: Span(start, offset), instead: written.lowercased()))
  }

  /// Passes over the letters, digits and underscores at `offset`.
  mutating func skipWord() {
    let start = offset
    while offset < bytes.count {
      if bytes[offset].isWordByte {
        offset += 1
      } else if bytes[offset] >= 0x80, let (scalar, length) = decodeScalar(in: bytes, at: offset),
        offset == start ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
      {
        offset += length
      } else {
        break
      }
    }
  }

  private mutating func punctuation(_ byte: UInt8) {
    if closesInterpolation(byte) || beginsFormat(byte) || foreignSpelling() { return }
    let next = self.byte(at: offset + 1)
    guard let (kind, length) = Self.operators(byte, next) else {
      return foreignCharacter()
    }
    let start = offset
    offset += length
    let last = kind == .leftBrace ? lastKind : nil
    emit(kind, from: start)
    let index = result.tokens.count - 1
    if kind.isOpener {
      result.brackets.open(kind, at: index, after: last)
    } else if kind.isCloser {
      result.brackets.close(kind, at: index, in: &result.tokens)
    }
  }
}

extension Lexer {
  /// The byte at a place, 0 beyond the end.
  func byte(at place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  /// The last token that is not a line end.
  var lastKind: Token.Kind? { result.tokens.last { $0.kind != .newline }?.kind }

  mutating func emit(_ kind: Token.Kind, from start: Int) {
    result.tokens.append(Token(kind, start, offset))
  }

  mutating func emitFaulty(
    _ kind: Token.Kind, from start: Int, _ diagnostic: Diagnostic
  ) {
    emit(kind, from: start)
    markFaulty()
    report(diagnostic)
  }

  /// Informs the parser that the last token has been reported already.
  mutating func markFaulty() { result.tokens[result.tokens.count - 1].mark = .faulty }

  /// Reports a fault, and gives up the rest of a line or of a text that has nothing but faults.
  mutating func report(_ diagnostic: Diagnostic) {
    if let last = result.damaged.last, offset <= last.end { return }
    result.diagnostics.append(diagnostic)
    faultsOnLine += 1
    if faultsOnLine == Self.mostFaultsOnLine { damageLine(from: offset) }
    guard result.diagnostics.isFull else { return }
    result.damaged.append(Span(offset, bytes.count))
    hasGivenUp = true
  }

  /// Keeps later complaints about the rest of this line quiet.
  mutating func damageLine(from start: Int) {
    if let last = result.damaged.last, start <= last.end { return }
    var end = offset
    while end < bytes.count, !bytes[end].isLineEnd { end += 1 }
    result.damaged.append(Span(start, end))
  }

  private static func operators(_ byte: UInt8, _ next: UInt8) -> (Token.Kind, Int)? {
    let isAssign = next == UInt8(ascii: "=")
    return switch byte {
    case UInt8(ascii: "("): (.leftParenthesis, 1)
    case UInt8(ascii: ")"): (.rightParenthesis, 1)
    case UInt8(ascii: "["): (.leftBracket, 1)
    case UInt8(ascii: "]"): (.rightBracket, 1)
    case UInt8(ascii: "{"): (.leftBrace, 1)
    case UInt8(ascii: "}"): (.rightBrace, 1)
    case UInt8(ascii: ","): (.comma, 1)
    case UInt8(ascii: ";"): (.semicolon, 1)
    case UInt8(ascii: ":"): (.colon, 1)
    case UInt8(ascii: "."): (.dot, 1)
    case UInt8(ascii: "="): isAssign ? (.equal, 2) : (.assign, 1)
    case UInt8(ascii: "!"): isAssign ? (.notEqual, 2) : nil
    case UInt8(ascii: "<"): isAssign ? (.lessOrEqual, 2) : (.less, 1)
    case UInt8(ascii: ">"): isAssign ? (.greaterOrEqual, 2) : (.greater, 1)
    case UInt8(ascii: "+"): (.plus, 1)
    case UInt8(ascii: "-"): (.minus, 1)
    case UInt8(ascii: "*"): (.times, 1)
    case UInt8(ascii: "/"): (.divide, 1)
    case UInt8(ascii: "%"): (.remainder, 1)
    case UInt8(ascii: "^"): (.power, 1)
    case UInt8(ascii: "|"): next == UInt8(ascii: ">") ? (.pipe, 2) : nil
    default: nil
    }
  }
}

extension Collection<UInt8> {
  /// Whether they begin with a byte order mark of UTF-16, which no UTF-8 text has.
  var beginAsUTF16: Bool { starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) }
}
