/// Passwords and tokens inside addresses, which are used but never shown, saved or kept in a history.
public enum Secrets {
  /// The text with `…` for each password, token or key in an address.
  ///
  /// - Complexity: O(bytes) for each kind.
  public static func redacted(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let ranges = ranges(in: bytes)
    if ranges.isEmpty { return text }
    var (result, start): ([UInt8], Int) = ([], 0)
    for range in ranges {
      result += bytes[start..<range.lowerBound] + Array("…".utf8)
      start = range.upperBound
    }
    return String(decoding: result + bytes[start...], as: UTF8.self)
  }

  /// Whether a text has a password, a token or a key in an address.
  public static func isPresent(in text: String) -> Bool { !ranges(in: Array(text.utf8)).isEmpty }

  /// The secrets of two bytes and more, as they are written and as `%40` stands for `@`.
  public static func words(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    return ranges(in: bytes).filter { $0.count > 1 }.flatMap { range in
      let word = String(decoding: bytes[range], as: UTF8.self)
      return [word, String(decoding: bytes[range].withoutPercents, as: UTF8.self)]
    }
  }

  /// Where secrets are in a text, in order, without overlaps.
  public static func ranges(in text: [UInt8]) -> [Range<Int>] {
    guard text.contains(where: { $0 == .colon || $0 == .equals || $0 == .minus }) else { return [] }
    let found = (logins(in: text) + settings(in: text)).sorted { $0.lowerBound < $1.lowerBound }
    var kept: [Range<Int>] = []
    for range in found where kept.last.map({ $0.upperBound <= range.lowerBound }) ?? true {
      // A variable is no secret, and what is redacted stays so.
      if range.isEmpty || text[range].first == .dollar || text[range].elementsEqual("…".utf8) {
        continue
      }
      kept.append(range)
    }
    return kept
  }

  /// Passwords, as in `scheme://user:SECRET@host`; one that should have been escaped may have slashes.
  private static func logins(in text: [UInt8]) -> [Range<Int>] {
    let mark = Array("://".utf8)
    return text.places(of: mark).compactMap { place in
      let address = text[(place + mark.count)...].untilQuote
      let authority = address.prefix { $0 != .slash && $0 != .question }
      let isLogin = authority.contains(.at) || authority.hasColonBeforeOtherThanDigits
      guard isLogin, let end = (authority.contains(.at) ? authority : address).lastIndex(of: .at),
        let colon = address[..<end].firstIndex(of: .colon)
      else { return nil }
      return colon + 1..<end
    }
  }
}

extension [UInt8] {
  /// Where a text begins, in any case of ASCII letters; it is of small letters.
  func places(of word: [UInt8]) -> [Int] {
    guard let first = word.first, count >= word.count else { return [] }
    return (0...count - word.count).filter { start in
      self[start].smallLetter == first
        && word.indices.allSatisfy { self[start + $0].smallLetter == word[$0] }
    }
  }
}

extension ArraySlice<UInt8> {
  /// What is before a space or a quote without `\` before it.
  var untilQuote: ArraySlice<UInt8> {
    var last: UInt8 = 0
    return prefix { byte in
      defer { last = byte }
      return !byte.isSpace && (last == .backslash || !byte.isQuote)
    }
  }

  /// Whether what follows the first colon is no port.
  fileprivate var hasColonBeforeOtherThanDigits: Bool {
    guard let colon = firstIndex(of: .colon) else { return false }
    return !self[(colon + 1)...].allSatisfy { (0x30...0x39).contains($0) }
  }

  /// With the byte that each `%40` stands for.
  fileprivate var withoutPercents: [UInt8] {
    var result: [UInt8] = []
    var rest = self
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard byte == 0x25, digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else {
        result.append(byte)
        continue
      }
      result.append(value)
      rest = rest.dropFirst(2)
    }
    return result
  }
}
