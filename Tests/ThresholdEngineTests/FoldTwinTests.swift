import Testing

@testable import ThresholdEngine

/// Cross-validation against explicit loops over folds, thresholds and rows.
@Suite struct FoldTwinTests {
  private struct Row {
    let score: Double
    let label: Bool
    let weight: Double
    let fold: Int
  }

  private struct Problem {
    var rows: [Row]
    var metric: Metric
    var constraint: Constraint?
    var isMaximised: Bool
  }

  // MARK: - The twin

  private func counts(_ rows: [Row], _ threshold: Double?) -> Confusion {
    var counts = Confusion(
      truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
    for row in rows {
      let flagged = threshold.map { row.score >= $0 } ?? false
      switch (row.label, flagged) {
      case (true, true): counts.truePositives += row.weight
      case (true, false): counts.falseNegatives += row.weight
      case (false, true): counts.falsePositives += row.weight
      case (false, false): counts.trueNegatives += row.weight
      }
    }
    return counts
  }

  /// The best of the rows' scores, the strictest of equals; nothing flagged only if better.
  private func best(
    _ problem: Problem, _ rows: [Row], _ value: (Double?) -> Double?
  ) -> Double?? {
    var best: Double??
    var bestValue = 0.0
    let thresholds = Set(rows.map(\.score)).sorted(by: >).map { Optional($0) } + [nil]
    for threshold in thresholds {
      if let constraint = problem.constraint, !constraint.isMet(by: counts(rows, threshold)) {
        continue
      }
      guard let value = value(threshold) else { continue }
      let isBetter = problem.isMaximised ? value > bestValue : value < bestValue
      if best == nil || isBetter { (best, bestValue) = (.some(threshold), value) }
    }
    return best
  }

  /// A number that is equal exactly where values of the metric are: the root in MCC may round equal
  /// values differently, while its square is one division of whole numbers.
  private func rank(_ problem: Problem, _ counts: Confusion) -> Double? {
    let (tp, fp) = (counts.truePositives, counts.falsePositives)
    let (tn, fn) = (counts.trueNegatives, counts.falseNegatives)
    let product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    guard problem.metric == .mcc, product > 0 else { return problem.metric.value(of: counts) }
    let difference = tp * tn - fp * fn
    return difference * abs(difference) / product
  }

  private func chosen(_ problem: Problem, _ rule: FoldRule, _ rows: [Row]) -> Double?? {
    let folds = Set(rows.map(\.fold)).sorted().map { fold in rows.filter { $0.fold == fold } }
    switch rule {
    case .pooled: return best(problem, rows) { rank(problem, counts(rows, $0)) }
    case .meanCurve:
      let speaking = folds.filter { fold in
        (fold.map { Optional($0.score) } + [nil]).contains {
          problem.metric.value(of: counts(fold, $0)) != nil
        }
      }
      return best(problem, rows) { threshold in
        let values = speaking.map { problem.metric.value(of: counts($0, threshold)) }
        if values.isEmpty || values.contains(where: { $0 == nil }) { return nil }
        return values.reduce(0) { $0 + ($1 ?? 0) } / Double(values.count)
      }
    case .median:
      let own = folds.compactMap { fold in
        best(problem, fold) { rank(problem, counts(fold, $0)) }
      }.map { $0 ?? .infinity }.sorted()
      guard !own.isEmpty else { return nil }
      let (low, high) = (own[(own.count - 1) / 2], own[own.count / 2])
      if high == .infinity { return .some(nil) }
      return .some(low == high ? low : low + (high - low) / 2)
    }
  }

  private func nested(_ problem: Problem, _ rule: FoldRule) -> Double? {
    var sum = counts([], nil)
    for fold in Set(problem.rows.map(\.fold)) {
      guard let threshold = chosen(problem, rule, problem.rows.filter { $0.fold != fold }) else {
        return nil
      }
      let held = counts(problem.rows.filter { $0.fold == fold }, threshold)
      sum.truePositives += held.truePositives
      sum.falsePositives += held.falsePositives
      sum.trueNegatives += held.trueNegatives
      sum.falseNegatives += held.falseNegatives
    }
    return problem.metric.value(of: sum)
  }

  // MARK: - Comparing

  private func problem(_ seed: UInt64) -> Problem {
    var draws = RandomScores(seed: seed).generator
    let count = Int.random(in: 4...60, using: &draws)
    let folds = Int.random(in: 2...5, using: &draws)
    let levels = [3.0, 10.0, 1_000.0][Int.random(in: 0..<3, using: &draws)]
    let isWeighted = seed % 3 == 0
    let rows = (0..<count).map { place in
      let label = Double.random(in: 0...1, using: &draws) < 0.4
      let score = Double.random(in: 0...1, using: &draws) * 0.7 + (label ? 0.3 : 0)
      return Row(
        score: (score * levels).rounded() / levels, label: label,
        weight: isWeighted ? Double(Int.random(in: 1...3, using: &draws)) : 1,
        fold: place < folds ? place : Int.random(in: 0..<folds, using: &draws))
    }
    let metrics: [(Metric, Bool)] = [
      (.f1, true), (.accuracy, true), (.cost(fp: 1, fn: 5), false), (.precision, true),
      (.mcc, true),
    ]
    let (metric, isMaximised) = metrics[Int.random(in: metrics.indices, using: &draws)]
    let constraint: Constraint? = seed % 4 == 1 ? Metric.recall >= Metric(0.6) : nil
    return Problem(rows: rows, metric: metric, constraint: constraint, isMaximised: isMaximised)
  }

  @Test(arguments: 1...400 as ClosedRange<UInt64>)
  func equalsExplicitLoops(seed: UInt64) throws {
    let problem = problem(seed)
    let scores = try Scores(
      values: problem.rows.map(\.score), labels: problem.rows.map(\.label),
      weights: seed % 3 == 0 ? problem.rows.map(\.weight) : nil)
    let folded = FoldedScores([
      FoldedScores.Round(scores, folds: problem.rows.map(\.fold))
    ])
    let wanted = FoldRule.allCases.map { chosen(problem, $0, problem.rows) }
    let question = FoldedQuestion(problem.metric, where: problem.constraint)
    guard let found = try? crossValidate([folded], question) else {
      #expect(wanted.allSatisfy { $0 == nil }, "seed \(seed)")
      return
    }
    for (rule, threshold) in zip(found.rules, wanted) {
      #expect(
        rule.decision.map(\.threshold) == threshold,
        "seed \(seed), \(rule.rule), \(problem.metric)")
      #expect(rule.nested == nested(problem, rule.rule), "seed \(seed), \(rule.rule)")
      let value = threshold.flatMap { problem.metric.value(of: counts(problem.rows, $0)) }
      #expect(rule.value == value, "seed \(seed), \(rule.rule)")
    }
  }

