// Products and quotients that round once: numbers that are equal give equal Doubles, so that ties
// are ties. All of them are exact up to that rounding while products of two counts stay below 2⁵³.

extension Lanes {
  /// A product and what its rounding lost, together exact (Dekker 1971).
  @inline(__always)
  func exactProduct(_ other: Lanes) -> (rounded: Lanes, lost: Lanes) {
    let rounded = self * other
    let ((high, low), (otherHigh, otherLow)) = (halves, other.halves)
    let lost = ((high * otherHigh - rounded) + high * otherLow + low * otherHigh) + low * otherLow
    return (rounded, lost)
  }

  /// The number as a sum of two with 26 bits each (Veltkamp 1968).
  @inline(__always)
  private var halves: (high: Lanes, low: Lanes) {
    let spread = self * 134_217_729
    let high = spread - (spread - self)
    return (high, self - high)
  }

  /// The square with the number's own sign, divided by `divisor`.
  @inline(__always)
  func signedSquare(over divisor: Lanes) -> Lanes {
    let magnitude = replacing(with: -self, where: self .< 0)
    let square = exactProduct(magnitude)
    let quotient = square.rounded / divisor
    let back = quotient.exactProduct(divisor)
    let rest = ((square.rounded - back.rounded) - back.lost) + square.lost
    return quotient + rest / divisor
  }

  /// The sum of two squares.
  @inline(__always)
  static func sumOfSquares(_ one: Lanes, _ other: Lanes) -> Lanes {
    let (first, second) = (one.exactProduct(one), other.exactProduct(other))
    let sum = first.rounded + second.rounded
    // What the sum's own rounding lost (Knuth 1969).
    let added = sum - first.rounded
    let lost = (first.rounded - (sum - added)) + (second.rounded - added)
    return sum + (lost + (first.lost + second.lost))
  }
}
