import Synchronization

/// What has been found out about scores: shared by all copies of a value.
final class ScoresMemory: Sendable {
  private struct Findings {
    var sorted: SortedScores?
    var extent: ClosedRange<Double>?
    var weightExtent: ClosedRange<Double>?
    var counts: BucketCounts?
  }

  private let findings = Mutex(Findings())

  /// The rows that count, sorted.
  var sorted: SortedScores? {
    get { findings.withLock { $0.sorted } }
    set { findings.withLock { $0.sorted = newValue } }
  }

  /// The least and the greatest score.
  var extent: ClosedRange<Double>? {
    get { findings.withLock { $0.extent } }
    set { findings.withLock { $0.extent = newValue } }
  }

  /// The least and the greatest weight.
  var weightExtent: ClosedRange<Double>? {
    get { findings.withLock { $0.weightExtent } }
    set { findings.withLock { $0.weightExtent = newValue } }
  }

  /// How many rows buckets over all scores hold.
  var counts: BucketCounts? {
    get { findings.withLock { $0.counts } }
    set { findings.withLock { $0.counts = newValue } }
  }
}
