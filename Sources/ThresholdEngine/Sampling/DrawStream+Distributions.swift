import Glibc

extension DrawStream {
  /// A number between 0 and 1, neither of them.
  @inline(__always)
  mutating func openUnit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// A number of the standard normal distribution (Marsaglia's polar method, 1964).
  mutating func normal() -> Double {
    while true {
      let (x, y) = (2 * openUnit() - 1, 2 * openUnit() - 1)
      let square = x * x + y * y
      if square < 1, square > 0 { return x * (-2 * log(square) / square).squareRoot() }
    }
  }

  /// A number of the gamma distribution of scale 1 (Marsaglia and Tsang, “A simple method for
  /// generating gamma variables”, 2000); 0 for the shape 0.
  mutating func gamma(_ shape: Double) -> Double {
    if shape <= 0 { return 0 }
    if shape < 1 { return gamma(shape + 1) * pow(openUnit(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = openUnit()
      let square = x * x
      if u < 1 - 0.0331 * square * square || log(u) < 0.5 * square + d * (1 - v + log(v)) {
        return d * v
      }
    }
  }

  /// A number of the beta distribution.
  mutating func beta(_ a: Double, _ b: Double) -> Double {
    let (one, other) = (gamma(a), gamma(b))
    return one / (one + other)
  }
}
