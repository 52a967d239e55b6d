/// Adds weights in 128-bit fixed point, so that a sum depends on the rows and not on their order.
///
/// Doubles added in different orders differ in the last bits: the same labels would then be worth
/// different values, and ties would no longer be ties. Here every sum is exact unless the weights
/// span more than 2⁶⁰, and is rounded once, when it is read.
struct WeightSum {
  /// The exponent of the unit: a weight is a whole number of 2^unitExponent.
  private let unitExponent: Int

  /// Room for `rows` weights of at most `largest`.
  init(largest: Double, rows: Int) {
    let bitsForRows = Int.bitWidth - rows.leadingZeroBitCount
    unitExponent = Int(largest.exponent) + 1 + bitsForRows - 126
  }

  /// The weight in units, nearest to zero; finite and at least 0.
  func units(_ weight: Double) -> Int128 {
    guard weight.isNormal else { return 0 }  // far below any unit: the largest is at least 1e-60
    let significand = Int128(weight.significandBitPattern | 1 << 52)
    let shift = Int(weight.exponent) - 52 - unitExponent
    return shift >= 0 ? significand << shift : significand >> -shift
  }

  /// The sum as the nearest Double.
  func weight(_ units: Int128) -> Double {
    Double(sign: .plus, exponent: unitExponent, significand: Double(units))
  }
}
