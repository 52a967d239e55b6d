// Scores that stand for many rows each.
extension Scores {
  /// The rows that counts stand for, in up to two entries a score: one for each class.
  ///
  /// All questions have the answers that the rows themselves would give; `rows`, `positives` and
  /// `negatives` are those of the rows.
  ///
  /// - Complexity: O(*n*) in the number of scores.
  public init(_ counts: ScoreCounts) {
    var (values, labels, weights): ([Double], [Bool], [Double]) = ([], [], [])
    for index in counts.values.indices {
      for (count, label) in [(counts.positives[index], true), (counts.negatives[index], false)]
      where count > 0 {
        values.append(counts.values[index])
        labels.append(label)
        weights.append(count)
      }
    }
    self.init(unchecked: values, labels, weights, isCounted: true)
  }

  /// The counts that these scores were made of, without scores that no row has; `nil` where each
  /// entry is one row.
  public var counts: ScoreCounts? {
    guard isCounted, let weights else { return nil }
    var (scores, positives, negatives): ([Double], [Double], [Double]) = ([], [], [])
    for index in values.indices {
      // Positives stand before the negatives of the same score.
      let continues = index > 0 && !labels[index] && labels[index - 1]
      if continues, values[index - 1] == values[index] {
        negatives[negatives.count - 1] = weights[index]
      } else {
        scores.append(values[index])
        positives.append(labels[index] ? weights[index] : 0)
        negatives.append(labels[index] ? 0 : weights[index])
      }
    }
    return ScoreCounts(unchecked: scores, positives: positives, negatives: negatives)
  }

  /// One entry a row; itself where that is so, `nil` where there are more than `limit` rows.
  ///
  /// - Complexity: O(rows).
  func expanded(atMost limit: Int) -> Scores? {
    guard isCounted, let weights else { return self }
    guard rows <= limit else { return nil }
    var (scores, flags): ([Double], [Bool]) = ([], [])
    scores.reserveCapacity(rows)
    flags.reserveCapacity(rows)
    for index in values.indices {
      scores.append(contentsOf: repeatElement(values[index], count: Int(weights[index])))
      flags.append(contentsOf: repeatElement(labels[index], count: Int(weights[index])))
    }
    return Scores(unchecked: scores, flags, nil)
  }
}
