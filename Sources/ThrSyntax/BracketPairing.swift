/// Which brackets find no partner, told while the tokens pass by.
///
/// The parser must know on meeting an opener whether its closer comes: if not, the bracket ends
/// with the lines that belong to it instead of swallowing the rest of the file.
struct BracketPairing {
  /// Token indices of openers without a closer.
  private(set) var unclosed: Set<Int> = []
  /// Token indices of closers of another kind than their opener, `(1, 2]`.
  private(set) var mismatched: Set<Int> = []
  /// Token indices of closers for which nothing is open.
  private(set) var stray: Set<Int> = []
  /// Whether brackets were still open where the text ended.
  private(set) var isOpenAtEnd = false

  private var open: [Open] = []
  /// How many parentheses, brackets and braces are open within the innermost interpolation, so
  /// that a stray closer is told without a search.
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

  /// Records the token at `index` if it is a bracket; `previous` tells a record from a block.
  mutating func note(_ kind: Token.Kind, at index: Int, after previous: Token.Kind?) {
    if kind.isOpener {
      let isBlock = kind == .leftBrace && (previous == .else || previous?.endsExpression ?? false)
      open.append(Open(kind: kind, index: index, isBlock: isBlock))
      self[countOf: kind] += 1
    } else if kind.isCloser {
      close(kind, at: index)
    }
  }

  mutating func openInterpolation(at index: Int) {
    open.append(Open(kind: .interpolationStart, index: index, isBlock: false))
    outerCounts.append(counts)
    counts = Counts()
  }

  mutating func closeInterpolation() {
    while let last = open.popLast(), last.kind != .interpolationStart {
      unclosed.insert(last.index)
    }
    counts = outerCounts.popLast() ?? Counts()
  }

  mutating func finish() {
    isOpenAtEnd = !open.isEmpty
    for bracket in open { unclosed.insert(bracket.index) }
  }

  private mutating func close(_ kind: Token.Kind, at index: Int) {
    guard self[countOf: kind] > 0 else {
      // A block holds whole lines: a stray closer in one of them does not end it.
      guard isInsideBrackets, let last = open.last, !last.isBlock else {
        stray.insert(index)
        return
      }
      open.removeLast()
      self[countOf: last.kind] -= 1
      mismatched.insert(index)
      return
    }
    while let last = open.popLast() {
      self[countOf: last.kind] -= 1
      if last.kind.closer == kind { return }
      unclosed.insert(last.index)
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
