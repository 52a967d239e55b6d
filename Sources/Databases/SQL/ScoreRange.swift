import Glibc

extension SQLDialect {
  /// Whether a score lies between two bounds, both included.
  ///
  /// Every double is a whole number times a power of two, and multiplication by a power of two is
  /// exact: the bounds need no decimal fraction, which engines read differently.
  func within(_ range: ClosedRange<Double>, _ score: String) -> String {
    "(\(bound(score, ">=", range.lowerBound)) AND \(upperBound(score, range.upperBound)))"
  }

  func atLeast(_ threshold: Double, _ score: String) -> String { bound(score, ">=", threshold) }

  func below(_ threshold: Double, _ score: String) -> String { bound(score, "<", threshold) }

  /// A bound just below a round number is written as that number, excluded.
  private func upperBound(_ score: String, _ bound: Double) -> String {
    let next = bound.nextUp
    guard next.isFinite, next.significandBits < bound.significandBits else {
      return self.bound(score, "<=", bound)
    }
    return self.bound(score, "<", next)
  }

  private func bound(_ score: String, _ comparison: String, _ number: Double) -> String {
    let exponent = number.powerOfTwo
    guard exponent > 0 else { return "\(score) \(comparison) \(literal(number))" }
    let whole = Int(scalbn(number, Int32(exponent)))
    return "\(product(score, exponent)) \(comparison) \(whole)"
  }

  /// A score times a power of two.
  func product(_ score: String, _ exponent: Int) -> String {
    if exponent == 0 { return "\(score)*1" }
    // A fraction divides, since some engines divide whole numbers without a rest.
    if exponent < 0 { return Self.quotient(score, -exponent) }
    let (count, rest) = exponent.quotientAndRemainder(dividingBy: 60)
    let factors = Array(repeating: 1 << 60, count: count) + (rest > 0 ? [1 << rest] : [])
    return ([score] + factors.map(String.init)).joined(separator: "*")
  }

  private static func quotient(_ score: String, _ exponent: Int) -> String {
    let (count, rest) = exponent.quotientAndRemainder(dividingBy: 60)
    let divisors = Array(repeating: 1 << 60, count: count) + (rest > 0 ? [1 << rest] : [])
    return ([score] + divisors.map { "\($0).0" }).joined(separator: "/")
  }
}

extension Double {
  /// The least power of two, 0 at least, whose product with the number is whole.
  fileprivate var powerOfTwo: Int {
    guard self != 0, isFinite else { return 0 }
    return max(0, significandWidth - Int(exponent))
  }

  fileprivate var significandBits: Int { self == 0 ? 0 : significandWidth }
}
