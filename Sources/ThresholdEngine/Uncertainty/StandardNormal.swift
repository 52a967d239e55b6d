import Glibc

/// The standard normal distribution.
enum StandardNormal {
  /// P(|Z| ≥ |z|), the two-sided p-value of a statistic.
  static func bothTails(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// The z with P(Z ≤ z) = `share`, for a share above 0 and below 1.
  ///
  /// Abramowitz and Stegun, 26.2.23, then Newton's method to the last digits.
  static func quantile(_ share: Double) -> Double {
    let tail = min(share, 1 - share)
    let t = (-2 * log(tail)).squareRoot()
    var z =
      t - (2.515517 + t * (0.802853 + t * 0.010328))
      / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    for _ in 0..<4 {
      let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      z += (erfc(z / 2.0.squareRoot()) / 2 - tail) / density
    }
    return share < 0.5 ? -z : z
  }

  /// The z within which the share `level` lies: 1.645 for 90 %.
  static func twoSided(_ level: Double) -> Double { quantile(1 - (1 - level) / 2) }
}
