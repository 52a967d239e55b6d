import Algorithms
public import ParallelWork

/// The reliability curve (calibration curve): rows in bins by their score, each bin with its mean
/// score and its share of positives.
public struct ReliabilityCurve: Hashable, Sendable {
  public let binning: Binning
  /// The bins that contain rows, in ascending order.
  public let bins: [Bin]

  /// How the bins are formed.
  public enum Binning: String, Hashable, Sendable, CaseIterable {
    /// Bins with equal numbers of rows, as far as ties allow.
    case quantile
    /// Bins of equal width from 0 to 1.
    case uniform
  }

  /// Rows with a score above `lower` and at most `upper`; the first bin includes `lower`.
  public struct Bin: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
    public let rows: Int
    /// Number or total weight of the rows.
    public let weight: Double
    /// The mean score.
    public let predicted: Double
    /// The share of positives.
    public let observed: Double
  }

  /// The expected calibration error: the mean absolute difference of predicted and observed
  /// share over the bins, weighted by their rows.
  public var error: Double {
    var (sum, whole) = (CompensatedSum(), CompensatedSum())
    for bin in bins {
      sum.add(bin.weight * (bin.observed - bin.predicted).magnitude)
      whole.add(bin.weight)
    }
    return sum.value / whole.value
  }
}

extension ReliabilityCurve {
  /// Bins the rows as scikit-learn's `calibration_curve` does, with the very same edges.
  ///
  /// Weights count in the means; the quantiles are those of rows.
  ///
  /// - Parameter count: how many bins, at least 1.
  /// - Complexity: O(*n*).
  public init(
    _ scores: Scores, bins count: Int, binning: Binning, isCancelled: () -> Bool = { false }
  ) throws(ReliabilityError) {
    do throws(ProbabilityError) {
      try scores.refuseBeyondUnitInterval()
    } catch { throw .notProbabilities(error) }
    let edges: [Double]
    switch binning {
    case .uniform: edges = (0...count).map { Self.mark($0, of: count) }
    case .quantile:
      let sorted = try ReliabilityError.ifCancelled { () throws(Cancelled) in
        try scores.sorted(isCancelled)
      }
      let ranked = RankedScores(sorted, isCounted: scores.isCounted)
      edges = (0...count).map { ranked.percentile(Self.mark($0, of: count) * 100) }
    }
    self.binning = binning
    bins = Self.bins(scores.withoutWeightlessRows(), edges)
  }

  /// `numpy.linspace(0, 1, count + 1)[index]`, to the bit: the edges decide where ties fall.
  private static func mark(_ index: Int, of count: Int) -> Double {
    index == count ? 1 : Double(index) * (1 / Double(count))
  }

  private struct Sums {
    var rows = 0
    var weight = CompensatedSum()
    var score = CompensatedSum()
    var positive = CompensatedSum()
  }

  private static func bins(_ scores: Scores, _ edges: [Double]) -> [Bin] {
    var sums = [Sums](repeating: Sums(), count: edges.count - 1)
    let inner = Array(edges[1..<edges.count - 1])
    for row in 0..<scores.count {
      let (score, weight) = (scores.values[row], scores.weights?[row] ?? 1)
      let bin = inner.partitioningIndex { $0 >= score }
      sums[bin].rows += scores.isCounted ? Int(weight) : 1
      sums[bin].weight.add(weight)
      sums[bin].score.add(weight, times: score)
      if scores.labels[row] { sums[bin].positive.add(weight) }
    }
    return sums.indices.filter { sums[$0].rows > 0 }.map { index in
      let weight = sums[index].weight.value
      return Bin(
        lower: edges[index], upper: edges[index + 1], rows: sums[index].rows, weight: weight,
        predicted: sums[index].score.value / weight,
        observed: sums[index].positive.value / weight)
    }
  }
}

/// Why a reliability curve cannot be computed.
public enum ReliabilityError: CancellableError, Hashable, Sendable {
  case notProbabilities(ProbabilityError)
  case cancelled
}

/// The scores of rows by their rank, the greatest first.
private struct RankedScores {
  private let sorted: SortedScores
  /// How many rows there are up to each entry, where entries are counts.
  private let ends: [Int]?
  private let rows: Int

  init(_ sorted: SortedScores, isCounted: Bool) {
    self.sorted = sorted
    guard isCounted else {
      (ends, rows) = (nil, sorted.count)
      return
    }
    var (ends, rows): ([Int], Int) = ([], 0)
    for position in 0..<sorted.count {
      rows += sorted.rows(at: position)
      ends.append(rows)
    }
    (self.ends, self.rows) = (ends, rows)
  }

  private func score(ofRank rank: Int) -> Double {
    sorted.score(at: ends?.partitioningIndex { $0 > rank } ?? rank)
  }

  /// `numpy.percentile`, to the bit: between the neighbours, from the nearer one.
  func percentile(_ percent: Double) -> Double {
    let place = percent / 100 * Double(rows - 1)
    let below = min(Int(place), rows - 1)
    let share = place - Double(below)
    let lower = score(ofRank: rows - 1 - below)
    let upper = score(ofRank: max(rows - 2 - below, 0))
    return share >= 0.5 ? upper - (upper - lower) * (1 - share) : lower + (upper - lower) * share
  }
}
