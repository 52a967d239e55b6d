import NumberText

/// Format after the colon of an interpolation: `{value:.3f}`, `{share:.1%}`, `{name:>8}`.
///
/// `[< | > | ^ | 0] [width] [,] [.decimals] [f | e | g | %]`: to the left, to the right or centred
/// in `width` characters (numbers to the right and all else to the left where nothing is said), or
/// with zeros ahead of a number's digits; with thousands separators, which zeros exclude; and with
/// so many decimals (significant digits with `g`). `%` shows the hundredfold with a percent sign.
/// `.3` alone means `.3f`.
public struct ValueFormat: Hashable, Sendable {
  public enum Alignment: Character, Hashable, Sendable {
    case left = "<"
    case right = ">"
    case centre = "^"
  }

  public enum Style: Character, Hashable, Sendable {
    case fixed = "f"
    case exponent = "e"
    case general = "g"
    case percent = "%"
  }

  public var alignment: Alignment?
  /// At most 1,000.
  public var width = 0
  /// Whether zeros fill the width.
  public var hasZeros = false
  public var hasSeparators = false
  /// At most 100.
  public var digits: Int?
  public var style: Style?

  /// Reads a format; `nil` where the text is none.
  public init?(_ text: String) {
    var rest = Substring(text)
    if let sign = rest.first, let alignment = Alignment(rawValue: sign) {
      self.alignment = alignment
      rest.removeFirst()
    }
    let digits = rest
    guard let width = Self.takeNumber(&rest, limit: 1000) else { return nil }
    self.width = width ?? 0
    hasZeros = digits.first == "0"
    if hasZeros, alignment != nil || self.width == 0 { return nil }
    if rest.first == ",", !hasZeros {
      hasSeparators = true
      rest.removeFirst()
    }
    if rest.first == "." {
      rest.removeFirst()
      guard case .some(.some(let digits)) = Self.takeNumber(&rest, limit: 100) else { return nil }
      self.digits = digits
    }
    if let letter = rest.first, let style = Style(rawValue: letter) {
      self.style = style
      rest.removeFirst()
    }
    guard rest.isEmpty, !text.isEmpty else { return nil }
  }

  /// Whether only a number can be written so.
  public var asksForNumber: Bool {
    hasSeparators || hasZeros || digits != nil || style != nil
  }

  /// Takes the digits at the front: inner `nil` where none stand there, outer where too large.
  private static func takeNumber(_ text: inout Substring, limit: Int) -> Int?? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    text.removeFirst(digits.count)
    if digits.isEmpty { return .some(nil) }
    guard let number = Int(digits), number <= limit else { return nil }
    return .some(number)
  }
}
