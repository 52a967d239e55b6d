import ContentHash
import ThresholdEngine

extension Scores {
  /// A hash of the rows by what they hold, in 32 hexadecimal digits: the same in any order, from any
  /// file, and for counts as for the rows that they count.
  ///
  /// The sum of two hashes of each row. For recognising rows, not against forgery.
  ///
  /// - Complexity: O(*n*).
  var contentHash: String {
    var (first, second) = (UInt64(0), UInt64(0))
    for row in values.indices {
      let weight = weights?[row] ?? 1
      let (own, rows) = isCounted ? (1, UInt64(weight)) : (weight, 1)
      // Of 0.0 and -0.0, which are the same score, one.
      let words = [(values[row] + 0).bitPattern, labels[row] ? 1 : 0, own.bitPattern]
      var hash = ContentHash(words)
      first &+= hash.value.mixed &* rows
      hash.combine(0x9e37_79b9_7f4a_7c15)
      second &+= hash.value.mixed &* rows
    }
    return first.sixteenDigits + second.sixteenDigits
  }
}

extension UInt64 {
  /// A bijection in which every bit depends on every bit (SplitMix64's).
  var mixed: UInt64 {
    var bits = self
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }

  var sixteenDigits: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
