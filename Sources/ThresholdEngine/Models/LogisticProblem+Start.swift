import ParallelWork

extension LogisticProblem {
  /// Where to start: at the best intercept alone, or for many rows at the optimum of a sample.
  ///
  /// A sample's optimum lies within the sampling error of the whole's, two or three steps away.
  func start(_ isCancelled: () -> Bool) throws(Cancelled) -> [Double] {
    let origin = [Double](repeating: 0, count: active.count) + [startingIntercept]
    let every = sampling
    guard every > 1 else { return origin }
    let search = NewtonSearch(problem: self, every: every, lastChange: 1e-2, mostSteps: 20)
    let result = try search.minimum(from: origin, isCancelled: isCancelled) { _ in }
    return result.converged ? result.point : origin
  }

  /// How many blocks stand for one of the sample's; 1 where a sample is not worth its time.
  private var sampling: Int {
    let wanted = max(16_384, 256 * (active.count + 1))
    let every = data.rows / wanted
    guard every >= 8 else { return 1 }
    let sampled = stride(from: 0, to: data.rows, by: every * Self.blockRows).lazy
      .flatMap { $0..<min($0 + Self.blockRows, data.rows) }
    var counts = (negative: 0, positive: 0)
    for row in sampled {
      if data.labels[row] { counts.positive += 1 } else { counts.negative += 1 }
    }
    // With too few rows of a class the sample's optimum is far off.
    return min(counts.negative, counts.positive) >= 8 * (active.count + 1) ? every : 1
  }
}
