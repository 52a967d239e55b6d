import ParallelWork
import Synchronization

/// Tunes again on samples drawn from the rows, to say how sure a tuning is, and what its threshold
/// is worth on new rows.
///
/// The stratified bootstrap: each sample draws as many positives as there are, with replacement,
/// and as many negatives. On each the same question is asked as `tuning` answered; the rows that a
/// sample leaves out (a third of them or so) judge its threshold as new rows would. What the
/// threshold is worth is 0.4 of the value less the mean optimism of the samples (Harrell 1996) and
/// 0.6 of the mean value on rows left out: the two err in opposite directions. The interval is that
/// of a threshold chosen beforehand: rates by Jeffreys' prior, with the share of positives drawn.
///
/// Where units are drawn, rows are weighted, or a metric asks for columns or groups, whole units
/// are drawn instead without regard to their class, and intervals are percentiles of the samples.
///
/// Counts of rows are expanded to rows, up to `mostExpandedRows`.
///
/// Equal arguments give equal results, however many threads there are.
///
/// - Parameters:
///   - scores: The rows that `tuning` was made on.
///   - metrics: What else the threshold is judged by.
///   - units: Rows that are drawn together; each on its own where `nil`.
///   - samples: How many samples, at least 1.
///   - level: How sure intervals are, above 0 and below 1.
///   - threads: All processors where `nil`.
///   - isCancelled: Asked every few milliseconds at least, on every thread.
///   - progress: Called with the share that is done, on the caller's thread.
/// - Complexity: O(*n*) a sample, after one sort; 13 bytes a row, and 1 byte a row and thread.
public func bootstrap(
  _ scores: Scores, _ tuning: Tuning, metrics: [Metric] = [], units: RowFacts.Groups? = nil,
  samples: Int = 1_000, level: Double = 0.9, seed: UInt64 = 1, threads: Int? = nil,
  isCancelled: @escaping @Sendable () -> Bool = { false },
  progress: @escaping @Sendable (Double) -> Void = { _ in }
) throws(BootstrapError) -> Confidence {
  guard let rows = scores.expanded(atMost: mostExpandedRows) else {
    throw .tooManyRows(scores.rows)
  }
  let task = ResamplingTask(tuning, metrics, seed: seed)
  let threads = threads ?? Workers.available
  let frame = try task.frame(rows, units, isCancelled)
  let results = Results(samples)
  Workers.run(pieces: samples, threads: threads) { worker, next in
    let resampler = frame.resampler(for: task, isCancelled)
    while let number = next() {
      guard let replicate = try? resampler.replicate(number) else { return }
      results.store(replicate, at: number)
      if worker == 0 { progress(results.share) }
    }
  }
  guard let replicates = results.all else { throw .cancelled }
  return try Confidence(replicates, of: tuning, frame, task, level: level, threads: threads)
}

/// The most rows that a bootstrap expands counts to.
public let mostExpandedRows = 10_000_000

/// What every sample is tuned and judged for.
struct ResamplingTask: Sendable {
  let tuning: Tuning
  let question: Question
  /// The tuning's own metric, then the further ones.
  let metrics: [Metric]
  let seed: UInt64

  init(_ tuning: Tuning, _ metrics: [Metric], seed: UInt64) {
    self.tuning = tuning
    self.seed = seed
    self.metrics = [tuning.metric] + metrics
    question = Question(
      metric: tuning.metric, goal: tuning.goal, constraint: tuning.constraint,
      certificate: tuning.certificate, ties: tuning.ties)
  }

  fileprivate func frame(
    _ rows: Scores, _ units: RowFacts.Groups?, _ isCancelled: () -> Bool
  ) throws(BootstrapError) -> any Resampled {
    let asksRows = question.asksRows || metrics.contains { $0.asksRows }
    if units == nil, rows.weights == nil, !asksRows {
      return try ResamplingFrame(rows, self, isCancelled: isCancelled)
    }
    return try UnitFrame(rows, units, self, isCancelled: isCancelled)
  }
}

/// Rows as samples are drawn from them.
protocol Resampled: Sendable {
  /// Rows of each class, or units with such rows.
  var classes: (positives: Int, negatives: Int) { get }
  /// How many units there are where intervals are percentiles of samples of them.
  var units: Int? { get }
  /// The metrics on all rows at the tuning's threshold, and at the default.
  var values: [(chosen: Double?, standard: Double?)] { get }

  func resampler(
    for task: ResamplingTask, _ isCancelled: @escaping () -> Bool
  ) -> any Resampling
}

/// Draws samples and tunes on each: the scratch memory of one thread.
protocol Resampling {
  func replicate(_ number: Int) throws(Cancelled) -> Confidence.Replicate
}

/// Results of the threads, each piece in its place.
private final class Results: Sendable {
  private let replicates: Mutex<[Confidence.Replicate?]>
  private let done = Atomic<Int>(0)
  private let count: Int

  init(_ count: Int) {
    self.count = count
    replicates = Mutex(Array(repeating: nil, count: count))
  }

  func store(_ replicate: Confidence.Replicate, at number: Int) {
    replicates.withLock { $0[number] = replicate }
    done.add(1, ordering: .relaxed)
  }

  var share: Double { Double(done.load(ordering: .relaxed)) / Double(count) }

  /// `nil` where one is missing, as after a cancellation.
  var all: [Confidence.Replicate]? {
    let stored = replicates.withLock { $0 }.compactMap { $0 }
    return stored.count == count ? stored : nil
  }
}
