public import ThresholdEngine

/// Why no other threshold is better on the rows of a database, and the SQL that counts them again.
public struct StoredProof: Sendable {
  public let proof: SearchProof
  /// Its rows, as `score,label,weight`, are what `scripts/certificate.py` reads beside the proof.
  public let sql: String
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
    let sql = question.rows(ofCells: edges, areDropped: cells.areDropped)
    let table = try numbers(sql, ["score", "label", "weight"], isCancelled)
    var least = [Double](repeating: .infinity, count: edges.count)
    var (positives, negatives) = (least.map { _ in 0.0 }, least.map { _ in 0.0 })
    for row in table[0].indices {
      let score = table[0][row] + 0
      guard let cell = edges.firstIndex(where: { score >= $0 }) else {
        throw .changed(expected: "scores from \(edges.last ?? 0)", found: "\(score)")
      }
      least[cell] = min(least[cell], score)
      if table[1][row] == 1 {
        positives[cell] += table[2][row]
      } else {
        negatives[cell] += table[2][row]
      }
    }
    for cell in edges.indices {
      try check(
        positives[cell], negatives[cell], against: (cells.positives[cell], cells.negatives[cell]),
        "rows of a cell")
    }
    return StoredProof(proof: tuning.proof(cells, least: least), sql: sql)
  }
}
