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
    let written = Array(word)
    guard !written.isEmpty, written.count <= longestWord else { return nil }
    let others = candidates.filter { $0 != word && $0.count <= longestWord }.sorted()
    let folded = fold(word)
    if let same = others.first(where: { fold($0) == folded }) { return same }
    let limit = slips(in: written.count)
    let near = others.map { ($0, distance(written, Array($0), limit: limit)) }
    if let best = near.min(by: { $0.1 < $1.1 }), best.1 <= limit { return best.0 }
    let longer = others.filter { $0.hasPrefix(word) }
    return written.count >= 3 && longer.count == 1 ? longer[0] : nil
  }

  private static func fold(_ word: String) -> String {
    word.lowercased().filter { $0 != "_" }
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
  ///
  /// Words whose lengths differ by more than `limit` are told by that alone.
  static func distance(_ one: [Character], _ other: [Character], limit: Int = .max) -> Int {
    guard abs(one.count - other.count) <= limit else { return .max }
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
