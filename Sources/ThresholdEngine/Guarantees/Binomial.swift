import Algorithms
import Glibc

/// The number of successes among independent trials of one rate.
struct Binomial {
  let trials: Int
  let rate: Double

  /// P(X ≤ count).
  func atMost(_ count: Int) -> Double {
    if count < 0 { return 0 }
    if count >= trials { return 1 }
    return IncompleteBeta.regularised(1 - rate, Double(trials - count), Double(count) + 1)
  }

  /// P(X ≥ count).
  func atLeast(_ count: Int) -> Double {
    if count <= 0 { return 1 }
    if count > trials { return 0 }
    return IncompleteBeta.regularised(rate, Double(count), Double(trials - count) + 1)
  }

  /// The largest count with P(X ≤ count) ≤ `probability`; `nil` where there is none.
  func largest(within probability: Double) -> Int? {
    let above = (0..<trials).partitioningIndex { !(atMost($0) <= probability.withRounding) }
    return above == 0 ? nil : above - 1
  }

  /// The smallest count with P(X ≤ count) ≥ `probability`.
  func quantile(_ probability: Double) -> Int {
    (0..<trials).partitioningIndex { atMost($0) >= probability }
  }

  /// The fewest trials with so few successes or fewer at probability ≤ `probability` each;
  /// `nil` where no number is enough.
  static func trials(rate: Double, atMost count: Int = 0, within probability: Double) -> Int? {
    guard rate > 0 else { return nil }
    let most = 9e15
    let least = log(probability) / log1p(-rate)
    guard least < most else { return nil }
    var bound = max(count + 1, Int(least), 1)
    func suffices(_ trials: Int) -> Bool {
      Binomial(trials: trials, rate: rate).atMost(count) <= probability.withRounding
    }
    while !suffices(bound) {
      guard Double(bound) < most else { return nil }
      bound *= 2
    }
    return (count + 1..<bound).partitioningIndex(where: suffices)
  }
}

extension Double {
  /// Allows for the rounding of a probability that should equal a decimal, such as 0.5^2 and 25 %.
  var withRounding: Double { self * (1 + 1e-12) }

  /// 1 - x, as decimals: 0.1 and not 0.09999999999999998 for 0.9.
  var complement: Double { ((1 - self) * 1e15).rounded() / 1e15 }
}
