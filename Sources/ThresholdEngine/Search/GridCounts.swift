import ParallelWork

/// Rows counted between the points of a grid: no sort, one pass.
struct GridCounts {
  let positives: Double
  let negatives: Double
  let extent: ClosedRange<Double>
  private let scores: Scores
  private let grid: GridPoints
  /// The counts at each point, loosest first.
  let truePositives: [Double]
  let falsePositives: [Double]
  /// What is not flagged at each point, where rows have weights.
  let unflagged: [ClassSums]?

  /// - Complexity: O(*n* + points).
  init(
    _ scores: Scores, _ grid: GridPoints, extent: ClosedRange<Double>, isCancelled: () -> Bool
  ) throws(Cancelled) {
    self.scores = scores
    self.grid = grid
    self.extent = extent
    (positives, negatives) = scores.classTotals
    let bins = 2 * (grid.count + 1)
    if let weights = scores.weights, let sum = scores.weightSum {
      let counts = try Self.count(scores, grid, bins, isCancelled) {
        (bin: inout WeightSum.Units, row) in
        bin += sum.units(weights[row])
      }
      (truePositives, falsePositives) = Self.flagged(counts, sum.weight)
      unflagged = scores.isCounted ? nil : Self.unflagged(counts, sum)
    } else {
      let counts = try Self.count(scores, grid, bins, isCancelled) { (bin: inout Int, _) in
        bin &+= 1
      }
      (truePositives, falsePositives) = Self.flagged(counts, Double.init)
      unflagged = nil
    }
  }

  /// Adds every row to bin 2 · (points at or below its score) + label.
  @inline(__always)
  private static func count<Bin: AdditiveArithmetic>(
    _ scores: Scores, _ grid: GridPoints, _ bins: Int, _ isCancelled: () -> Bool,
    _ add: (inout Bin, _ row: Int) -> Void
  ) throws(Cancelled) -> [Bin] {
    var counts = [Bin](repeating: .zero, count: bins)
    var start = 0
    while start < scores.count {
      let end = min(start + RadixSort.stride, scores.count)
      scores.values.withUnsafeBufferPointer { values in
        scores.labels.withUnsafeBufferPointer { labels in
          counts.withUnsafeMutableBufferPointer { counts in
            grid.forEach(UnsafeBufferPointer(rebasing: values[start..<end])) { row, atMost in
              add(&counts[2 &* atMost &+ (labels[start &+ row] ? 1 : 0)], start &+ row)
            }
          }
        }
      }
      if isCancelled() { throw Cancelled() }
      start = end
    }
    return counts
  }

  /// Adds the bins up from the strictest point down.
  @inline(__always)
  private static func flagged<Bin: AdditiveArithmetic>(
    _ bins: [Bin], _ number: (Bin) -> Double
  ) -> (positives: [Double], negatives: [Double]) {
    let points = bins.count / 2 - 1
    var (truePositives, falsePositives) = (
      [Double](repeating: 0, count: points), [Double](repeating: 0, count: points)
    )
    var (positives, negatives) = (Bin.zero, Bin.zero)
    for point in stride(from: points - 1, through: 0, by: -1) {
      negatives += bins[2 * point + 2]
      positives += bins[2 * point + 3]
      truePositives[point] = number(positives)
      falsePositives[point] = number(negatives)
    }
    return (truePositives, falsePositives)
  }
}

extension GridCounts {
  /// Adds the bins up from below the loosest point.
  private static func unflagged(_ bins: [WeightSum.Units], _ sum: WeightSum) -> [ClassSums] {
    var rest = WeightSum.Classes()
    return (0..<bins.count / 2 - 1).map { point in
      rest.negatives += bins[2 * point]
      rest.positives += bins[2 * point + 1]
      return sum.unflagged(rest)
    }
  }
}

extension GridCounts: CandidateSource {
  typealias Failure = Cancelled

  /// A candidate's identity is its index in the grid.
  func threshold(of identity: UInt64) -> Double { grid[Int(identity)] }

  func plateau(of identity: UInt64?) -> Tuning.Plateau {
    guard let identity else { return Tuning.Plateau(lower: extent.upperBound, upper: nil) }
    return scores.plateau(of: threshold(of: identity), extent: extent)
  }

  func confusion(atLeast threshold: Double) -> Confusion {
    guard let point = grid.index(of: threshold) else {
      return scores.confusion(at: .threshold(threshold))
    }
    return Confusion(
      tp: truePositives[point], fp: falsePositives[point], positives: positives,
      negatives: negatives, unflagged: unflagged?[point])
  }

  /// Points above every score flag nothing and are no candidates of their own.
  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Cancelled) {
    let block = CandidateBlock(holdsUnflagged: unflagged != nil)
    var next = grid.count - 1
    while next >= 0, truePositives[next] + falsePositives[next] == 0 { next -= 1 }
    while next >= 0 {
      block.count = min(CandidateBlock.capacity, next + 1)
      for place in 0..<block.count {
        block.truePositives[place] = truePositives[next - place]
        block.falsePositives[place] = falsePositives[next - place]
        block.write(unflagged?[next - place], at: place)
        block.identities[place] = UInt64(next - place)
      }
      body(block)
      if isCancelled() { throw Cancelled() }
      next -= block.count
    }
  }
}
