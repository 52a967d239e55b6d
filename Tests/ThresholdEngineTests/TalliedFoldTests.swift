import Testing

@testable import ThresholdEngine

/// Folds by metrics of columns and by smoothed metrics, against what is known of plain counts.
@Suite struct TalliedFoldTests {
  private struct Problem {
    let scores: Scores
    let known: Scores
    let amounts: [Double]
    let rounds: [[Int]]

    init(_ random: inout RandomScores, rounds: Int) throws {
      let count = random.pick(Array(24...60))
      scores = try Scores(
        values: (0..<count).map { _ in Double(random.pick(Array(0...30))) / 8 },
        labels: (0..<count).map { $0 < 4 || random.pick([true, false, false]) })
      amounts = (0..<count).map { _ in random.pick([0, 0.5, 1, 3, 20]) }
      self.rounds = (0..<rounds).map { round in (0..<count).map { ($0 + round * ($0 % 2)) % 3 } }
      var facts = RowFacts()
      facts.columns["one"] = Array(repeating: 1, count: count)
      facts.columns["amount"] = amounts
      known = scores.knowing(facts)
    }

    func folded(_ scores: Scores) -> [FoldedScores] {
      [FoldedScores(rounds.map { FoldedScores.Round(scores, folds: $0) })]
    }
  }

  /// A column of ones counts rows: all is as by counts.
  @Test func onesCountRows() throws {
    var random = RandomScores(seed: 71)
    for round in 0..<60 {
      let problem = try Problem(&random, rounds: round % 2 + 1)
      let metric = random.pick([Metric.f1, .accuracy, .cost(fp: 1, fn: 5)])
      let limit: Constraint? = round.isMultiple(of: 3) ? .recall >= 0.5 : nil
      let search: Search = round.isMultiple(of: 4) ? .grid(from: 0, to: 4, step: 0.25) : .exact
      func question(_ metric: Metric) -> FoldedQuestion {
        FoldedQuestion(metric, where: limit, search: search, midpoint: round.isMultiple(of: 5))
      }
      let plain = try crossValidate(problem.folded(problem.scores), question(metric))
      let tallied = try crossValidate(
        problem.folded(problem.known), question(metric.weighed(by: "one")))
      #expect(tallied.rule == plain.rule)
      #expect(tallied.own == plain.own)
      for (one, other) in zip(tallied.rules, plain.rules) {
        #expect(one.decision == other.decision)
        #expect(close(one.value, other.value) && close(one.mean, other.mean))
        #expect(close(one.nested, other.nested))
        #expect(one.meetsConstraint == other.meetsConstraint)
      }
    }
  }

  /// The nested cost is that of the rows as they are flagged without their fold.
  @Test func nestedCostAddsUp() throws {
    var random = RandomScores(seed: 5)
    let cost = try Metric.cost(fp: .fixed(2), fn: .column("amount"))
    for round in 0..<40 {
      let problem = try Problem(&random, rounds: round % 3 + 1)
      var question = FoldedQuestion(cost)
      question.samples = 40
      let found = try crossValidate(problem.folded(problem.known), question)
      let flags = try #require(found.nestedFlags)
      var sum = 0.0
      for flags in flags.rounds {
        for row in flags.indices {
          switch (flags[row], problem.scores.labels[row]) {
          case (true, false): sum += 2
          case (false, true): sum += problem.amounts[row]
          default: break
          }
        }
      }
      #expect(close(found.chosen.nested, sum / Double(flags.rounds.count)))
      let interval = try #require(found.chosen.interval)
      #expect(interval.lower <= interval.upper)
    }
  }

  /// Of all folds together, the smoothed choice is that of the rows.
  @Test func smoothsAllRowsAsTuneDoes() throws {
    var random = RandomScores(seed: 6)
    for _ in 0..<40 {
      let problem = try Problem(&random, rounds: 1)
      let question = FoldedQuestion(.youden, smoothing: .spline)
      let found = try crossValidate(problem.folded(problem.scores), question)
      let rows = try smooth(
        tune(problem.scores, .youden), on: problem.scores, by: .spline, midpoint: false)
      #expect(found.rules[0].decision == rows.tuning.outcome)
      #expect(close(found.rules[0].value, rows.tuning.value))
    }
  }

  private func close(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return abs(one - other) <= 1e-12 * max(1, abs(other))
  }
}
