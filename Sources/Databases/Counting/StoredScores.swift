import NumberText
import Synchronization
import ThresholdEngine

/// Labelled scores that are counted where they live.
///
/// The population and the last counts are remembered, so that every later answer is held against
/// them; nothing is asked before the first question.
public final class StoredScores: Sendable {
  public let question: ScoreQuestion
  private let state = Mutex(State())

  private struct State {
    var population: StoredPopulation?
    var counts: [ScoreBuckets: BucketCounts] = [:]
    var certificates: [Double: StoredCertificate] = [:]
    var asked: [String] = []
  }

  /// Rows that are cheaper to fetch than to count once more.
  public let mostFetched: Double

  public init(_ question: ScoreQuestion, mostFetched: Double = 50_000) {
    self.question = question
    self.mostFetched = mostFetched
  }

  /// The queries that were asked so far.
  public var asked: [String] { state.withLock { $0.asked } }

  var hasWeights: Bool { question.weight != nil }

  func ask(
    _ sql: String, _ columns: [String], _ isCancelled: () -> Bool
  ) throws(DatabaseError) -> ResultTable {
    state.withLock { $0.asked.append(sql) }
    let table = question.table
    let answer = try table.client.query(sql, columns: columns, isCancelled: isCancelled)
    guard answer.columns.count == columns.count else {
      throw .unexpectedAnswer(
        engine: table.client.engine,
        reason: "\(answer.columns.count) columns instead of \(columns.count)")
    }
    return answer
  }

  /// The numbers of all columns of an answer.
  func numbers(
    _ sql: String, _ columns: [String], _ isCancelled: () -> Bool
  ) throws(DatabaseError) -> [[Double]] {
    let answer = try ask(sql, columns, isCancelled)
    var all: [[Double]] = []
    for place in columns.indices {
      guard let numbers = answer.numbers(place) else {
        throw .notNumeric(score: question.score, found: answer.columns[place].firstTextCell)
      }
      all.append(numbers)
    }
    return all
  }

  // MARK: - What there is

  /// What the table holds, asked once.
  public func described(isCancelled: () -> Bool) throws(DatabaseError) -> StoredPopulation {
    if let known = state.withLock({ $0.population }) { return known }
    try question.table.checkDemands(isCancelled)
    let found = try StoredPopulation(
      numbers(question.population, StoredPopulation.columns, isCancelled).map { $0.first ?? 0 },
      question)
    state.withLock { $0.population = found }
    return found
  }

  /// The counts at a threshold, by the engine itself.
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
      let names = asked.indices.flatMap { ["tp\($0)", "fp\($0)", "below\($0)"] }
      let row = try numbers(question.certificates(asked), names, isCancelled)
        .map { $0.first ?? .nan }
      for (place, threshold) in asked.enumerated() {
        let found = StoredCertificate(row[(3 * place)..<(3 * place + 3)])
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
