import ThrSyntax

extension Source {
  /// A text with more bytes is not analysed while it is edited.
  static let byteLimit = 4 << 20
  /// Nor beyond so many words and signs, which is what looking costs: about a second.
  static let wordLimit = 1_000_000

  /// Whether the text is too large to be looked at while someone waits.
  ///
  /// - Complexity: O(n), and nothing for a text of fewer bytes than the words that are allowed.
  var isTooLarge: Bool {
    if bytes.count <= Self.wordLimit { return false }
    return bytes.count > Self.byteLimit || words > Self.wordLimit
  }

  /// How many words and signs there are, nearly: a text counts as what it holds, a comment as one.
  private var words: Int {
    var count = 0
    var (isInWord, isInComment) = (false, false)
    for byte in bytes {
      switch byte {
      case 0x0A: (isInWord, isInComment) = (false, false)
      case 0x00...0x20: isInWord = false
      case _ where isInComment: break
      case UInt8(ascii: "#"): (isInWord, isInComment) = (false, true)
      case _ where byte.isOfWord:
        if !isInWord { count += 1 }
        isInWord = true
      default:
        count += 1
        isInWord = false
      }
    }
    return count
  }
}

extension UInt8 {
  /// Whether the byte stands in names and numbers.
  fileprivate var isOfWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...:
      true
    default: false
    }
  }
}
