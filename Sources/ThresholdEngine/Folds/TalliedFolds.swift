import Algorithms
import ParallelWork

/// The choices of folds by metrics of columns, conditions and groups, or by smoothed metrics: every
/// set of folds is counted by itself.
struct TalliedFolds: Sendable {
  private let scores: FoldedScores
  private let parts: [(round: Int, rows: [Int])]
  private let question: Question
  private let search: Search
  private let smoothing: Smoothing?
  private let midpoint: Bool
  /// The metric of each fold at its own thresholds, descending, and with nothing flagged.
  private let curves: [Curve]

  private struct Curve {
    let rows: Scores
    let thresholds: [Double]
    let values: [Double]
    let ofNothing: Double?

    var isSpeaking: Bool { ofNothing != nil || values.contains { !$0.isNaN } }

    /// NaN where undefined.
    func value(at decision: Decision) -> Double {
      guard let threshold = decision.threshold else { return ofNothing ?? .nan }
      let count = thresholds.partitioningIndex { $0 < threshold }
      return count > 0 ? values[count - 1] : ofNothing ?? .nan
    }
  }

  init(
    _ scores: FoldedScores, _ question: Question, _ asked: FoldedQuestion, _ isCancelled: () -> Bool
  ) throws(TuningError) {
    (self.scores, self.question, parts) = (scores, question, scores.parts)
    (search, smoothing, midpoint) = (asked.search, asked.smoothing, asked.midpoint)
    var curves: [Curve] = []
    for part in scores.parts {
      let rows = Self.rows([part], of: scores, share: 1)
      let sweep = try Sweep(
        rows, search: asked.search, metrics: [question.metric], isCancelled: isCancelled)
      let nothing = try evaluate(
        rows, at: .flagNothing, for: [question.metric], isCancelled: isCancelled)
      curves.append(
        Curve(
          rows: rows, thresholds: sweep.thresholds, values: sweep.values(of: question.metric),
          ofNothing: question.metric.value(of: nothing)))
    }
    self.curves = curves
  }

  var isSpeaking: [Bool] { curves.map(\.isSpeaking) }

  /// The rows of folds with what is known of them, each counted a share of once.
  private static func rows(
    _ parts: [(round: Int, rows: [Int])], of scores: FoldedScores, share: Double
  ) -> Scores {
    let first = scores.rounds[0].scores
    let known = first.rows(parts.flatMap(\.rows).map { ($0, share) })
    let values = parts.flatMap { part in
      part.rows.map { scores.rounds[part.round].scores.values[$0] }
    }
    return Scores(unchecked: values, known.labels, known.weights)
      .knowing(known.facts ?? RowFacts())
  }

  /// The best of one fold by itself.
  func own(_ fold: Int, _ isCancelled: () -> Bool) throws(Cancelled) -> Decision? {
    try best(Self.rows([parts[fold]], of: scores, share: 1), isCancelled)
  }

  /// What each rule chooses for some folds together.
  func judged(
    _ members: [Int], rounds: Int, _ own: [Decision?], _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [FoldChoices.Judged] {
    let rows = Self.rows(members.map { parts[$0] }, of: scores, share: 1 / Double(rounds))
    let decisions = [
      try best(rows, isCancelled), try bestOfMean(members, rows, isCancelled),
      Decision.median(members.compactMap { own[$0] }),
    ]
    return decisions.map { decision in
      let sides = question.constraint?.comparedSides ?? []
      guard let decision,
        let counts = try? evaluate(rows, at: decision, for: [question.metric] + sides)
      else { return FoldChoices.Judged() }
      return FoldChoices.Judged(
        decision: decision, value: question.metric.value(of: counts),
        meetsConstraint: question.constraint?.isMet(by: counts) ?? true)
    }
  }

  /// The mean over the folds of the metric at a decision; `nil` where one has no value.
  ///
  /// Of any decision, which need not be at a point of the grid.
  func mean(at decision: Decision) -> Double? {
    let speaking = curves.filter(\.isSpeaking)
    var sum = 0.0
    for curve in speaking {
      guard let counts = try? evaluate(curve.rows, at: decision, for: [question.metric]),
        let value = question.metric.value(of: counts)
      else { return nil }
      sum += value
    }
    return speaking.isEmpty ? nil : sum / Double(speaking.count)
  }

  /// The same of some folds at one of the thresholds that compete.
  private func mean(_ members: [Int], at decision: Decision) -> Double? {
    let speaking = members.map { curves[$0] }.filter(\.isSpeaking)
    let sum = speaking.reduce(0) { $0 + $1.value(at: decision) }
    return speaking.isEmpty || sum.isNaN ? nil : sum / Double(speaking.count)
  }

  private func best(
    _ rows: Scores, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> Decision? {
    guard
      let best = try? tune(
        rows, question.metric, goal: question.goal, where: question.constraint,
        ties: question.ties, search: search, midpoint: midpoint, isCancelled: isCancelled)
    else {
      if isCancelled() { throw Cancelled() }
      return nil
    }
    guard let smoothing else { return best.outcome }
    let smoothed = try? smooth(
      best, on: rows, by: smoothing, midpoint: midpoint, isCancelled: isCancelled)
    return smoothed?.tuning.outcome
  }

  private func bestOfMean(
    _ members: [Int], _ rows: Scores, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> Decision? {
    guard
      let choice = try? RankedChoice(rows, question, search, midpoint: midpoint, isCancelled)
    else {
      if isCancelled() { throw Cancelled() }
      return nil
    }
    var candidates = try choice.candidates(isCancelled)
    if smoothing != nil { candidates.removeAll { $0.identity == nil } }
    var means = candidates.map { mean(members, at: $0.decision) }
    if let smoothing {
      let thresholds = candidates.compactMap(\.decision.threshold)
      guard let smoothed = smoothing.smoothed(thresholds, means.map { $0 ?? .nan }) else {
        return nil
      }
      means = smoothed.values
    }
    let sign: Double = question.goal == .maximise ? -1 : 1
    var numbers: [UInt64?: Double] = [:]
    for (candidate, mean) in zip(candidates, means) {
      numbers[candidate.identity] = mean.map { sign * $0 }
    }
    guard let best = choice.least(of: candidates, { numbers[$0.identity] }) else { return nil }
    let decision = best.candidate.decision
    return midpoint
      ? rows.plateau(of: decision).middle.map { .threshold($0) } ?? decision : decision
  }
}

extension FoldChoices {
  /// By tallies, or by smoothed metrics.
  ///
  /// - Complexity: O(*n* · folds · log *n*).
  init(
    tallying sweeps: FoldSweeps, _ scores: FoldedScores, _ question: Question,
    _ asked: FoldedQuestion, isCancelled: () -> Bool
  ) throws(TuningError) {
    let tallied = try TalliedFolds(scores, question, asked, isCancelled)
    let folds = Array(sweeps.folds.indices)
    self = try TuningError.ifCancelled { () throws(Cancelled) in
      var own: [Decision?] = []
      for fold in folds { own.append(try tallied.own(fold, isCancelled)) }
      var without: [[Judged]] = []
      for left in folds {
        let others = folds.filter {
          $0 != left && sweeps.folds[$0].round == sweeps.folds[left].round
        }
        without.append(try tallied.judged(others, rounds: 1, own, isCancelled))
      }
      return FoldChoices(
        sweeps: sweeps, question: question, own: own,
        all: try tallied.judged(folds, rounds: sweeps.rounds, own, isCancelled), without: without,
        isSpeaking: tallied.isSpeaking, tallied: tallied)
    }
  }
}
