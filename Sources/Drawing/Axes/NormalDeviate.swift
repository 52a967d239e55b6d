import Glibc

/// The quantile of the standard normal distribution, within 1e-6 for 1e-12 < p < 1 - 1e-12.
///
/// Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23, then one step of Newton's
/// method: less than a hundredth of a pixel in any picture.
func normalDeviate(_ share: Double) -> Double {
  guard share > 0, share < 1 else { return .nan }
  let tail = min(share, 1 - share)
  let t = (-2 * log(tail)).squareRoot()
  let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
  let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  let estimate = t - numerator / denominator
  // Upper tails keep their digits where 1 - p would not.
  let error = 0.5 * erfc(estimate / 2.0.squareRoot()) - tail
  let density = exp(-estimate * estimate / 2) / (2 * Double.pi).squareRoot()
  let refined = density > 0 ? estimate + error / density : estimate
  return share < 0.5 ? -refined : refined
}
