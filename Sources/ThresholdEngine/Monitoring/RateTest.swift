import Algorithms

/// What independent rows say of a claim about a rate, by exact binomial tests.
///
/// Each verdict but `open` is wrong with probability `allowed` at most: where the rate meets the
/// limit, `fails`; where it does not, `holds`.
public struct RateTest: Hashable, Sendable {
  public let limit: Limit
  public let hits: Int
  public let rows: Int
  public let allowed: Double

  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    case holds, fails
    /// The rows are too few to decide.
    case open
  }

  /// - Parameter allowed: above 0 and at most 0.5.
  public init(_ limit: Limit, hits: Int, rows: Int, allowed: Double) {
    self.limit = limit
    self.hits = hits
    self.rows = rows
    self.allowed = allowed
  }

  /// The observed rate; `nil` without rows.
  public var value: Double? { rows == 0 ? nil : Double(hits) / Double(rows) }

  public var verdict: Verdict {
    if limit.isCertain { return .holds }
    let binomial = Binomial(trials: rows, rate: limit.bound)
    let (few, many) = (binomial.atMost(hits), binomial.atLeast(hits))
    let (against, inFavour) = limit.isFloor ? (few, many) : (many, few)
    if rows == 0 { return .open }
    if against <= allowed.withRounding { return .fails }
    return inFavour <= allowed.withRounding ? .holds : .open
  }

  /// The rates that neither one-sided test at `allowed` rejects (Clopper and Pearson 1934).
  public var interval: ClosedRange<Double> {
    func end(_ isOutside: (Binomial) -> Bool, from outside: Double, to inside: Double) -> Double {
      var (outside, inside) = (outside, inside)
      for _ in 0..<60 {
        let middle = (outside + inside) / 2
        if isOutside(Binomial(trials: rows, rate: middle)) {
          outside = middle
        } else {
          inside = middle
        }
      }
      return outside
    }
    guard let value else { return 0...1 }
    let lower = hits == 0 ? 0 : end({ $0.atLeast(hits) <= allowed }, from: 0, to: value)
    let upper = hits == rows ? 1 : end({ $0.atMost(hits) <= allowed }, from: 1, to: value)
    return lower...upper
  }

  /// About how many rows would settle the claim if the observed rate stayed; `nil` where it is
  /// settled, or a thousand million would not be enough.
  public var neededRows: Int? {
    guard let value, verdict == .open else { return nil }
    func settles(_ rows: Int) -> Bool {
      let hits = Int((value * Double(rows)).rounded())
      return RateTest(limit, hits: hits, rows: rows, allowed: allowed).verdict != .open
    }
    var bound = rows
    while !settles(bound) {
      guard bound < 1_000_000_000 else { return nil }
      bound *= 2
    }
    return (rows..<bound).partitioningIndex(where: settles)
  }
}

extension Limit {
  /// Whether every rate meets it.
  fileprivate var isCertain: Bool {
    comparison == .greaterOrEqual && bound <= 0 || comparison == .lessOrEqual && bound >= 1
  }
}
