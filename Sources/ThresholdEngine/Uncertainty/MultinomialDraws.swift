import Glibc

/// Draws how many of some rows fall in each of a few cells, with replacement: a bootstrap sample of
/// rows that differ in nothing but their cell.
struct MultinomialDraws: Sendable {
  /// The rows in each cell.
  let counts: [Double]
  private let total: Int

  init(_ counts: [Double]) {
    self.counts = counts
    total = Int(counts.reduce(0, +))
  }

  /// One sample of as many rows.
  ///
  /// - Complexity: O(√rows) a cell.
  func sample(_ stream: inout DrawStream) -> [Double] {
    var (left, weight) = (total, Double(total))
    return counts.map { count in
      let drawn = stream.successes(of: left, rate: min(count / max(weight, count), 1))
      left -= drawn
      weight -= count
      return Double(drawn)
    }
  }
}

extension DrawStream {
  /// A number from 0 to below 1.
  fileprivate mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Successes among trials, by inversion from the most likely number outwards.
  ///
  /// - Complexity: O(√trials) on average.
  fileprivate mutating func successes(of trials: Int, rate: Double) -> Int {
    guard trials > 0, rate > 0 else { return 0 }
    guard rate < 1 else { return trials }
    let mode = min(Int(Double(trials + 1) * rate), trials)
    let odds = rate / (1 - rate)
    var (below, above) = (mode, mode)
    let most = Self.binomial(mode, of: trials, rate)
    var (chanceBelow, chanceAbove) = (most, most)
    var rest = unit() - most
    while rest >= 0, chanceBelow > 0 || chanceAbove > 0 {
      chanceAbove *= Double(trials - above) / Double(above + 1) * odds
      above += 1
      rest -= chanceAbove
      if rest < 0 { return above }
      chanceBelow *= Double(below) / Double(trials - below + 1) / odds
      below -= 1
      rest -= chanceBelow
      if rest < 0 { return below }
    }
    return mode
  }

  private static func binomial(_ count: Int, of trials: Int, _ rate: Double) -> Double {
    let (hits, misses) = (Double(count), Double(trials - count))
    let ways =
      IncompleteBeta.logGamma(hits + misses + 1) - IncompleteBeta.logGamma(hits + 1)
      - IncompleteBeta.logGamma(misses + 1)
    return exp(ways + hits * log(rate) + misses * log1p(-rate))
  }
}
