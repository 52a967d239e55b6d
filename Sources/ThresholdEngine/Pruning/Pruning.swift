import ParallelWork

/// The search for what can be best: level after level, until few rows remain.
struct Pruning<Source: CountSource> {
  private let source: Source
  private let population: Population
  private var judge: CellJudge
  private var level = 0
  /// The cells of the last level that can hold the best candidate.
  private var surviving: [Cell] = []
  /// Those of all levels whose rows have one score each: they are candidates as they are.
  private var single: [Cell] = []

  /// Most intervals of scores that a source is asked to divide at once.
  static var mostParts: Int { 32 }
  /// A level divides by some hundred at least, and a Double has 64 bits.
  private static var mostLevels: Int { 9 }

  init(_ question: Question, _ population: Population, _ source: Source) {
    self.source = source
    self.population = population
    // Whole numbers are exact; sums of weights depend on the order of rows.
    let rounding = source.isExact ? 1e-13 : 1e-9
    judge = CellJudge(question, population, rounding: rounding)
  }

  /// How many rows would have to be fetched.
  var rows: Double {
    let share = surviving.reduce(0) { $0 + $1.own.total }
    return share / (population.positives + population.negatives) * Double(population.allRows)
  }

  mutating func prune(_ cells: [Cell]) {
    let found = judge.surviving(cells)
    single += found.filter(\.isOneScore)
    surviving = found.filter { !$0.isOneScore }
    level += 1
  }

  /// The surviving cells divided again; `nil` where they are few enough, or cannot be divided.
  func divided(_ isCancelled: () -> Bool) throws(Source.Failure) -> [Cell]? {
    // More cells than this would hardly become smaller.
    guard rows > source.mostFetched, level < Self.mostLevels,
      surviving.count <= ScoreBuckets.most / 4
    else { return nil }
    let parts = surviving.joined(atMost: Self.mostParts)
    let all = parts.reduce(0) { $0 + $1.own.total }
    let buckets = parts.map { part in
      let share = (1 / Double(parts.count) + part.own.total / all) / 2
      return source.buckets(
        over: part.extent, atMost: max(2, Int(Double(ScoreBuckets.most) * share)))
    }
    guard let counts = try source.counts(in: buckets, isCancelled: isCancelled) else { return nil }
    if let failure = source.changedMeanwhile, source.isExact,
      !zip(parts, counts).allSatisfy({ $0.agrees(with: $1) })
    {
      throw failure
    }
    var cells: [Cell] = []
    for (part, counts) in zip(parts, counts) {
      // Rows that were left out are between parts.
      let start = (cells.last?.number ?? -2) + 2
      cells += part.divided(by: counts, numberedFrom: start)
    }
    return cells
  }

  /// - Parameters:
  ///   - counts: Those of the first level.
  ///   - default: A threshold that is asked about later: its bucket is fetched in the same pass.
  /// - Returns: `nil` where nothing survives.
  func candidates(
    _ counts: BucketCounts, default standard: Double?, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> (candidates: SurvivingCandidates, fetched: FetchedBuckets?)? {
    let ranges = surviving.joined()
    guard !ranges.isEmpty || !single.isEmpty else { return nil }
    var (rows, fetched): (Scores?, FetchedBuckets?) = (nil, nil)
    if level == 1, !ranges.isEmpty {
      let isChosen = chosen(ranges, counts, with: standard)
      let all = try source.scores(in: counts.buckets, where: isChosen, isCancelled: isCancelled)
      fetched = FetchedBuckets(counts: counts, isFetched: isChosen, rows: all)
      rows = all.within(ranges.map(\.extent))
    } else if !ranges.isEmpty {
      rows = try source.scores(within: ranges.map(\.extent), isCancelled: isCancelled)
    }
    let candidates = try Source.Failure.ifCancelled { () throws(Cancelled) in
      try SurvivingCandidates(
        ranges, rows, single: single, counts.weighed, isCancelled: isCancelled)
    }
    return (candidates, fetched)
  }

  /// The buckets of cells, and that of a threshold where it does not add many rows.
  private func chosen(
    _ cells: [Cell], _ counts: BucketCounts, with threshold: Double?
  ) -> [Bool] {
    var isChosen = counts.buckets.chosen(cells)
    if let threshold, counts.buckets.extent.contains(threshold) {
      let bucket = counts.buckets.bucket(of: threshold)
      let added = counts.positives[bucket] + counts.negatives[bucket]
      let share = added / (population.positives + population.negatives)
      if rows + share * Double(population.allRows) <= source.mostFetched {
        isChosen[bucket] = true
      }
    }
    return isChosen
  }
}

extension ScoreBuckets {
  /// Which buckets cells were made of.
  fileprivate func chosen(_ cells: [Cell]) -> [Bool] {
    var isChosen = [Bool](repeating: false, count: count)
    for cell in cells {
      for bucket in bucket(of: cell.extent.upperBound)...bucket(of: cell.extent.lowerBound) {
        isChosen[bucket] = true
      }
    }
    return isChosen
  }
}
