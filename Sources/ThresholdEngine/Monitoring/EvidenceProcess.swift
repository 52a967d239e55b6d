import Glibc

/// Evidence against a claim about a rate, valid at any time, however often it is looked at.
///
/// A bet against the claim for each of twelve alternatives, begun again at each batch with weight
/// 1/(j(j+1)): a non-negative supermartingale that begins at 1 where the claim holds in every batch
/// given the past. So the probability that the evidence ever reaches 1/a is at most a (Ville 1939;
/// the mixture of starts as in Shin, Ramdas and Rinaldo 2024).
public struct EvidenceProcess: Hashable, Sendable {
  public let limit: Limit
  /// How many batches were taken in.
  public private(set) var batches: Int
  /// The logarithm of what each bet has come to; empty before the first batch.
  public private(set) var logWealth: [Double]

  /// - Parameter limit: of a rate, with a bound between 0 and 1, both excluded.
  public init?(_ limit: Limit) { self.init(limit, batches: 0, logWealth: []) }

  /// Goes on from where another stopped; `nil` where there is no such process.
  public init?(_ limit: Limit, batches: Int, logWealth: [Double]) {
    let isBegun = batches > 0
    guard limit.bound > 0, limit.bound < 1, batches >= 0, !logWealth.contains(where: \.isNaN),
      logWealth.count == (isBegun ? Self.bets : 0)
    else { return nil }
    self.limit = limit
    self.batches = batches
    self.logWealth = logWealth
  }

  private static let bets = 12

  /// Takes in a batch of rows, whose size does not depend on their labels.
  public mutating func take(hits: Int, of rows: Int) {
    let logAlternatives = alternatives.map { odds -> Double in
      // θ = odds / (1 + odds): the logarithms of θ/r and of (1 - θ)/(1 - r).
      let hit = log(odds) - log1p(odds) - log(limit.bound)
      let miss = -log1p(odds) - log1p(-limit.bound)
      return Double(hits) * hit + Double(rows - hits) * miss
    }
    batches += 1
    let share = -log(Double(batches) * Double(batches + 1) * Double(Self.bets))
    logWealth = logAlternatives.indices.map { bet in
      let held = batches == 1 ? share : Self.logSum([logWealth[bet], share])
      return held + logAlternatives[bet]
    }
  }

  /// The logarithm of the evidence: 0 at the beginning.
  public var logEvidence: Double {
    batches == 0 ? 0 : Self.logSum(logWealth + [-log(Double(batches + 1))])
  }

  /// The evidence; infinite where it is beyond the greatest number.
  public var evidence: Double { exp(logEvidence) }

  /// The logarithm of the mean evidence: evidence against the claims' being true together.
  public static func logMean(of processes: [EvidenceProcess]) -> Double {
    processes.isEmpty ? 0 : logSum(processes.map(\.logEvidence)) - log(Double(processes.count))
  }

  /// The odds of the alternatives: farther and farther beyond the bound.
  private var alternatives: [Double] {
    let odds = limit.bound / (1 - limit.bound)
    let (near, far) = limit.isFloor ? (0.08, 2.5) : (0.04, 2.0)
    return (0..<Self.bets).map { bet in
      let share = Double(bet) / Double(Self.bets - 1)
      let step = exp(log(near) + share * (log(far) - log(near)))
      return odds * exp(limit.isFloor ? -step : step)
    }
  }

  private static func logSum(_ logs: [Double]) -> Double {
    let most = logs.max() ?? -.infinity
    guard most.isFinite else { return most }
    return most + log(logs.reduce(0) { $0 + exp($1 - most) })
  }
}
