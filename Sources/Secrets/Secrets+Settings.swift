extension Secrets {
  private static let names = [
    "password", "passwd", "passphrase", "pwd", "token", "secret", "credential", "api_key", "apikey",
    "access_key", "private_key", "account_key",
  ].map { Array($0.utf8) }

  /// The values of settings, as `password=SECRET`, `;token=SECRET`, `"password": "SECRET"` and
  /// `--password SECRET`.
  static func settings(in text: [UInt8]) -> [Range<Int>] {
    names.flatMap { name in
      text.places(of: name).compactMap { value(in: text, of: $0..<$0 + name.count) }
    }
  }

  private static func value(in text: [UInt8], of name: Range<Int>) -> Range<Int>? {
    var place = name.upperBound
    if place < text.count, text[place].isQuote { place += 1 }
    let gap = text.spaces(from: place)
    guard gap < text.count else { return nil }
    guard text[gap] == .equals || text[gap] == .colon else {
      let isOption = text[..<name.lowerBound].suffix(2) == [.minus, .minus]
      return isOption && gap > name.upperBound && place == name.upperBound
        ? gap..<text[gap...].untilQuote.endIndex : nil
    }
    let start = text.spaces(from: gap + 1)
    if start < text.count, text[start].isQuote {
      // To the same quote; also of what is `\"` within a text of the language.
      return start + 1..<text.end(of: text[start], from: start + 1)
    }
    if start + 1 < text.count, text[start] == .backslash, text[start + 1].isQuote {
      return start + 2..<text[(start + 2)...].prefix { $0 != .backslash && !$0.isQuote }.endIndex
    }
    guard text[gap] == .equals, start == gap + 1, gap == place else { return nil }
    return start..<text[start...].prefix { !$0.endsSetting }.endIndex
  }
}

extension [UInt8] {
  fileprivate func spaces(from place: Int) -> Int {
    self[place...].prefix { $0 == 0x20 || $0 == 0x09 }.endIndex
  }

  /// Where a quote is that has no `\` before it; the end without one.
  fileprivate func end(of quote: UInt8, from start: Int) -> Int {
    var last: UInt8 = 0
    return self[start...].prefix { byte in
      defer { last = byte }
      return byte != quote || last == .backslash
    }.endIndex
  }
}

extension UInt8 {
  static let at = UInt8(ascii: "@")
  static let backslash = UInt8(ascii: "\\")
  static let colon = UInt8(ascii: ":")
  static let dollar = UInt8(ascii: "$")
  static let equals = UInt8(ascii: "=")
  static let minus = UInt8(ascii: "-")
  static let question = UInt8(ascii: "?")
  static let slash = UInt8(ascii: "/")

  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  var isQuote: Bool { self == 0x22 || self == 0x27 || self == 0x60 }
  var smallLetter: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }

  fileprivate var endsSetting: Bool {
    isSpace || isQuote || "&;,)\\".utf8.contains(self)
  }
}
