/// Which known word a misspelt one was meant to be.
public enum Spelling {
  // Longer words are no slips of the hand, and the comparison takes the product of both lengths.
  private static let longestWord = 64

  /// The candidate nearest to `word`, if any is near enough to be worth offering.
  ///
  /// Near is: the same but for case and underscores; a beginning of three letters or more that
  /// only one candidate goes on from; or at most one slip in words of three to five letters, two in up to
  /// eight, three beyond. A slip is a letter too many, missing, changed, or swapped with its
  /// neighbour. Among equally near ones the first by alphabet wins.
  public static func nearest(
    to word: String, among candidates: some Sequence<String>
  ) -> String? {
    let written = Word(word)
    guard written.count > 0, written.count <= longestWord else { return nil }
    let limit = slips(in: written.count)
    var same: String?
    var near: (word: String, slips: Int)?
    var longer: [String] = []
    for candidate in candidates where candidate != word {
      let other = Word(candidate)
      guard other.count <= longestWord else { continue }
      if written.isSameFolded(as: other) { same = min(same ?? candidate, candidate) }
      let slips = written.distance(to: other, limit: limit)
      if slips <= limit, (slips, candidate) < (near?.slips ?? .max, near?.word ?? "") {
        near = (candidate, slips)
      }
      if candidate.hasPrefix(word) { longer.append(candidate) }
    }
    if let best = same ?? near?.word { return best }
    return written.count >= 3 && longer.count == 1 ? longer[0] : nil
  }

  /// A word taken apart for comparing with many others.
  private struct Word {
    let text: String
    /// The letters, where all are ASCII, as nearly always.
    let ascii: [UInt8]?
    let count: Int

    init(_ text: String) {
      self.text = text
      let bytes = Array(text.utf8)
      ascii = bytes.allSatisfy { $0 < 0x80 && $0 != .carriageReturn } ? bytes : nil
      count = ascii?.count ?? text.count
    }

    func distance(to other: Word, limit: Int) -> Int {
      guard abs(count - other.count) <= limit else { return .max }
      if let ascii, let others = other.ascii { return Spelling.distance(ascii, others) }
      return Spelling.distance(Array(text), Array(other.text))
    }

    /// Whether both are the same but for case and underscores.
    func isSameFolded(as other: Word) -> Bool {
      guard let ascii, let others = other.ascii else { return folded == other.folded }
      return ascii.lazy.filter { $0 != UInt8(ascii: "_") }.map(\.lowercased)
        .elementsEqual(others.lazy.filter { $0 != UInt8(ascii: "_") }.map(\.lowercased))
    }

    private var folded: String { text.lowercased().filter { $0 != "_" } }
  }

  private static func slips(in count: Int) -> Int {
    switch count {
    case ...2: 0
    case ...5: 1
    case ...8: 2
    default: 3
    }
  }

  /// The Damerau–Levenshtein distance, no part of a word edited twice; complexity O(n·m).
  static func distance<Letter: Equatable>(_ one: [Letter], _ other: [Letter]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for i in one.indices {
      var row = [i + 1]
      for j in other.indices {
        let change = last[j] + (one[i] == other[j] ? 0 : 1)
        var best = min(change, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[other.count]
  }
}

extension UInt8 {
  fileprivate var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension Spelling {
  /// The word with Latin letters in place of Cyrillic and Greek ones that look the same; `nil` where
  /// it has none of these.
  public static func inLatin(_ word: String) -> String? {
    guard word.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    let plain = String(String.UnicodeScalarView(word.unicodeScalars.map { lookalikes[$0] ?? $0 }))
    return plain == word ? nil : plain
  }

  /// The pairs of Unicode's list of confusable characters that are letters of both alphabets.
  private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j",
    "ѕ": "s", "һ": "h", "ԁ": "d", "ԛ": "q", "ԝ": "w", "А": "A", "В": "B", "Е": "E", "К": "K",
    "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T", "Х": "X", "ο": "o", "ν": "v",
    "α": "a", "ρ": "p", "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K",
    "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
  ]
}
