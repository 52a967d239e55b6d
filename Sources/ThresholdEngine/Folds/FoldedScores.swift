/// Scores of rows by models that were fitted without them, and which rows were held out together.
public struct FoldedScores: Sendable {
  /// One for each repetition, of the same rows.
  public let rounds: [Round]

  /// One way to cut the rows into folds.
  public struct Round: Sendable {
    /// The score of every row by the model that was fitted without its fold.
    public let scores: Scores
    /// The fold of every row, from 0.
    public let folds: [Int]

    public init(_ scores: Scores, folds: [Int]) {
      self.scores = scores
      self.folds = folds
    }
  }

  public init(_ rounds: [Round]) { self.rounds = rounds }

  /// The rows of every fold that has rows of a weight above 0, round after round.
  var parts: [(round: Int, rows: [Int])] {
    rounds.indices.flatMap { round in
      let (folds, weights) = (rounds[round].folds, rounds[round].scores.weights)
      var rows = [[Int]](repeating: [], count: (folds.max() ?? -1) + 1)
      for (row, fold) in folds.enumerated() { rows[fold].append(row) }
      return rows.filter { rows in rows.contains { weights?[$0] ?? 1 > 0 } }.map { (round, $0) }
    }
  }
}

extension Scores {
  /// The rows at these positions; those of weight 0 are left out.
  func subset(rows: [Int]) -> Scores {
    let kept = weights.map { weights in rows.filter { weights[$0] > 0 } } ?? rows
    return Scores(
      unchecked: kept.map { values[$0] }, kept.map { labels[$0] },
      weights.map { weights in kept.map { weights[$0] } })
  }
}
