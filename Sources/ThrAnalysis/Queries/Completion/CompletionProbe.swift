import ThrModel
import ThrSyntax

/// The text with a name put at the place that is asked about, and analysed so: then what stands
/// around the place is whole, and the checker says what is known there.
struct CompletionProbe {
  // A name like any other, and one that no one uses.
  private static let name = "__place__"

  let document: Document
  let surroundings: Surroundings
  /// What an item replaces, in the document.
  let span: Span
  /// What is written before the place.
  let written: String
  /// The parts of the changed program around the name, the outermost first.
  let nodes: [SyntaxNode]
  /// The place of the name in the changed text.
  let place: Span
  let changed: Document
  let scene: Scene

  init(_ document: Document, at offset: Int, _ surroundings: Surroundings) {
    self.document = document
    self.surroundings = surroundings
    let word = document.parse.word(touching: offset)
    let replaced = word ?? Span(offset, offset)
    span = replaced.start < offset ? replaced : Span(offset, offset)
    written = document.text(Span(span.start, offset))
    changed = Document(
      document, edited: [(replaced, Array(Self.name.utf8))],
      watching: Span(replaced.start, replaced.start + Self.name.utf8.count))
    place = Span(replaced.start, replaced.start + Self.name.utf8.count)
    nodes = SyntaxPath(to: place.start, in: changed.parse.program).nodes
    scene = changed.facts.scene ?? Scene()
  }

  /// The token before the place that is no line end.
  var previous: Token? {
    changed.parse.tokens[..<changed.parse.tokens.firstIndex(notBefore: place.start)]
      .last { $0.kind != .newline }
  }

  /// The token after the place.
  var next: Token? {
    let index = changed.parse.tokens.firstIndex(notBefore: place.end)
    return index < changed.parse.tokens.count ? changed.parse.tokens[index] : nil
  }

  /// Whether a word goes on from what is written: of what does not, nothing need be known.
  func isPossible(_ word: String) -> Bool { WordMatch(word, written) != nil }

  /// Whether parentheses follow already.
  var isBeforeParenthesis: Bool {
    next?.kind == .leftParenthesis && next?.start == place.end
  }
}

extension Parse {
  /// The word that a place is in, at the end of, or directly before.
  fileprivate func word(touching offset: Int) -> Span? {
    guard let token = word(at: offset) else { return nil }
    return token.span
  }
}
