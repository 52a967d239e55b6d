/// Marks the brackets that find no partner, while the tokens pass by.
///
/// The parser must know on meeting an opener whether its closer comes: if not, the bracket ends
/// with the lines that belong to it instead of swallowing the rest of the file.
struct BracketPairing {
  /// Whether brackets were still open where the text ended.
  private(set) var isOpenAtEnd = false

  private var open: [Open] = []
  /// How many parentheses, brackets and braces are open within the innermost interpolation, so
  /// that a stray closer is reported without a search.
  private var counts = Counts()
  private var outerCounts: [Counts] = []

  private struct Counts {
    var parentheses = 0
    var brackets = 0
    var braces = 0
  }

  private struct Open {
    let kind: Token.Kind
    let index: Int
    let isBlock: Bool
  }

  /// Whether anything is open within the innermost interpolation.
  var isInsideBrackets: Bool { open.last.map { $0.kind != .interpolationStart } ?? false }

  /// Whether a brace is open within the innermost interpolation.
  var isInsideBraces: Bool { counts.braces > 0 }

  init() {}

  /// Marks the brackets among all tokens of a text again.
  ///
  /// - Complexity: O(n).
  init(of tokens: inout [Token]) {
    var previous: Token.Kind?
    for index in tokens.indices {
      let kind = tokens[index].kind
      if kind.isOpener {
        tokens[index].mark = .sound
        open(kind, at: index, after: previous)
      } else if kind.isCloser {
        tokens[index].mark = .sound
        close(kind, at: index, in: &tokens)
      } else if kind == .interpolationStart {
        openInterpolation(at: index)
      } else if kind == .interpolationEnd {
        closeInterpolation(in: &tokens)
      }
      if kind != .newline { previous = kind }
    }
    finish(&tokens)
  }

  /// Takes note of an opener; the kind before it, line ends aside, distinguishes a record from a
  /// block.
  mutating func open(_ kind: Token.Kind, at index: Int, after previous: Token.Kind?) {
    let isBlock = kind == .leftBrace && (previous == .else || previous?.endsExpression ?? false)
    open.append(Open(kind: kind, index: index, isBlock: isBlock))
    self[countOf: kind] += 1
  }

  mutating func openInterpolation(at index: Int) {
    open.append(Open(kind: .interpolationStart, index: index, isBlock: false))
    outerCounts.append(counts)
    counts = Counts()
  }

  mutating func closeInterpolation(in tokens: inout [Token]) {
    while let last = open.popLast(), last.kind != .interpolationStart {
      tokens[last.index].mark = .unclosed
    }
    counts = outerCounts.popLast() ?? Counts()
  }

  mutating func finish(_ tokens: inout [Token]) {
    isOpenAtEnd = !open.isEmpty
    for bracket in open { tokens[bracket.index].mark = .unclosed }
  }

  mutating func close(_ kind: Token.Kind, at index: Int, in tokens: inout [Token]) {
    guard self[countOf: kind] > 0 else {
      // A block holds whole lines: a stray closer in one of them does not end it.
      guard isInsideBrackets, let last = open.last, !last.isBlock else {
        tokens[index].mark = .stray
        return
      }
      open.removeLast()
      self[countOf: last.kind] -= 1
      tokens[index].mark = .mismatched
      return
    }
    while let last = open.popLast() {
      self[countOf: last.kind] -= 1
      if last.kind.closer == kind { return }
      tokens[last.index].mark = .unclosed
    }
  }

  private subscript(countOf kind: Token.Kind) -> Int {
    get {
      switch kind {
      case .leftParenthesis, .rightParenthesis: counts.parentheses
      case .leftBracket, .rightBracket: counts.brackets
      default: counts.braces
      }
    }
    set {
      switch kind {
      case .leftParenthesis, .rightParenthesis: counts.parentheses = newValue
      case .leftBracket, .rightBracket: counts.brackets = newValue
      default: counts.braces = newValue
      }
    }
  }
}
