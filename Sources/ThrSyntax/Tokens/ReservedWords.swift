/// The words that are no names, found by their bytes without making a string of every word.
struct ReservedWords {
  struct Word {
    let spelling: [UInt8]
    let kind: Token.Kind
    /// Whether it is another language's spelling of the kind.
    let isForeign: Bool
  }

  /// `True` and the like are reserved, so that habits from other languages are reported at once.
  static let foreign: [String: Token.Kind] = ["True": .true, "False": .false, "None": .none]

  /// By the low five bits of the first letter.
  private let buckets: [[Word]]

  init() {
    var buckets = Array(repeating: [Word](), count: 32)
    for (words, isForeign) in [(Token.Kind.keywords, false), (Self.foreign, true)] {
      for (word, kind) in words {
        let spelling = Array(word.utf8)
        buckets[Int(spelling[0] & 31)].append(
          Word(spelling: spelling, kind: kind, isForeign: isForeign))
      }
    }
    self.buckets = buckets
  }

  func kind(of word: ArraySlice<UInt8>) -> Word? {
    guard word.count <= 9, let first = word.first else { return nil }
    for candidate in buckets[Int(first & 31)] where candidate.spelling.count == word.count {
      if candidate.spelling.elementsEqual(word) { return candidate }
    }
    return nil
  }
}
