import Synchronization
public import TableIO
public import ThresholdEngine

/// Scores in a file: each question is one pass over it.
///
/// Memory beside that of a batch: 16,384 counts for each class, and at most 2,097,152 different
/// scores where they are asked for.
public final class FileScores: ScoreQuestions {
  public let table: FileTable
  let score: String
  let label: String
  let weight: String?
  private let choose: ChoiceOfPositives
  private let log = AskedQuestions()
  private let first = Mutex<FirstPass?>(nil)

  /// Chooses the positive class of the labels that there are.
  public typealias ChoiceOfPositives = @Sendable (DistinctValues) throws -> PositiveLabels

  /// What the first pass found, which every other must find again.
  private struct FirstPass: Sendable {
    let population: StoredPopulation
    let positive: PositiveLabels
    let totals: Totals
    let report: ReadingReport
  }

  struct Totals: Hashable, Sendable {
    var content = 0
    var rows = 0
    var positives = 0
  }

  /// - Parameter weight: a column of weights, if there is one.
  public init(
    _ table: FileTable, score: String, label: String, weight: String?,
    choosing choose: @escaping ChoiceOfPositives
  ) {
    (self.table, self.score, self.label, self.weight) = (table, score, label, weight)
    self.choose = choose
  }

  public var hasWeights: Bool { weight != nil }
  /// A pass costs more than holding these.
  public var mostFetched: Double { 262_144 }
  public var mostExtents: Int { .max }
  /// Different scores that are held at most.
  public static let mostHeld = 1 << 21

  public var asked: [String] { log.all }

  public var planned: [String] {
    [
      "count rows and labels, and find the extent of the scores",
      "count the rows in each of 16,384 buckets of scores",
      "fetch the scores of the buckets that can be best",
      "count what the threshold flags, to certify it",
    ]
  }

  public func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets {
    ScoreBuckets(grid: extent, atMost: most)
  }

  /// What the reader of the file reported; `nil` before the first pass.
  public var report: ReadingReport? { first.withLock { $0?.report } }

  // MARK: - Passes

  public func population(isCancelled: () -> Bool) throws(DatabaseError) -> StoredPopulation {
    try firstPass(isCancelled).population
  }

  private func firstPass(_ isCancelled: () -> Bool) throws(DatabaseError) -> FirstPass {
    if let known = first.withLock({ $0 }) { return known }
    log.add(planned[0])
    var census = LabelCensus(score: score, label: label, weight: weight)
    let pass = try table.forEachBatch(of: columns, isCancelled: isCancelled) {
      batch throws(DatabaseError) in
      try census.add(batch)
      return true
    }
    let positive: PositiveLabels
    let labels = census.labels.distinct
    try census.checkRows()
    do { positive = try choose(labels) } catch { throw .caller(CallersError(error)) }
    var population = try census.population(positive)
    population.undecided = Double(pass.undecided)
    let totals = Totals(
      content: pass.content, rows: census.rows,
      positives: Int(population.positiveRows))
    let found = FirstPass(
      population: population, positive: positive, totals: totals, report: pass.report)
    first.withLock { $0 = found }
    return found
  }

  private var columns: Set<String> { Set([score, label] + [weight].compactMap { $0 }) }

  /// One pass for a question: hands over the rows that count, batch by batch, and holds their number
  /// against that of the first pass.
  func pass(
    _ question: String, with others: [String] = [], _ isCancelled: () -> Bool,
    _ body: (LabelledRows) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    let known = try firstPass(isCancelled)
    log.add(question)
    var totals = Totals()
    let pass = try table.forEachBatch(of: columns.union(others), isCancelled: isCancelled) {
      batch throws(DatabaseError) in
      let rows = try LabelledRows(batch, self, known.positive)
      totals.rows += rows.scores.count
      totals.positives += rows.positives
      try body(rows)
      return true
    }
    totals.content = pass.content
    guard totals == known.totals else { throw .fileChanged(path: table.path) }
  }
}

/// Which labels are positive.
public enum PositiveLabels: Sendable {
  /// This number.
  case number(Double)
  /// Some texts.
  case texts(@Sendable (String) -> Bool)
}
