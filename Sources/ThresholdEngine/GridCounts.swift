/// Rows counted between the points of a grid: no sort, one pass.
struct GridCounts {
  let positives: Double
  let negatives: Double
  private let points: [Double]
  /// The counts at each point, loosest first.
  private let truePositives: [Double]
  private let falsePositives: [Double]

  /// - Complexity: O(*n* + points).
  init(_ scores: Scores, _ grid: GridPoints, isCancelled: () -> Bool) throws(Cancelled) {
    points = grid.points
    (positives, negatives) = scores.classTotals
    if let weights = scores.weights, let sum = scores.weightSum {
      var bins = [Int128](repeating: 0, count: 2 * (points.count + 1))
      try Self.forEachRow(of: scores, grid, isCancelled) { bin, row in
        bins[bin] += sum.units(weights[row])
      }
      (truePositives, falsePositives) = Self.flagged(bins, sum.weight)
    } else {
      var bins = [Int](repeating: 0, count: 2 * (points.count + 1))
      try bins.withUnsafeMutableBufferPointer { bins throws(Cancelled) in
        try Self.forEachRow(of: scores, grid, isCancelled) { bin, _ in bins[bin] &+= 1 }
      }
      (truePositives, falsePositives) = Self.flagged(bins, Double.init)
    }
  }

  /// Calls `body` with 2 · (points at or below the score) + label of every row.
  @inline(__always)
  private static func forEachRow(
    of scores: Scores, _ grid: GridPoints, _ isCancelled: () -> Bool,
    _ body: (_ bin: Int, _ row: Int) -> Void
  ) throws(Cancelled) {
    let inverseStep = 1 / grid.step
    var start = 0
    while start < scores.rows {
      let end = min(start + RadixSort.stride, scores.rows)
      for row in start..<end {
        let below = grid.count(atMost: scores.values[row], inverseStep: inverseStep)
        body(2 &* below &+ (scores.labels[row] ? 1 : 0), row)
      }
      if isCancelled() { throw Cancelled() }
      start = end
    }
  }

  /// Adds the bins up from the strictest point down.
  private static func flagged<Sum: BinaryInteger>(
    _ bins: [Sum], _ number: (Sum) -> Double
  ) -> (positives: [Double], negatives: [Double]) {
    let points = bins.count / 2 - 1
    var (truePositives, falsePositives) = (
      [Double](repeating: 0, count: points), [Double](repeating: 0, count: points)
    )
    var (positives, negatives) = (Sum.zero, Sum.zero)
    for point in stride(from: points - 1, through: 0, by: -1) {
      negatives += bins[2 * point + 2]
      positives += bins[2 * point + 3]
      truePositives[point] = number(positives)
      falsePositives[point] = number(negatives)
    }
    return (truePositives, falsePositives)
  }
}

extension GridCounts: CandidateSource {
  /// A candidate's identity is its index in the grid.
  func threshold(of identity: UInt64) -> Double { points[Int(identity)] }

  /// Points above every score flag nothing and are no candidates of their own.
  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Cancelled) {
    let block = CandidateBlock()
    var next = points.count - 1
    while next >= 0, truePositives[next] + falsePositives[next] == 0 { next -= 1 }
    while next >= 0 {
      block.count = min(CandidateBlock.capacity, next + 1)
      for place in 0..<block.count {
        block.truePositives[place] = truePositives[next - place]
        block.falsePositives[place] = falsePositives[next - place]
        block.identities[place] = UInt64(next - place)
      }
      body(block)
      if isCancelled() { throw Cancelled() }
      next -= block.count
    }
  }
}
