/// Independent draws by SplitMix64.
struct Draws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }

  /// A number from 0 to below 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// How many of so many rows are hits.
  mutating func hits(of rows: Int, rate: Double) -> Int {
    (0..<rows).reduce(0) { count, _ in count + (unit() < rate ? 1 : 0) }
  }
}

/// A share in three digits.
func text(_ share: Double) -> String {
  let thousandths = String(Int((share * 1_000).rounded()))
  let padded = String(repeating: "0", count: max(0, 4 - thousandths.count)) + thousandths
  return "\(padded.dropLast(3)).\(padded.suffix(3))"
}
