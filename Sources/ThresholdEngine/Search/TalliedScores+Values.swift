import ParallelWork

extension TalliedScores {
  /// Metrics at every candidate, strictest first; points of a grid above every score come before.
  ///
  /// - Parameter count: How many thresholds there are with those points.
  func values(
    of metrics: [Metric], count: Int, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Metric: [Double]] {
    let nothing = confusion(at: .flagNothing)
    var values: [Metric: [Double]] = [:]
    for metric in metrics {
      let above = metric.value(of: nothing) ?? .nan
      values[metric] = Array(repeating: above, count: count - candidates)
    }
    let programs = values.keys.map { ($0, BlockProgram(valueOf: $0, layout)) }
    try forEachBlock(isCancelled: isCancelled) { block in
      for (metric, program) in programs {
        let column = program.run(block, positives: positives, negatives: negatives)
        values[metric, default: []] += UnsafeBufferPointer(start: column, count: block.count)
      }
    }
    return values
  }
}
