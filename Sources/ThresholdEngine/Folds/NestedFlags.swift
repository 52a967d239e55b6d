/// What each row is decided by the rest of the folds, one list for each time that rows were cut into
/// folds.
public struct NestedFlags: Hashable, Sendable {
  /// One for each row, weight or none.
  public let rounds: [[Bool]]

  /// Cheap: what is compared is compared row by row.
  public func hash(into hasher: inout Hasher) { hasher.combine(rounds.count) }

  /// - Parameters:
  ///   - decisions: Of each fold, round after round; `nil` where one has none.
  ///   - options: Which option's scores each fold is decided by.
  init?(_ scores: [FoldedScores], decisions: [Decision?], options: [Int]) {
    guard let first = scores.first, decisions.allSatisfy({ $0 != nil }) else { return nil }
    var rounds = first.rounds.map { [Bool](repeating: false, count: $0.scores.count) }
    for (fold, part) in first.parts.enumerated() where fold < decisions.count {
      guard let threshold = decisions[fold]?.threshold else { continue }
      let values = scores[options[fold]].rounds[part.round].scores.values
      for row in part.rows where values[row] >= threshold { rounds[part.round][row] = true }
    }
    self.rounds = rounds
  }

  /// The rows as scores that a threshold of 0.5 decides like this: each as often as there are
  /// rounds, or a multiple of that, and of as much less weight.
  ///
  /// - Parameter times: How often each row is to stand there, a multiple of the rounds.
  public func scores(of rows: Scores, times: Int) -> Scores {
    let places = (0..<times).flatMap { _ in 0..<rows.count }
    let flags = (0..<times).flatMap { rounds[$0 % rounds.count].map { $0 ? 1.0 : 0 } }
    guard times > 1 else {
      return Scores(unchecked: flags, rows.labels, rows.weights).knowing(rows.facts ?? RowFacts())
    }
    let share = 1 / Double(times)
    let repeated = rows.rows(places.map { ($0, share) })
    return Scores(unchecked: flags, repeated.labels, repeated.weights)
      .knowing(repeated.facts ?? RowFacts())
  }

  /// Which of these rows are drawn together.
  public func units(_ units: [Int]?, rows: Int, times: Int) -> [Int]? {
    guard times > 1 else { return units }
    let units = units ?? Array(0..<rows)
    return (0..<times).flatMap { _ in units }
  }

  public static let decision = Decision.threshold(0.5)
}