  /// Options whose scores say nothing are not chosen, and repetitions count each row once.
  @Test func optionsAndRepetitions() throws {
    let rows = problem(7).rows
    let labels = rows.map(\.label)
    let good = try Scores(values: rows.map(\.score), labels: labels)
    let useless = try Scores(values: rows.map { _ in 0.5 }, labels: labels)
    let folds = rows.map(\.fold)
    func folded(_ scores: Scores, _ rounds: Int) -> FoldedScores {
      FoldedScores((0..<rounds).map { _ in FoldedScores.Round(scores, folds: folds) })
    }
    let question = FoldedQuestion(.cost(fp: 1, fn: 2))
    let once = try crossValidate([folded(useless, 1), folded(good, 1)], question)
    #expect(once.chosen.option == 1)
    let thrice = try crossValidate([folded(useless, 3), folded(good, 3)], question)
    #expect(thrice.rows == rows.count && thrice.own.count == 3 * once.own.count)
    for (one, three) in zip(once.rules, thrice.rules) {
      #expect(one.decision == three.decision && one.option == three.option)
      #expect(abs((one.nested ?? 0) - (three.nested ?? 1)) < 1e-12)
    }
  }

  /// Each nested decision ignores the fold that it judges: its labels may be anything.
  @Test func nestedChoicesIgnoreTheirFold() throws {
    let rows = problem(8).rows
    func choices(_ labels: [Bool]) throws -> CrossValidation {
      let scores = try Scores(values: rows.map(\.score), labels: labels)
      return try crossValidate(
        [FoldedScores([FoldedScores.Round(scores, folds: rows.map(\.fold))])],
        FoldedQuestion(.accuracy))
    }
    let given = try choices(rows.map(\.label))
    let flipped = try choices(rows.map { $0.fold == 1 ? !$0.label : $0.label })
    for (one, other) in zip(given.rules, flipped.rules) {
      #expect(one.decisions[1] == other.decisions[1])
      #expect(one.nested != other.nested)
    }
  }

  /// The share of samples within the interval, drawn here with another generator.
  @Test func intervalsAreThoseOfDrawnRows() throws {
    let rows = (0..<120).map { place in
      Row(
        score: Double(place * 37 % 120) / 120, label: place * 17 % 10 < 4 || place % 9 == 0,
        weight: 1, fold: place % 4)
    }
    let scores = try Scores(values: rows.map(\.score), labels: rows.map(\.label))
    var question = FoldedQuestion(.accuracy)
    question.samples = 4_000
    let folded = FoldedScores([FoldedScores.Round(scores, folds: rows.map(\.fold))])
    let found = try crossValidate([folded], question).rules[0]
    let interval = try #require(found.interval)
    let counts = try #require(found.nestedCounts)
    // Accuracy of drawn rows: two binomial numbers, of the positives and of the negatives.
    let (p, n) = (counts.truePositives / counts.positives, counts.trueNegatives / counts.negatives)
    let variance = counts.positives * p * (1 - p) + counts.negatives * n * (1 - n)
    let deviation = variance.squareRoot() / counts.total
    let value = try #require(found.nested)
    try #require(deviation > 0)
    #expect(abs(interval.lower - (value - 1.645 * deviation)) < 0.6 * deviation)
    #expect(abs(interval.upper - (value + 1.645 * deviation)) < 0.6 * deviation)
  }

  @Test func medians() {
    #expect(Decision.median([]) == nil)
    #expect(Decision.median([.flagNothing]) == .flagNothing)
    #expect(Decision.median([.threshold(1), .flagNothing, .threshold(3)]) == .threshold(3))
    #expect(Decision.median([.threshold(1), .threshold(2)]) == .threshold(1.5))
    #expect(Decision.median([.threshold(1), .flagNothing]) == .flagNothing)
  }
}
