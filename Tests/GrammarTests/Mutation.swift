import TestSupport
import GrammarReading

/// Spoils sentences: leaves tokens out, puts others in, swaps them, and changes characters.
struct Mutation {
  typealias Piece = SentenceGenerator<SeededGenerator>.Piece

  private var random: SeededGenerator

  init(random: SeededGenerator) { self.random = random }

  private static let tokens = [
    "x", "fn", "1", "10%", "\"", "\"a\"", "if", "else", "for", "in", "use", "and", "or", "not",
    "true", "none", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "=", "==", "<", "-", "+", "*",
    "%", "^", "|>", "\n", "\r", "#", "True", ":.3f", "<-", "a=1", "{a: 1}", "elif", "return", "\\n",
  ]
  private static let characters: [Unicode.Scalar] = [
    "x", "e", "1", "_", ".", "\"", "{", "}", "(", ")", "[", "]", ",", ":", ";", "=", "<", ">", "|",
    "-", "%", "#", "\\", "\n", "\r", " ", "\t", "é", "\u{0}", "\u{A0}", "\u{301}", "'", "!", "&",
    "/", "\u{7F}", "\u{FEFF}",
  ]

  /// The text of a sentence with one or two things changed.
  mutating func mutate(_ sentence: [Piece]) -> String {
    var pieces = sentence
    if Bool.random(using: &random) { changeTokens(&pieces) }
    let text = pieces.map { $0.gap + $0.token }.joined()
    guard pieces.count == sentence.count || Int.random(in: 0..<4, using: &random) == 0 else {
      return text
    }
    return changeCharacters(text)
  }

  private mutating func changeTokens(_ pieces: inout [Piece]) {
    guard let place = pieces.indices.randomElement(using: &random),
      let other = pieces.indices.randomElement(using: &random),
      let token = Self.tokens.randomElement(using: &random)
    else { return }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: pieces.remove(at: place)
    case 1: pieces.insert(Piece(gap: " ", token: token), at: place)
    case 2: pieces[place].token = token
    case 3: pieces.insert(pieces[other], at: place)
    case 4: pieces.swapAt(place, other)
    default: pieces[place].gap = ["", " ", "\n", "\r\n", "#\n"].randomElement(using: &random) ?? ""
    }
  }

  private mutating func changeCharacters(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    let delimiters = scalars.indices.filter { ["\"", "{", ":", "}"].contains(scalars[$0]) }
    let isNear = Int.random(in: 0..<3, using: &random) == 0
    guard
      let place = (isNear && !delimiters.isEmpty ? delimiters : Array(scalars.indices))
        .randomElement(using: &random),
      let other = scalars.indices.randomElement(using: &random),
      let character = Self.characters.randomElement(using: &random)
    else { return text }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: scalars.remove(at: place)
    case 1: scalars.insert(character, at: place)
    case 2: scalars[place] = character
    default: scalars.swapAt(place, other)
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
