import ParallelWork

/// The candidates that can be best, found without sorting all rows.
///
/// Rows are counted in buckets of scores; buckets that cannot hold the best candidate are left out,
/// crowded ones divided again, and only the rows of what remains are sorted. The counts of every
/// candidate are those of the sorted sweep, so the choice is the sweep's, ties and all.
struct PrunedScores<Source: CountSource>: CandidateSource {
  typealias Failure = Source.Failure

  let population: Population
  private let source: Source
  private let counts: BucketCounts
  private let candidates: SurvivingCandidates
  private let fetched: FetchedBuckets?

  var positives: Double { population.positives }
  var negatives: Double { population.negatives }
  var extent: ClosedRange<Double> { population.extent }

  /// - Parameter default: The threshold that the best is compared with.
  /// - Returns: `nil` where sorting all rows is the better way: there are few, or too many remain.
  /// - Complexity: O(*n*) a level, with memory for buckets and surviving rows.
  init?(
    _ source: Source, _ question: Question, default standard: Double?, isCancelled: () -> Bool
  ) throws(Source.Failure) {
    population = try source.population(isCancelled: isCancelled)
    self.source = source
    guard Double(population.allRows) > source.mostFetched else { return nil }
    let whole = Cell(population)
    let buckets = source.buckets(over: whole.extent, atMost: ScoreBuckets.most)
    counts = try source.counts(in: buckets, isCancelled: isCancelled)
    var pruning = Pruning(question, population, source)
    pruning.prune(whole.divided(by: counts))
    while let finer = try pruning.divided(isCancelled) { pruning.prune(finer) }
    guard pruning.rows <= Double(population.allRows) / 4,
      let found = try pruning.candidates(
        counts, default: standard ?? population.extent.default, isCancelled)
    else { return nil }
    (candidates, fetched) = found
  }

  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Failure) {
    candidates.forEachBlock(body)
    if isCancelled() { throw .cancelled }
  }

  func threshold(of identity: UInt64) -> Double { candidates.thresholds[Int(identity)] }

  func plateau(of identity: UInt64?) throws(Failure) -> Tuning.Plateau {
    guard let identity else { return Tuning.Plateau(lower: extent.upperBound, upper: nil) }
    let threshold = threshold(of: identity)
    guard threshold > extent.lowerBound else {
      return Tuning.Plateau(lower: nil, upper: threshold)
    }
    if let next = candidates.next(after: Int(identity)) {
      return Tuning.Plateau(lower: next, upper: threshold)
    }
    return Tuning.Plateau(
      lower: try source.greatestScore(below: threshold, counts), upper: threshold)
  }

  func confusion(atLeast threshold: Double) throws(Failure) -> Confusion {
    if let known = fetched?.confusion(atLeast: threshold, population) { return known }
    return try source.confusion(atLeast: threshold, counts)
  }
}
