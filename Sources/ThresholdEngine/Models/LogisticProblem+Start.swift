import ParallelWork

extension LogisticProblem {
  /// Where to start: at the best intercept alone, or for many rows at the optimum of a sample.
  ///
  /// A sample's optimum lies within the sampling error of the whole's, two or three steps away; it
  /// is found from that of a smaller sample in turn.
  func start(_ isCancelled: () -> Bool) throws(Cancelled) -> [Double] {
    var point = [Double](repeating: 0, count: active.count) + [startingIntercept]
    for every in samples where isFair(every) {
      let search = NewtonSearch(problem: self, every: every, aim: .sample, mostSteps: 20)
      let result = try search.minimum(from: point, isCancelled: isCancelled) { _ in }
      guard result.converged else { break }
      point = result.point
    }
    return point
  }

  /// How many blocks stand for one of a sample's, sample by sample, each eight times the one before;
  /// none where a sample is not worth its time.
  private var samples: [Int] {
    let first = data.rows / max(16_384, 256 * (active.count + 1))
    guard first >= 8 else { return [] }
    return Array(sequence(first: first) { $0 >= 40 ? $0 / 8 : nil })
  }

  /// Whether a sample has enough rows of either class: else its optimum is far off.
  private func isFair(_ every: Int) -> Bool {
    var counts = (negative: 0, positive: 0)
    for start in stride(from: 0, to: data.rows, by: every * Self.blockRows) {
      let rows = start..<min(start + Self.blockRows, data.rows)
      let positives = data.labels[rows].count { $0 }
      counts.positive += positives
      counts.negative += rows.count - positives
    }
    return min(counts.negative, counts.positive) >= 8 * (active.count + 1)
  }
}
