import NumberText
import Synchronization
import ThresholdEngine

/// Labelled scores that are counted where they live.
///
/// The population and the last counts are remembered, so that every later answer is held against
/// them; nothing is asked before the first question.
public final class StoredScores: Sendable {
  public let questions: any ScoreQuestions
  private let state = Mutex(State())

  private struct State {
    var population: StoredPopulation?
    var counts: [ScoreBuckets: BucketCounts] = [:]
    var certificates: [Double: StoredCertificate] = [:]
  }

  public init(_ questions: any ScoreQuestions) { self.questions = questions }

  /// The questions that were asked so far.
  public var asked: [String] { questions.asked }

  /// The questions that a search asks, before any is asked.
  public var planned: [String] { questions.planned }

  public var mostFetched: Double { questions.mostFetched }

  var hasWeights: Bool { questions.hasWeights }

  // MARK: - What there is

  /// What the table holds, asked once.
  public func described(isCancelled: () -> Bool) throws(DatabaseError) -> StoredPopulation {
    if let known = state.withLock({ $0.population }) { return known }
    let found = try questions.population(isCancelled: isCancelled)
    state.withLock { $0.population = found }
    return found
  }

  /// The counts at a threshold, by whichever holds the rows.
  public func certificate(
    at threshold: Double, isCancelled: () -> Bool
  ) throws(DatabaseError) -> StoredCertificate {
    try certify(at: [threshold], isCancelled: isCancelled)
    return state.withLock { $0.certificates[threshold] } ?? .nothing
  }

  /// Asks for the counts at thresholds that are not known yet, in one pass for each 32.
  func certify(at thresholds: [Double], isCancelled: () -> Bool) throws(DatabaseError) {
    let known = state.withLock { $0.certificates }
    let unknown = thresholds.filter { known[$0] == nil }
    for start in stride(from: 0, to: unknown.count, by: 32) {
      let asked = Array(unknown[start..<min(start + 32, unknown.count)])
      let found = try questions.certificates(at: asked, isCancelled: isCancelled)
      for (threshold, found) in zip(asked, found) {
        state.withLock { $0.certificates[threshold] = found }
      }
    }
  }

  /// Refuses counts that do not add up to those that were found before.
  func check(
    _ positives: Double, _ negatives: Double, against counted: (Double, Double), _ what: String
  ) throws(DatabaseError) {
    func differ(_ one: Double, _ other: Double) -> Bool {
      hasWeights ? abs(one - other) > 1e-9 * max(abs(one), abs(other)) : one != other
    }
    guard differ(positives, counted.0) || differ(negatives, counted.1) else { return }
    throw .changed(
      expected: "\(counted.0.shortestText) positive and \(counted.1.shortestText) negative \(what)",
      found: "\(positives.shortestText) and \(negatives.shortestText)")
  }

  func remember(_ counts: BucketCounts) {
    state.withLock { $0.counts[counts.buckets] = counts }
  }

  func known(_ buckets: ScoreBuckets) -> BucketCounts? { state.withLock { $0.counts[buckets] } }
}
