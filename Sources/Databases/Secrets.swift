/// Passwords and tokens inside addresses, which are used but never shown, saved or kept in a history.
public enum Secrets {
  /// The text with `…` for each password, token or key in an address.
  ///
  /// - Complexity: O(characters) for each kind.
  public static func redacted(_ text: String) -> String {
    var result = text
    for range in ranges(in: text).reversed() { result.replaceSubrange(range, with: "…") }
    return result
  }

  /// Whether a text has a password, a token or a key in an address.
  public static func isPresent(in text: String) -> Bool { !ranges(in: text).isEmpty }

  static func passwords(in text: String) -> [String] {
    ranges(in: text).map { String(text[$0]) }.filter { $0.count > 1 }
  }

  /// In order, without overlaps.
  private static func ranges(in text: String) -> [Range<String.Index>] {
    let found = (logins(in: text) + settings(in: text)).sorted { $0.lowerBound < $1.lowerBound }
    var kept: [Range<String.Index>] = []
    for range in found where kept.last.map({ $0.upperBound <= range.lowerBound }) ?? true {
      // A variable is no secret, and what is redacted stays so.
      if text[range].hasPrefix("$") || text[range] == "…" || range.isEmpty { continue }
      kept.append(range)
    }
    return kept
  }

  /// Passwords, as in `scheme://user:SECRET@host`.
  private static func logins(in text: String) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    var rest = text[...]
    while let mark = rest.firstRange(of: "://") {
      rest = rest[mark.upperBound...]
      let authority = rest.prefix { !$0.isWhitespace && !"/?\"'`".contains($0) }
      guard let end = authority.lastIndex(of: "@"),
        let colon = authority[..<end].firstIndex(of: ":")
      else { continue }
      found.append(authority.index(after: colon)..<end)
    }
    return found
  }

  /// Settings, as `password=SECRET`, `;token=SECRET`.
  private static func settings(in text: String) -> [Range<String.Index>] {
    let lowered = text.lowercased()
    // Where lower case has another length, its positions are not those of the text.
    guard lowered.utf8.count == text.utf8.count else { return [] }
    let names = ["password", "passwd", "pwd", "token", "secret", "api_key", "apikey", "access_key"]
    var found: [Range<String.Index>] = []
    for name in names {
      var start = text.startIndex
      while let place = lowered[start...].firstRange(of: name + "=") {
        let value = text[place.upperBound...].prefix {
          !$0.isWhitespace && !"&;\"'`,)".contains($0)
        }
        found.append(value.startIndex..<value.endIndex)
        start = place.upperBound
      }
    }
    return found
  }
}

extension DatabaseError {
  /// The same with other words where an engine's or a client's own words stand.
  func mapping(_ words: (String) -> String) -> DatabaseError {
    switch self {
    case .noConnection(let engine, let reason): .noConnection(engine: engine, reason: words(reason))
    case .query(let engine, let reason): .query(engine: engine, reason: words(reason))
    case .unexpectedAnswer(let engine, let reason):
      .unexpectedAnswer(engine: engine, reason: words(reason))
    case .command(let program, let reason): .command(program: program, reason: words(reason))
    default: self
    }
  }
}
