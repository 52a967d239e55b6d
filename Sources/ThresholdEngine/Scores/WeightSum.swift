/// Adds weights in 128-bit fixed point, so that a sum depends on the rows and not on their order.
///
/// Doubles added in different orders differ in the last bits: the same labels would then be worth
/// different values, and ties would no longer be ties. Here every sum is exact unless the weights
/// span more than 2⁶⁰, and is rounded once, when it is read.
struct WeightSum: Sendable {
  /// A weight is a whole number of 2^unitExponent.
  let unitExponent: Int
  private let unit: Double

  /// Room for `rows` weights of at most `largest`.
  init(largest: Double, rows: Int) {
    let bitsForRows = Int.bitWidth - rows.leadingZeroBitCount
    unitExponent = Int(largest.exponent) + 1 + bitsForRows - 126
    unit = Double(sign: .plus, exponent: unitExponent, significand: 1)
  }

  /// The weight in units, rounded down; finite and at least 0.
  func units(_ weight: Double) -> Units {
    guard weight.isNormal else { return .zero }  // far below any unit: the largest is ≥ 1e-60
    let significand = weight.significandBitPattern | 1 << 52
    let exponent = Int(truncatingIfNeeded: weight.bitPattern >> 52) - 1023 - 52
    return Units(significand, shiftedLeft: exponent - unitExponent)
  }

  /// The same of a number of either sign.
  func signedUnits(_ number: Double) -> Units {
    number < 0 ? .zero - units(-number) : units(number)
  }

  /// The sum of numbers of either sign as the nearest Double.
  func signedWeight(_ units: Units) -> Double {
    units.isNegative ? -weight(.zero - units) : weight(units)
  }

  /// The sum as the nearest Double.
  func weight(_ units: Units) -> Double { units.nearest * unit }

  /// Weights of both classes.
  struct Classes: Sendable {
    var positives = Units.zero
    var negatives = Units.zero

    mutating func add(_ units: Units, isPositive: Bool) {
      if isPositive { positives += units } else { negatives += units }
    }

    static func - (one: Classes, other: Classes) -> Classes {
      Classes(
        positives: one.positives - other.positives, negatives: one.negatives - other.negatives)
    }

    static func + (one: Classes, other: Classes) -> Classes {
      Classes(
        positives: one.positives + other.positives, negatives: one.negatives + other.negatives)
    }
  }

  func unflagged(_ rest: Classes) -> ClassSums { weights(rest) }

  /// The weight of each class as the nearest Doubles.
  func weights(_ classes: Classes) -> ClassSums {
    ClassSums(positives: weight(classes.positives), negatives: weight(classes.negatives))
  }

  func confusion(flagged: Classes, rest: Classes) -> Confusion {
    let all = flagged + rest
    return Confusion(
      tp: weight(flagged.positives), fp: weight(flagged.negatives),
      positives: weight(all.positives), negatives: weight(all.negatives),
      unflagged: unflagged(rest))
  }

  /// A whole number below 2¹²⁷.
  struct Units: AdditiveArithmetic, Sendable {
    private(set) var high: UInt64 = 0
    private(set) var low: UInt64 = 0

    static let zero = Units(0, shiftedLeft: 0)

    init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }

    /// Adds 1.
    @inline(__always)
    mutating func increment() {
      low &+= 1
      if low == 0 { high &+= 1 }
    }

    /// Whether it is below 0, in two's complement.
    var isNegative: Bool { high >> 63 == 1 }

    /// `number` · 2^shift, rounded down.
    init(_ number: UInt64, shiftedLeft shift: Int) {
      // Smart shifts: too far to either side leaves nothing.
      low = number << shift
      high = shift > 0 ? number << (shift - 64) : 0
    }

    static func + (one: Units, other: Units) -> Units {
      var sum = one
      let (low, carries) = one.low.addingReportingOverflow(other.low)
      sum.low = low
      sum.high = one.high &+ other.high &+ (carries ? 1 : 0)
      return sum
    }

    static func - (one: Units, other: Units) -> Units {
      var difference = one
      let (low, borrows) = one.low.subtractingReportingOverflow(other.low)
      difference.low = low
      difference.high = one.high &- other.high &- (borrows ? 1 : 0)
      return difference
    }

    /// The nearest Double, ties to even.
    var nearest: Double {
      if high == 0 { return Double(low) }
      // The leading 64 bits, the last of them set where anything follows, round like the whole.
      let leading = UInt64(truncatingIfNeeded: high.leadingZeroBitCount)
      let top = leading == 0 ? high : high &<< leading | low &>> (64 &- leading)
      let rest = low &<< leading
      let power = Double(bitPattern: (1023 &+ 64 &- leading) &<< 52)
      return Double(top | (rest == 0 ? 0 : 1)) * power
    }
  }
}
