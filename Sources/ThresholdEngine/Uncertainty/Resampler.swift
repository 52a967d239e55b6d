import ParallelWork

/// Draws bootstrap samples and tunes on each: the scratch memory of one thread.
///
/// A sample is how often each row was drawn; it is swept in the order that all samples share, so
/// that none is sorted.
final class Resampler: Resampling {
  let frame: ResamplingFrame
  let task: ResamplingTask
  /// How often each row was drawn.
  ///
  /// 255 are enough: that one row of a class is drawn more often has a chance below 1/256!.
  let drawn: RowBuffer<UInt8>
  let block = CandidateBlock()
  let isCancelled: () -> Bool

  init(_ frame: ResamplingFrame, _ task: ResamplingTask, isCancelled: @escaping () -> Bool) {
    self.frame = frame
    self.task = task
    self.isCancelled = isCancelled
    drawn = RowBuffer(count: frame.rows)
  }

  /// One sample, tuned on what was drawn and judged on what was not.
  ///
  /// - Complexity: O(*n*).
  func replicate(_ number: Int) throws(Cancelled) -> Confidence.Replicate {
    try draw(number)
    guard let best = try tune() else {
      return Confidence.Replicate(outcome: nil, reach: nil, values: [], leftOut: nil)
    }
    let leftOut = leftOut(at: best.candidate)
    let (sample, all) = (confusion(of: best), frame.confusion(best.candidate))
    let fresh = leftOut?.chosen(Double(frame.positives), Double(frame.negatives))
    return Confidence.Replicate(
      outcome: frame.decision(best.candidate), reach: try reach(of: best),
      values: task.metrics.map { metric in
        Confidence.Replicate.Values(
          inSample: metric.value(of: sample), onAllRows: metric.value(of: all),
          outOfBag: fresh.flatMap { metric.value(of: $0) })
      }, leftOut: leftOut)
  }

  /// As many positives as there are, with replacement, and as many negatives.
  private func draw(_ number: Int) throws(Cancelled) {
    drawn.start.update(repeating: 0, count: frame.rows)
    var stream = DrawStream(seed: task.seed, number: number)
    try draw(0..<frame.positives, from: &stream)
    try draw(frame.positives..<frame.rows, from: &stream)
  }

  private func draw(_ members: Range<Int>, from stream: inout DrawStream) throws(Cancelled) {
    guard !members.isEmpty else { return }
    let (drawn, places) = (drawn.start, frame.members.start + members.lowerBound)
    let bound = UInt64(members.count)
    let rejected = DrawStream.rejected(below: bound)
    var left = members.count
    while left > 0 {
      let part = min(left, 1 << 16)
      for _ in 0..<part {
        let place = Int(places[stream.integer(below: bound, rejected: rejected)])
        drawn[place] &+= drawn[place] == .max ? 0 : 1
      }
      left -= part
      if isCancelled() { throw Cancelled() }
    }
  }
}

// MARK: - Sweeping

extension Resampler {
  /// A candidate and how many drawn rows of each class it flags; no candidate flags nothing.
  struct Flagged {
    var candidate: Int?
    var positives = 0.0
    var negatives = 0.0
  }

  func confusion(of flagged: Flagged) -> Confusion {
    Confusion(
      tp: flagged.positives, fp: flagged.negatives, positives: Double(frame.positives),
      negatives: Double(frame.negatives))
  }

  private func tune() throws(Cancelled) -> Flagged? {
    var selector = Selector(
      task.question, positives: Double(frame.positives), negatives: Double(frame.negatives))
    try sweep(upTo: frame.ends.count) { selector.consider($0) }
    selector.considerFlaggingNothing()
    return selector.best.map { best in
      Flagged(
        candidate: best.identity.map { Int($0) }, positives: best.truePositives,
        negatives: best.falsePositives)
    }
  }

  /// Calls `body` with blocks of the candidates that compete, strictest first.
  @inline(__always)
  func sweep(upTo last: Int, _ body: (CandidateBlock) -> Void) throws(Cancelled) {
    let (drawn, labels) = (drawn.start, frame.labels.start)
    var (positives, all, row, isAnyFlagged) = (0, 0, 0, false)
    block.count = 0
    for candidate in 0..<last {
      let (end, before) = (Int(frame.ends[candidate]), all)
      while row < end {
        // No branch on the label, which may be as random as a coin.
        let times = Int(truncatingIfNeeded: drawn[row])
        positives &+= times & (0 &- Int(truncatingIfNeeded: labels[row]))
        all &+= times
        row &+= 1
      }
      isAnyFlagged = isAnyFlagged || all > before
      guard frame.needsOwnRow ? all > before : isAnyFlagged else { continue }
      block.truePositives[block.count] = Double(positives)
      block.falsePositives[block.count] = Double(all &- positives)
      block.identities[block.count] = UInt64(candidate)
      block.count += 1
      guard block.count == CandidateBlock.capacity else { continue }
      body(block)
      block.count = 0
      if isCancelled() { throw Cancelled() }
    }
    if block.count > 0 { body(block) }
  }

  /// The rows that were not drawn by what a candidate and the default flag; `nil` where none of a
  /// class is left.
  private func leftOut(at candidate: Int?) -> ClassCells? {
    let chosen = candidate.map { Int(frame.ends[$0]) } ?? 0
    let standard = frame.standardEnd ?? 0
    let (low, high) = (min(chosen, standard), max(chosen, standard))
    let first = leftOut(0..<low)
    let second = leftOut(low..<high)
    let last = leftOut(high..<frame.rows)
    let both = (first.positives + second.positives, first.negatives + second.negatives)
    func cells(_ less: Double, _ more: Double, _ rest: Double) -> RowCells {
      RowCells(
        chosen: chosen == low ? less : more, standard: standard == low ? less : more,
        of: more + rest)
    }
    let cells = ClassCells(
      positives: cells(first.positives, both.0, last.positives),
      negatives: cells(first.negatives, both.1, last.negatives))
    return cells.positives.all > 0 && cells.negatives.all > 0 ? cells : nil
  }

  private func leftOut(_ range: Range<Int>) -> (positives: Double, negatives: Double) {
    let (drawn, labels) = (drawn.start, frame.labels.start)
    var (positives, all) = (0, 0)
    for row in range {
      let isLeftOut = drawn[row] == 0 ? 1 : 0
      all &+= isLeftOut
      positives &+= isLeftOut & Int(labels[row])
    }
    return (Double(positives), Double(all - positives))
  }
}
