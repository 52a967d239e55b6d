/// The words of a command that a user wrote: `duckdb risk.db -csv -c {sql}`.
///
/// Words are parted by spaces; quotes, single or double, keep spaces. No shell reads it: `$`, `*`, `|`
/// and `;` are characters like others.
public struct CommandLine: Hashable, Sendable {
  public let words: [String]

  /// What stands for the query.
  static let placeholder = "{sql}"

  /// `nil` where there is no word, or a quote is not closed.
  public init?(_ text: String) {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    guard quote == nil, !words.isEmpty else { return nil }
    self.words = words
  }

  var program: String { words[0] }

  /// The words with the query in its place, or after them where no word holds `{sql}`.
  ///
  /// It is part of one word, also with spaces in it.
  func arguments(for sql: String) -> [String] {
    let place = words.firstIndex { $0.contains(Self.placeholder) }
    guard let place else { return words + [sql] }
    var words = words
    let parts = words[place].split(
      separator: Self.placeholder, maxSplits: 1, omittingEmptySubsequences: false)
    words[place] = "\(parts[0])\(sql)\(parts.count > 1 ? parts[1] : "")"
    return words
  }
}
