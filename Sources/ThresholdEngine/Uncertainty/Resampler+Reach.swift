import ParallelWork

// Where the best threshold of rows like a sample's may lie. A sample knows no score but its own, so
// that its best threshold is a score of the sample and never below its lowest positive: half a row
// that it has not seen is allowed for on either side.
extension Resampler {
  func reach(of best: Flagged) throws(Cancelled) -> Confidence.Interval {
    guard let candidate = best.candidate else {
      return Confidence.Interval(lower: highestScore, upper: .infinity)
    }
    return Confidence.Interval(
      lower: lowerEnd(best, candidate), upper: try upperEnd(best, candidate))
  }

  /// The highest score of the sample.
  private var highestScore: Double { frame.threshold(firstCandidate) }

  /// The first lower threshold that would be worse even if it flagged half a positive that the
  /// sample lacks.
  private func lowerEnd(_ best: Flagged, _ candidate: Int) -> Double {
    let positives = Double(frame.positives)
    let unseen = best.positives < positives ? 0.5 : 1
    let measure = Measure(
      task, positives: positives + unseen, negatives: Double(frame.negatives))
    let least = measure.rank(best.positives + unseen, best.negatives)
    var before = best.positives + best.negatives
    for next in (candidate + 1)..<max(frame.candidates, candidate + 1) {
      let flagged = flagged(next)
      let all = flagged.positives + flagged.negatives
      guard !frame.needsOwnRow || all > before else { continue }
      before = all
      let (tp, fp) = (flagged.positives + unseen, flagged.negatives)
      guard measure.isMet(tp, fp), measure.isAsGood(tp, fp, as: least) else {
        return frame.threshold(next)
      }
    }
    return -.infinity
  }

  /// The strictest threshold that would be as good if half a negative more were flagged below it.
  private func upperEnd(_ best: Flagged, _ candidate: Int) throws(Cancelled) -> Double {
    guard task.question.constraint == nil, task.question.certificate == nil else {
      return try upperEndWithinConstraint(candidate)
    }
    let measure = Measure(
      task, positives: Double(frame.positives), negatives: Double(frame.negatives) + 0.5)
    let least = measure.rank(best.positives, best.negatives + 0.5)
    var upper = frame.threshold(candidate)
    for next in stride(from: candidate - 1, through: 0, by: -1) {
      let flagged = flagged(next)
      let stricter = next == 0 ? 0 : self.flagged(next - 1).positives
      guard flagged.positives > stricter else { continue }
      guard measure.isAsGood(flagged.positives, flagged.negatives, as: least) else { break }
      upper = frame.threshold(next)
    }
    return upper
  }

  /// The best threshold if each flagged half a negative more.
  private func upperEndWithinConstraint(_ candidate: Int) throws(Cancelled) -> Double {
    var selector = Selector(
      task.question, positives: Double(frame.positives),
      negatives: Double(frame.negatives) + 0.5)
    var last = 0.0
    try sweep(upTo: candidate + 1) { block in
      // Between two positives none is the place of a rate's limit.
      var kept = 0
      for place in 0..<block.count {
        let positives = block.truePositives[place]
        let hasPositive = positives > last
        last = positives
        guard hasPositive else { continue }
        block.truePositives[kept] = positives
        block.falsePositives[kept] = block.falsePositives[place] + 0.5
        block.identities[kept] = block.identities[place]
        kept += 1
      }
      block.count = kept
      if kept > 0 { selector.consider(block) }
    }
    return selector.best?.identity.map { frame.threshold(Int($0)) } ?? .infinity
  }
}

/// A question at single counts, where a class has other rows than a sample.
private struct Measure {
  let task: ResamplingTask
  let positives: Double
  let negatives: Double

  init(_ task: ResamplingTask, positives: Double, negatives: Double) {
    (self.task, self.positives, self.negatives) = (task, positives, negatives)
  }

  private func confusion(_ tp: Double, _ fp: Double) -> Confusion {
    Confusion(tp: tp, fp: fp, positives: positives, negatives: negatives)
  }

  /// More is better; `nil` where the metric is undefined.
  func rank(_ tp: Double, _ fp: Double) -> Double? {
    let value = task.question.metric.value(of: confusion(tp, fp))
    return task.question.goal == .maximise ? value : value.map { -$0 }
  }

  /// As good but for rounding.
  func isAsGood(_ tp: Double, _ fp: Double, as least: Double?) -> Bool {
    guard let least, let rank = rank(tp, fp) else { return false }
    return rank >= least - 1e-12 * max(1, least.magnitude)
  }

  func isMet(_ tp: Double, _ fp: Double) -> Bool {
    if let constraint = task.question.constraint, !constraint.isMet(by: confusion(tp, fp)) {
      return false
    }
    return task.question.certificate?.holds(truePositives: tp, falsePositives: fp) ?? true
  }
}
