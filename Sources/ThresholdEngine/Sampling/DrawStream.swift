/// A stream of random numbers, one of very many that a seed has: SplitMix64 (Steele, Lea and
/// Flood, “Fast splittable pseudorandom number generators”, 2014).
///
/// Streams are distinguished by their number alone, so that work spread over threads draws the same
/// numbers on any thread.
struct DrawStream {
  private var state: UInt64

  init(seed: UInt64, number: Int) {
    state = Self.mixed(Self.mixed(seed) ^ UInt64(truncatingIfNeeded: number))
  }

  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word &>> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word &>> 31)
  }

  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A whole number below `bound`, each as likely as any other (Lemire, “Fast random integer
  /// generation in an interval”, 2019).
  ///
  /// - Parameter rejected: `rejected(below: bound)`, computed once for many draws.
  @inline(__always)
  mutating func integer(below bound: UInt64, rejected: UInt64) -> Int {
    while true {
      let (high, low) = next().multipliedFullWidth(by: bound)
      if low >= rejected { return Int(truncatingIfNeeded: high) }
    }
  }

  /// A whole number below `bound`, each as likely as any other; divides only where it must.
  @inline(__always)
  mutating func integer(below bound: UInt64) -> Int {
    let (high, low) = next().multipliedFullWidth(by: bound)
    if low >= bound { return Int(truncatingIfNeeded: high) }
    let rejected = Self.rejected(below: bound)
    return low >= rejected
      ? Int(truncatingIfNeeded: high) : integer(below: bound, rejected: rejected)
  }

  /// Whole numbers below `bound`, each as likely as any other, two of every word.
  @inline(__always)
  mutating func integers(_ count: Int, below bound: UInt32, _ body: (Int) -> Void) {
    let rejected = (0 &- bound) % bound
    var left = count
    while left > 0 {
      let word = next()
      let high = (word &>> 32) &* UInt64(bound)
      let low = (word & 0xFFFF_FFFF) &* UInt64(bound)
      if UInt32(truncatingIfNeeded: high) >= rejected {
        body(Int(truncatingIfNeeded: high &>> 32))
        left &-= 1
      }
      if left > 0, UInt32(truncatingIfNeeded: low) >= rejected {
        body(Int(truncatingIfNeeded: low &>> 32))
        left &-= 1
      }
    }
  }

  /// How many products a bound must do without, for the others to be shared out evenly.
  static func rejected(below bound: UInt64) -> UInt64 { (0 &- bound) % bound }
}
