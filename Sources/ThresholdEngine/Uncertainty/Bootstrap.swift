import ParallelWork
import Synchronization

/// Tunes again on samples drawn from the rows, to say how sure a tuning is.
///
/// The stratified bootstrap: each sample draws as many positives as there are, with replacement,
/// and as many negatives. On each the same question is asked as `tuning` answered; the rows that a
/// sample leaves out (a third of them or so) judge its threshold as new rows would. A total over
/// rows, such as a cost, is scaled from the rows left out to all rows, by their number or weight.
/// Intervals are percentile intervals.
///
/// Counts of rows are expanded to rows, up to `mostExpandedRows`.
///
/// Equal arguments give equal results, however many threads there are.
///
/// - Parameters:
///   - scores: The rows that `tuning` was made on.
///   - samples: How many samples, at least 1.
///   - level: The share of samples within an interval, above 0 and below 1.
///   - threads: All processors where `nil`.
///   - isCancelled: Asked every few milliseconds at least, on every thread.
///   - progress: Called with the share that is done, on the caller's thread.
/// - Complexity: O(*n*) a sample, after one sort; 13 bytes a row (45 where weighted) and 1 byte a
///   row and thread.
public func bootstrap(
  _ scores: Scores, _ tuning: Tuning, samples: Int = 1_000, level: Double = 0.9,
  seed: UInt64 = 1, threads: Int? = nil, isCancelled: @escaping @Sendable () -> Bool = { false },
  progress: @escaping @Sendable (Double) -> Void = { _ in }
) throws(BootstrapError) -> Confidence {
  guard let rows = scores.expanded(atMost: mostExpandedRows) else {
    throw .tooManyRows(scores.rows)
  }
  let frame = try ResamplingFrame(
    rows, search: tuning.search, standard: tuning.default?.threshold, isCancelled: isCancelled)
  let question = Question(
    metric: tuning.metric, goal: tuning.goal, constraint: tuning.constraint,
    certificate: tuning.certificate, ties: tuning.ties)
  let task = ResamplingTask(question: question, seed: seed)
  let results = Results(samples)
  Workers.run(pieces: samples, threads: threads ?? Workers.available) { worker, next in
    let resampler = Resampler(frame, task, isCancelled: isCancelled)
    while let number = next() {
      guard let replicate = try? resampler.replicate(number) else { return }
      results.store(replicate, at: number)
      if worker == 0 { progress(results.share) }
    }
  }
  guard let replicates = results.all else { throw .cancelled }
  return try Confidence(replicates, level: level, seed: seed)
}

/// The most rows that a bootstrap expands counts to.
public let mostExpandedRows = 10_000_000

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
