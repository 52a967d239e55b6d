import ParallelWork

/// Draws bootstrap samples and tunes on each: the scratch memory of one thread.
///
/// A sample is how often each row was drawn; it is swept in the order that all samples share, so
/// that none is sorted.
final class Resampler {
  private let frame: ResamplingFrame
  private let task: ResamplingTask
  /// How often each row was drawn.
  ///
  /// 255 are enough: that one row of a class is drawn more often has a chance below 1/256!.
  private let drawn: RowBuffer<UInt8>
  private let block = CandidateBlock()
  private let isCancelled: () -> Bool

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
    let best = try tune()
    guard let best, let inSample = task.question.metric.value(of: best.confusion) else {
      return Confidence.Replicate(outcome: nil, inSample: nil, outOfBag: nil, gain: nil)
    }
    let chosen = best.candidate.map { Int(frame.ends[Int($0)]) } ?? 0
    let standard = frame.standardEnd
    let middle = [chosen, standard ?? chosen].sorted()
    let parts = [0..<middle[0], middle[0]..<middle[1], middle[1]..<frame.rows].map(leftOut)
    func value(flagging end: Int) -> Double? {
      let flagged = end == middle[0] ? parts[0] : parts[0] + parts[1]
      return worth((parts[0] + parts[1] + parts[2]).confusion(flagged))
    }
    let outOfBag = value(flagging: chosen)
    let gain = standard.flatMap { value(flagging: $0) }.flatMap { former in
      outOfBag.map { task.question.goal == .maximise ? $0 - former : former - $0 }
    }
    return Confidence.Replicate(
      outcome: frame.decision(best.candidate), inSample: inSample, outOfBag: outOfBag, gain: gain)
  }

  /// The metric on rows left out; a total, such as a cost, as it would be on as many rows as chose
  /// the threshold, or as much weight.
  private func worth(_ confusion: Confusion) -> Double? {
    guard task.dependsOnSize else { return task.question.metric.value(of: confusion) }
    guard confusion.total > 0 else { return nil }
    return task.question.metric.value(of: confusion.scaled(by: frame.total / confusion.total))
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

/// What every sample is tuned for.
struct ResamplingTask: Sendable {
  let question: Question
  let seed: UInt64
  /// Whether the metric is a total, such as a cost, and not a share.
  let dependsOnSize: Bool

  init(question: Question, seed: UInt64) {
    self.question = question
    self.seed = seed
    dependsOnSize = question.metric.dependsOnSize
  }
}

// MARK: - Sweeping

extension Resampler {
  private struct Best {
    let candidate: UInt64?
    let confusion: Confusion
  }

  private func tune() throws(Cancelled) -> Best? {
    let (drawn, labels) = (drawn.start, frame.labels.start)
    if let units = frame.units?.start, let sum = frame.sum {
      return try sweep(sum.weight) { row, positives, negatives in
        for _ in 0..<drawn[row] {
          if labels[row] == 1 { positives += units[row] } else { negatives += units[row] }
        }
      }
    }
    return try sweep({ Double($0) }) { row, positives, negatives in
      // No branch on the label, which may be as random as a coin.
      let times = Int(truncatingIfNeeded: drawn[row])
      let positive = times & (0 &- Int(truncatingIfNeeded: labels[row]))
      positives &+= positive
      negatives &+= times &- positive
    }
  }

  /// - Parameter add: adds a row to its class as often as it was drawn.
  @inline(__always)
  private func sweep<Sum: AdditiveArithmetic>(
    _ number: (Sum) -> Double,
    _ add: (_ row: Int, _ positives: inout Sum, _ negatives: inout Sum) -> Void
  ) throws(Cancelled) -> Best? {
    let drawn = drawn.start
    var (positives, negatives) = (Sum.zero, Sum.zero)
    for row in 0..<frame.rows { add(row, &positives, &negatives) }
    let totals = (positives: number(positives), negatives: number(negatives))
    if isCancelled() { throw Cancelled() }
    var selector = Selector(
      task.question, positives: totals.positives, negatives: totals.negatives)
    (positives, negatives) = (.zero, .zero)
    var (row, isAnyFlagged) = (0, false)
    block.count = 0
    for (candidate, end) in frame.ends.enumerated() {
      var isDrawn = false
      while row < Int(end) {
        add(row, &positives, &negatives)
        isDrawn = isDrawn || drawn[row] > 0
        row += 1
      }
      isAnyFlagged = isAnyFlagged || isDrawn
      guard frame.needsOwnRow ? isDrawn : isAnyFlagged else { continue }
      block.truePositives[block.count] = number(positives)
      block.falsePositives[block.count] = number(negatives)
      block.identities[block.count] = UInt64(candidate)
      block.count += 1
      guard block.count == CandidateBlock.capacity else { continue }
      selector.consider(block)
      block.count = 0
      if isCancelled() { throw Cancelled() }
    }
    if block.count > 0 { selector.consider(block) }
    selector.considerFlaggingNothing()
    return selector.best.map { best in
      Best(
        candidate: best.identity,
        confusion: Confusion(
          tp: best.truePositives, fp: best.falsePositives, positives: totals.positives,
          negatives: totals.negatives))
    }
  }

  /// Counts of both classes among rows that were not drawn.
  fileprivate struct LeftOut {
    var positives = 0.0
    var negatives = 0.0

    static func + (one: LeftOut, other: LeftOut) -> LeftOut {
      LeftOut(
        positives: one.positives + other.positives, negatives: one.negatives + other.negatives)
    }

    func confusion(_ flagged: LeftOut) -> Confusion {
      Confusion(
        tp: flagged.positives, fp: flagged.negatives, positives: positives, negatives: negatives)
    }
  }

  private func leftOut(_ range: Range<Int>) -> LeftOut {
    let (drawn, labels) = (drawn.start, frame.labels.start)
    guard let units = frame.units?.start, let sum = frame.sum else {
      var (positives, all) = (0, 0)
      for row in range {
        let isLeftOut = drawn[row] == 0 ? 1 : 0
        all &+= isLeftOut
        positives &+= isLeftOut & Int(labels[row])
      }
      return LeftOut(positives: Double(positives), negatives: Double(all - positives))
    }
    var (positives, negatives) = (WeightSum.Units.zero, WeightSum.Units.zero)
    for row in range where drawn[row] == 0 {
      if labels[row] == 1 { positives += units[row] } else { negatives += units[row] }
    }
    return LeftOut(positives: sum.weight(positives), negatives: sum.weight(negatives))
  }
}
