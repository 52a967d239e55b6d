import Glibc
import ParallelWork
import Synchronization

/// The fewest right flags that certify a precision, for each number of false ones.
///
/// With any scores, the flags met from the highest score down are dominated by draws that are
/// right with probability `precision`: thresholds below it are certified with no more than the
/// probability with which such draws ever cross the staircase. One binomial test at a fixed level
/// makes the steps, and that level is the largest that keeps the crossing within what is allowed.
struct Staircase: Hashable, Sendable {
  /// The fewest right flags beside 0, 1, 2, … false ones; beyond, nothing is certified.
  let steps: [Int]
  /// The level of the test at each step.
  let level: Double

  /// How many draws there may be before the closed form is used instead.
  static let longest = 20_000

  /// - Parameters:
  ///   - precision: above 0 and below 1.
  ///   - horizon: how many draws there are at most.
  ///   - allowed: the probability of ever crossing.
  /// - Complexity: O(*h* √*h*) in the horizon, 18 times; the last few are remembered.
  static func calibrated(
    precision: Double, horizon: Int, allowed: Double, isCancelled: () -> Bool
  ) throws(Cancelled) -> Staircase {
    let key = Key(precision: precision, horizon: horizon, allowed: allowed)
    if let known = memory.withLock({ $0[key] }) { return known }
    var (low, high) = (log(allowed / 200), log(allowed))
    for _ in 0..<18 {
      let middle = (low + high) / 2
      let steps = steps(precision, horizon, level: exp(middle))
      let crossing = try crossing(
        of: steps, precision, horizon, upTo: allowed, isCancelled: isCancelled)
      if crossing <= allowed { low = middle } else { high = middle }
    }
    let level = exp(low)
    let result = Staircase(steps: steps(precision, horizon, level: level), level: level)
    memory.withLock { memory in
      if memory.count >= 64 { memory = [:] }
      memory[key] = result
    }
    return result
  }

  private struct Key: Hashable {
    let precision: Double
    let horizon: Int
    let allowed: Double
  }

  private static let memory = Mutex<[Key: Staircase]>([:])

  /// The least `x` with P(Bin(x + f, p) ≥ x) ≤ `level` for each `f`.
  ///
  /// I_p(x, f + 1) is carried from step to step by its recurrences in either argument.
  static func steps(_ p: Double, _ horizon: Int, level: Double) -> [Int] {
    let n = Double(horizon)
    let spread = 6 * (n * p * (1 - p)).squareRoot()
    let count = min(Int(n * (1 - p) + spread) + 2, horizon + 1)
    var (steps, x) = ([Int](), 1.0)
    var (tail, term) = (p, p * (1 - p))
    for f in 0..<count {
      let b = Double(f + 1)
      while tail > level {
        tail -= term / x
        term *= p * (x + b) / x
        x += 1
      }
      steps.append(Int(x))
      tail += term / b
      term *= (1 - p) * (x + b) / b
    }
    return steps
  }

  /// The probability that draws of rate `p` ever have as many successes as the step for their
  /// failures, within the horizon; to within 10⁻¹³, or as soon as it exceeds `limit`.
  static func crossing(
    of steps: [Int], _ p: Double, _ horizon: Int, upTo limit: Double = 1,
    isCancelled: () -> Bool = { false }
  ) throws(Cancelled) -> Double {
    let negligible = 1e-15
    // The law of the successes as a failure comes, not having crossed.
    var law = [Double](repeating: 0, count: horizon + 3)
    law[0] = 1
    var (low, high, total) = (0, 0, 0.0)
    for (failures, step) in steps.enumerated() {
      if failures & 63 == 0, isCancelled() { throw Cancelled() }
      let bound = step <= high ? high + 1 : step
      let top = min(bound - 1, horizon - failures)
      var (carried, place) = (0.0, low)
      while place <= top {
        let value = (place <= high ? law[place] : 0) + p * carried
        if place > high, value < negligible {
          carried = 0
          break
        }
        law[place] = value
        carried = value
        place += 1
      }
      if place == bound, bound + failures <= horizon { total += p * carried }
      if total > limit { return total }
      high = place - 1
      if low <= high { for place in low...high { law[place] *= 1 - p } }
      while low <= high, law[low] < negligible { low += 1 }
      if low > high || failures + low >= horizon { break }
    }
    return total
  }
}

extension Staircase {
  /// How many draws there can be, but for a small part of what is allowed: the rows of which a
  /// share of at most `prevalence / precision` is drawn.
  ///
  /// - Parameter relevant: the rows that are right where they are flagged, such as positives.
  static func horizon(rows: Int, relevant: Int, precision: Double, allowed: Double) -> Int {
    let prevalence =
      relevant >= rows
      ? 1 : upperShare(relevant, of: rows, allowed: allowed / 20)
    let share = prevalence < precision ? prevalence / precision : 1
    guard share < 1 else { return rounded(max(rows, 10), atMost: rows) }
    let draws = Binomial(trials: rows, rate: share).quantile(1 - allowed / 100)
    return rounded(max(draws, 10), atMost: rows)
  }

  /// On a grid of powers of 1.1, so that few staircases serve many numbers of rows.
  private static func rounded(_ draws: Int, atMost rows: Int) -> Int {
    let power = (log(Double(draws)) / log(1.1) - 1e-9).rounded(.up)
    return min(max(rows, 1), Int(pow(1.1, power).rounded(.up)))
  }

  /// The upper Clopper–Pearson bound of a share.
  private static func upperShare(_ count: Int, of rows: Int, allowed: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if Binomial(trials: rows, rate: middle).atMost(count) > allowed {
        low = middle
      } else {
        high = middle
      }
    }
    return high
  }
}

/// The closed form for long horizons: a mixture of likelihood ratios, which exceeds `1 / allowed`
/// with no more than that probability however many draws there are (Ville).
struct LikelihoodMixture: Hashable, Sendable {
  let precision: Double
  let allowed: Double

  func certifies(right: Double, wrong: Double) -> Bool {
    let p = precision
    guard right > p * (right + wrong) else { return false }
    let (a, b) = (right + 1, wrong + 1)
    let mostly = IncompleteBeta.logBeta(a, b) - log1p(-p) - right * log(p) - wrong * log1p(-p)
    let needed = -log(allowed)
    // Missing is the logarithm of P(Beta(a, b) > p), at least a half where the mode and the mean
    // are above p, since the median lies between them.
    if mostly < needed { return false }
    if mostly - log(2) >= needed, a > p * (a + b) { return true }
    return mostly + log(IncompleteBeta.regularised(1 - p, b, a)) >= needed
  }
}
