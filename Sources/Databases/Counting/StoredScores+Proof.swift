public import ThresholdEngine

/// Why no other threshold is better on the rows of a database, and the SQL that counts them again.
public struct StoredProof: Sendable {
  public let proof: SearchProof
  /// Its rows, as `score,label,weight`, are what `scripts/certificate.py` reads beside the proof.
  public let query: String
}

extension StoredScores {
  /// The proof of a tuning on these scores, from counts that the database makes once more.
  ///
  /// - Returns: `nil` where nothing is proved; weights, whose sums depend on the order of rows, are
  ///   among the reasons.
  /// - Throws: `changed` where the rows are no longer those of the search.
  public func proof(
    of tuning: Tuning, isCancelled: () -> Bool
  ) throws(DatabaseError) -> StoredProof? {
    guard !hasWeights, let cells = try tuning.proofCells(in: self, isCancelled: isCancelled) else {
      return nil
    }
    let edges = cells.edges
    let (rows, query) = try questions.rows(
      ofCells: edges, areDropped: cells.areDropped, isCancelled: isCancelled)
    var least = [Double](repeating: .infinity, count: edges.count)
    var (positives, negatives) = (least.map { _ in 0.0 }, least.map { _ in 0.0 })
    for row in rows {
      guard let cell = edges.firstIndex(where: { row.score >= $0 }) else {
        throw .changed(expected: "scores from \(edges.last ?? 0)", found: "\(row.score)")
      }
      least[cell] = min(least[cell], row.score)
      if row.isPositive { positives[cell] += row.count } else { negatives[cell] += row.count }
    }
    for cell in edges.indices {
      try check(
        positives[cell], negatives[cell], against: (cells.positives[cell], cells.negatives[cell]),
        "rows of a cell")
    }
    return StoredProof(proof: tuning.proof(cells, least: least), query: query)
  }
}
