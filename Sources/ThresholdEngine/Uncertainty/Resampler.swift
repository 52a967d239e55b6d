import ParallelWork

/// Draws bootstrap samples and tunes on each: the scratch memory of one thread.
///
/// A sample is how often each row was drawn; rows stay in the order that all samples share, so that
/// none is sorted.
final class Resampler: Resampling {
  let frame: ResamplingFrame
  let task: ResamplingTask
  private let positives: DrawnClass
  private let negatives: DrawnClass
  private let block = CandidateBlock()
  private let isCancelled: () -> Bool

  init(_ frame: ResamplingFrame, _ task: ResamplingTask, isCancelled: @escaping () -> Bool) {
    self.frame = frame
    self.task = task
    self.isCancelled = isCancelled
    positives = DrawnClass(rows: frame.positives)
    negatives = DrawnClass(rows: frame.negatives)
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
    var stream = DrawStream(seed: task.seed, number: number)
    try positives.draw(from: &stream, isCancelled)
    try negatives.draw(from: &stream, isCancelled)
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

  /// How many drawn rows a candidate flags.
  @inline(__always)
  func flagged(_ candidate: Int) -> Flagged {
    Flagged(
      candidate: candidate,
      positives: Double(positives.drawn(amongFirst: frame.flagged.positives[candidate])),
      negatives: Double(negatives.drawn(amongFirst: frame.flagged.negatives[candidate])))
  }

  private func tune() throws(Cancelled) -> Flagged? {
    var selector = Selector(
      task.question, positives: Double(frame.positives), negatives: Double(frame.negatives))
    if let strong = frame.strong {
      try sweep(strong) { selector.consider($0) }
    } else {
      try sweep(upTo: frame.candidates) { selector.consider($0) }
    }
    selector.considerFlaggingNothing()
    return selector.best.map { best in
      Flagged(
        candidate: best.identity.map { Int($0) }, positives: best.truePositives,
        negatives: best.falsePositives)
    }
  }

  /// Calls `body` with blocks of the candidates that compete, strictest first.
  func sweep(upTo last: Int, _ body: (CandidateBlock) -> Void) throws(Cancelled) {
    var before = 0.0
    block.count = 0
    for candidate in 0..<last {
      let flagged = flagged(candidate)
      let all = flagged.positives + flagged.negatives
      // No branch on what was drawn, which is as random as a coin.
      add(flagged, competes: all > before)
      if frame.needsOwnRow { before = all }
      if block.count == CandidateBlock.capacity { try pass(to: body) }
    }
    if block.count > 0 { body(block) }
  }

  /// The same of the candidates that may be best, and of the strictest of all.
  private func sweep(_ strong: [UInt32], _ body: (CandidateBlock) -> Void) throws(Cancelled) {
    var before = 0.0
    block.count = 0
    let first = firstCandidate
    let flagsPositive = flagged(first).positives > 0
    add(flagged(first), competes: !flagsPositive)
    for candidate in strong {
      let flagged = flagged(Int(candidate))
      add(flagged, competes: flagged.positives > before)
      before = flagged.positives
      if block.count == CandidateBlock.capacity { try pass(to: body) }
    }
    if block.count > 0 { body(block) }
  }

  /// The strictest candidate that flags a drawn row.
  var firstCandidate: Int {
    (0..<frame.candidates).first { candidate in
      let flagged = flagged(candidate)
      return flagged.positives + flagged.negatives > 0
    } ?? 0
  }

  @inline(__always)
  private func add(_ flagged: Flagged, competes: Bool) {
    let place = block.count
    block.truePositives[place] = flagged.positives
    block.falsePositives[place] = flagged.negatives
    block.identities[place] = UInt64(flagged.candidate ?? 0)
    block.count = place &+ (competes ? 1 : 0)
  }

  private func pass(to body: (CandidateBlock) -> Void) throws(Cancelled) {
    body(block)
    block.count = 0
    if isCancelled() { throw Cancelled() }
  }

  /// The rows that were not drawn by what a candidate and the default flag; `nil` where none of a
  /// class is left.
  private func leftOut(at candidate: Int?) -> ClassCells? {
    let chosen = candidate.map {
      (Int(frame.flagged.positives[$0]), Int(frame.flagged.negatives[$0]))
    }
    let cells = ClassCells(
      positives: positives.leftOut(chosen?.0 ?? 0, frame.standard?.positives ?? 0),
      negatives: negatives.leftOut(chosen?.1 ?? 0, frame.standard?.negatives ?? 0))
    return cells.positives.all > 0 && cells.negatives.all > 0 ? cells : nil
  }
}
