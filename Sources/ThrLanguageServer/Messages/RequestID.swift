import JSONText

/// What a request and its response share.
enum RequestID: Hashable, Sendable {
  case number(Int)
  case text(String)

  /// `nil` where the value is no identifier: `null`, a fraction, a number that JSON readers round.
  init?(_ json: JSON) {
    switch json {
    case .string(let text): self = .text(text)
    case .number(let number):
      guard let integer = json.integer, number.magnitude <= 0x1p53 else { return nil }
      self = .number(integer)
    default: return nil
    }
  }

  var json: JSON {
    switch self {
    case .number(let number): .number(Double(number))
    case .text(let text): .string(text)
    }
  }
}
