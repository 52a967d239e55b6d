import ParallelWork
import Testing
import ThresholdEngine

/// The search over sources of counts against the search over the rows in memory.
@Suite struct CountSourceTests {
  /// Answers only the three questions, as a database would, and counts the rows it hands out.
  private final class Remote: CountSource {
    enum Failure: CancellableError { case cancelled, disconnected }

    let scores: Scores
    var isConnected = true
    private(set) var handedOut = 0

    init(_ scores: Scores) { self.scores = scores }

    private func ask<Result>(
      _ question: () throws(Cancelled) -> Result
    ) throws(Failure) -> Result {
      guard isConnected else { throw .disconnected }
      return try Failure.ifCancelled(question)
    }

    func population(isCancelled: () -> Bool) throws(Failure) -> Population {
      try ask { () throws(Cancelled) in try scores.population(isCancelled: isCancelled) }
    }

    func counts(
      in buckets: ScoreBuckets, isCancelled: () -> Bool
    ) throws(Failure) -> BucketCounts {
      try ask { () throws(Cancelled) in
        try scores.counts(in: buckets, isCancelled: isCancelled)
      }
    }

    func scores(
      in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
    ) throws(Failure) -> Scores {
      let found = try ask { () throws(Cancelled) in
        try scores.scores(in: buckets, where: isChosen, isCancelled: isCancelled)
      }
      handedOut += found.rows
      return found
    }
  }

  private static func rows(_ count: Int, decimals: Double) throws -> Scores {
    var generator = RandomScores.Generator(state: 7)
    let labels = (0..<count).map { _ in Double.random(in: 0..<1, using: &generator) < 0.02 }
    let values = labels.map {
      ((Double.random(in: 0...0.7, using: &generator) + ($0 ? 0.3 : 0)) * decimals).rounded()
        / decimals
    }
    return try Scores(values: values, labels: labels)
  }

  @Test(arguments: [1e2, 1e4, 1e12])
  func aSourceOfThreeAnswersChoosesAsMemoryDoes(decimals: Double) throws {
    let scores = try Self.rows(40_000, decimals: decimals)
    let sorted = try Scores(values: scores.values, labels: scores.labels)
    _ = try Sweep(sorted)
    for metric in [Metric.f1, .mcc, .youden, .fBeta(2)] {
      for ties in Ties.allCases {
        let expected = try tune(sorted, metric, ties: ties)
        let remote = Remote(scores)
        #expect(try tune(remote, metric, ties: ties) == expected)
        #expect(try tune(scores, metric, ties: ties) == expected)
        if decimals > 1e3, metric == .f1 { #expect(remote.handedOut < scores.rows / 2) }
      }
    }
  }

  @Test func aTableOfCountsChoosesAsItsRowsDo() throws {
    let scores = try Self.rows(40_000, decimals: 1e3)
    var (positives, negatives): ([Double: Double], [Double: Double]) = ([:], [:])
    for (value, label) in zip(scores.values, scores.labels) {
      if label { positives[value, default: 0] += 1 } else { negatives[value, default: 0] += 1 }
    }
    let values = Array(Set(scores.values)) + [2]
    let counts = try ScoreCounts(
      values: values, positives: values.map { positives[$0] ?? 0 },
      negatives: values.map { negatives[$0] ?? 0 })
    for metric in Metric.named.map({ Metric($0) }) {
      let goal = metric.direction ?? .maximise
      let expected = try tune(scores, metric, goal: goal)
      #expect(try tune(counts, metric, goal: goal) == expected)
      #expect(try tune(Scores(counts), metric, goal: goal) == expected)
    }
    let where60 = Metric.precision >= Metric(0.6)
    #expect(
      try tune(counts, .recall, where: where60) == tune(scores, .recall, where: where60))
    let grid = Search.grid(step: 0.01)
    #expect(try tune(counts, .f1, search: grid) == tune(scores, .f1, search: grid))
  }

  @Test func failuresOfASourceAreItsOwn() throws {
    let remote = Remote(try Self.rows(40_000, decimals: 1e3))
    #expect(throws: CountSourceError<Remote.Failure>.source(.cancelled)) {
      try tune(remote, .f1, isCancelled: { true })
    }
    #expect(throws: CountSourceError<Remote.Failure>.tuning(.noDirection(metric: .fp))) {
      try tune(remote, .fp)
    }
    remote.isConnected = false
    #expect(throws: CountSourceError<Remote.Failure>.source(.disconnected)) {
      try tune(remote, .f1)
    }
  }

  private static let extents: [ClosedRange<Double>] = [
    -2.5...3, 0...1, -.infinity ... .infinity, 0.5...0.5, -3 ... -1e-300,
  ]

  @Test(arguments: extents)
  func bucketsDivideTheScores(extent: ClosedRange<Double>) {
    let buckets = ScoreBuckets(extent)
    #expect(buckets.count <= ScoreBuckets.most)
    #expect(buckets.scores(of: 0).upperBound == extent.upperBound)
    #expect(buckets.scores(of: buckets.count - 1).lowerBound == extent.lowerBound)
    for bucket in 0..<buckets.count {
      let scores = buckets.scores(of: bucket)
      #expect(buckets.bucket(of: scores.lowerBound) == bucket)
      #expect(buckets.bucket(of: scores.upperBound) == bucket)
      if bucket > 0 {
        #expect(scores.upperBound < buckets.scores(of: bucket - 1).lowerBound)
      }
    }
  }
}
