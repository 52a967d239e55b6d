import Algorithms

/// The cells of a proof, whose rows are counted where they are.
public struct ProofCells: Sendable {
  let proven: ProvenCells

  /// Where each cell begins, strictest first: a score belongs to the first cell that it reaches.
  public var edges: [Double] { proven.cells.map(\.cell.extent.lowerBound) }
  /// One a cell: none of its thresholds can be as good as the best.
  public var areDropped: [Bool] { proven.cells.map(\.isDropped) }
  public var positives: [Double] { proven.cells.map(\.cell.own.positives) }
  public var negatives: [Double] { proven.cells.map(\.cell.own.negatives) }
}

extension Tuning {
  /// The cells of a proof of this tuning: as the search does, those that can hold the best are
  /// divided until few rows remain.
  ///
  /// - Returns: `nil` where nothing is proved: after a search on a grid, with a guarantee, by
  ///   columns, conditions or groups, or for a threshold in place of one that meets the constraint.
  /// - Complexity: One pass of the source, and one more for each division, nine at most.
  public func proofCells<Source: CountSource>(
    in source: Source, isCancelled: () -> Bool = { false }
  ) throws(Source.Failure) -> ProofCells? {
    guard let question = provableQuestion else { return nil }
    let population = try source.population(isCancelled: isCancelled)
    let buckets = source.buckets(over: population.extent, atMost: ScoreBuckets.most)
    let counts = try source.counts(in: buckets, isCancelled: isCancelled)
    let judge = CellJudge(question, population, best: value)
    var cells = Cell(population).divided(by: counts)
    for _ in 1..<9 {
      guard let finer = try cells.divided(judge, source, isCancelled) else { break }
      cells = finer
    }
    return ProofCells(proven: ProvenCells(cells, judge).joiningTried())
  }

  /// - Parameter least: The least score of each cell.
  public func proof(_ cells: ProofCells, least: [Double]) -> SearchProof {
    proof(cells.proven, least: least)
  }
}

extension [Cell] {
  /// The cells with finer ones in the place of those that can hold the best; `nil` where these hold
  /// few rows, or cannot be divided.
  fileprivate func divided<Source: CountSource>(
    _ judge: CellJudge, _ source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> [Cell]? {
    let open = indices.filter { !self[$0].isOneScore && judge.worseBound(of: self[$0]) == nil }
    guard open.reduce(0, { $0 + self[$1].own.total }) > source.mostFetched else { return nil }
    // Runs of neighbours; those with the most rows first.
    let runs = open.chunked { $1 == $0 + 1 }
      .map { (place: $0[$0.startIndex], cell: run($0.first ?? 0, $0.last ?? 0), size: $0.count) }
      .sorted { $0.cell.own.total > $1.cell.own.total }
      .prefix(Pruning<Source>.mostParts).sorted { $0.place < $1.place }
    let buckets = runs.map {
      source.buckets(over: $0.cell.extent, atMost: ScoreBuckets.most / runs.count)
    }
    guard let counts = try source.counts(in: buckets, isCancelled: isCancelled) else { return nil }
    var finer = self
    for (run, counts) in zip(runs, counts).reversed() {
      if let failure = source.changedMeanwhile, source.isExact, !run.cell.agrees(with: counts) {
        throw failure
      }
      finer.replaceSubrange(
        run.place..<run.place + run.size, with: run.cell.divided(by: counts))
    }
    return finer
  }

  private func run(_ first: Int, _ last: Int) -> Cell {
    Cell(from: self[first], through: self[last])
  }
}

extension ProvenCells {
  /// Neighbours whose scores are all tried, as one.
  fileprivate func joiningTried() -> ProvenCells {
    var joined = self
    joined.cells = cells.chunked { !$0.isDropped && !$1.isDropped }.map { run in
      guard let first = run.first, let last = run.last, run.count > 1 else {
        return run[run.startIndex]
      }
      return (Cell(from: first.cell, through: last.cell), false)
    }
    return joined
  }
}
