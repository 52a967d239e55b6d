import Testing

@testable import ThresholdEngine

/// Metrics and constraints that share parts: work in proportion to the distinct parts, with the
/// values of the expanded text.
@Suite struct SharedPartTests {
  private static let counts = Confusion(
    truePositives: 6, falsePositives: 2, trueNegatives: 10, falseNegatives: 4)

  /// 2^60 times a metric, by sixty sums of two equal parts.
  private static func doubled(_ metric: Metric, times: Int = 60) -> Metric {
    (0..<times).reduce(metric) { sum, _ in sum + sum }
  }

  private static func doubled(_ constraint: Constraint) -> Constraint {
    (0..<60).reduce(constraint) { both, step in
      step.isMultiple(of: 2) ? both.and(both) : both.or(both)
    }
  }

  @Test func worksOutSharedPartsOnce() {
    let metric = Self.doubled(.tp)
    #expect(metric.value(of: Self.counts) == 6 * 0x1p60)
    #expect(metric.depth == 61)
    #expect(metric.direction == .maximise)
    #expect(Self.doubled(.fp).direction == .minimise)
    #expect(Self.doubled(.f1).direction == .maximise)
    #expect(!metric.rewardsMistakes(goal: .maximise))
    #expect(metric.degeneratesAlone(goal: .maximise) == .flagNearlyEverything)
    // One step for the count, and one for each sum but those too small to look for.
    #expect(BlockProgram(valueOf: metric).length < 100)
  }

  @Test func comparesWithAnEqualOneMadeApart() {
    let metric = Self.doubled(.f1)
    #expect(metric == Self.doubled(.f1))
    #expect(metric != Self.doubled(.recall))
    #expect(metric != Self.doubled(.f1, times: 59))
    #expect(Set([metric, Self.doubled(.f1)]).count == 1)
    #expect(Self.doubled(.f1 >= 0.5) == Self.doubled(.f1 >= 0.5))
    #expect(Self.doubled(.f1 >= 0.5) != Self.doubled(.f1 >= 0.25))
  }

  @Test func cutsItsTextShort() {
    for text in [Self.doubled(.f1).description, Self.doubled(.f1 >= 0.5).description] {
      #expect(text.contains("f1"))
      #expect(text.hasSuffix("…"))
      #expect(text.utf8.count < SourceText.capacity + 10)
    }
    #expect(Self.doubled(.f1, times: 2).description == "f1 + f1 + (f1 + f1)")
  }

  @Test func tunesAsTheMetricItself() throws {
    let scores = try Scores(
      values: [0.9, 0.8, 0.6, 0.4, 0.2], labels: [true, false, true, true, false])
    let metric = Self.doubled(.f1)
    let plain = try tune(scores, .f1, where: .recall >= 0.5)
    let tuning = try tune(scores, metric, where: Self.doubled(.recall >= 0.5))
    #expect(tuning.threshold == plain.threshold)
    #expect(tuning.value == plain.value * 0x1p60)
    do throws(TuningError) {
      _ = try tune(scores, metric, where: Self.doubled(.recall >= 2))
      Issue.record("there is no such threshold")
    } catch {
      guard case .infeasible(_, let nearest, _) = error else { throw error }
      #expect(nearest?.readings.count == 1)
    }
    let joined = (0..<60).reduce(Constraint(.recall, .greaterOrEqual, 0.25)) { both, _ in
      both.and(both)
    }
    #expect(try Guarantee(joined).clauses.count == 1)
  }

  @Test func keepsPartsSharedInColumnsAndGroups() throws {
    for metric in [
      try Self.doubled(.tp).weighed(by: "amount"),
      try Metric.per(Self.doubled(.tp), "group"), try Metric.gap(Self.doubled(.tp), "group"),
      Self.doubled(.tp).only(RowCondition("age > 30", finder: 0)),
    ] {
      var nodes = 0
      metric.expression.forEachNode { _ in nodes += 1 }
      #expect(nodes <= 62, "\(nodes)")
      #expect(!metric.demands.isEmpty)
    }
    var facts = RowFacts()
    facts.groups["group"] = RowFacts.Groups(codes: [0, 1, 0, 1, 1], count: 2)
    let scores = try Scores(
      values: [0.9, 0.8, 0.6, 0.4, 0.2], labels: [true, false, true, true, false]
    ).knowing(facts)
    let tuning = try tune(scores, try .per(Self.doubled(.recall), "group"))
    #expect(tuning.value == 0x1p60)
    #expect(tuning.threshold == 0.4)
  }

  /// Random expressions that share parts against the same ones with every part made apart.
  @Test func equalsItsExpandedTwin() {
    var random = RandomScores(seed: 60)
    for _ in 0..<300 {
      var pool: [Metric] = [.tp, .fp, .recall, .precision, .f1, 3, 0.5]
      for _ in 0..<12 {
        let symbol = random.pick(Metric.Operator.allCases)
        pool.append(.combine(symbol, random.pick(pool), random.pick(pool)))
        if pool.count.isMultiple(of: 3) {
          pool.append(.apply(random.pick(Metric.Function.allCases), random.pick(pool)))
        }
      }
      guard let metric = pool.last, metric.expression.facts.size < 5_000 else { continue }
      let expanded = Metric(expression: metric.expression.expanded)
      #expect(metric == expanded)
      #expect(metric.description == expanded.description)
      #expect(metric.direction == expanded.direction)
      let block = CandidateBlock(capacity: 16)
      block.count = 16
      for place in 0..<16 {
        block.truePositives[place] = Double(place) / 2
        block.falsePositives[place] = Double(place * place % 13)
      }
      let (program, twin) = (BlockProgram(valueOf: metric), BlockProgram(valueOf: expanded))
      let found = program.run(block, positives: 8, negatives: 13)
      let expected = twin.run(block, positives: 8, negatives: 13)
      for place in 0..<16 {
        #expect(found[place].bitPattern == expected[place].bitPattern, "\(metric)")
        let single = metric.value(
          of: Confusion(
            tp: Double(place) / 2, fp: Double(place * place % 13), positives: 8, negatives: 13))
        #expect(single == (expected[place].isNaN ? nil : expected[place]), "\(metric)")
      }
    }
  }

  /// A test's thread has half a megabyte of stack.
  @Test func deepNodesAreLetGo() {
    var metric: Metric = .f1
    var constraint = Metric.recall >= Metric(0.5)
    for _ in 0..<200_000 {
      metric = metric + .recall
      constraint = constraint.negated
    }
    #expect(metric.expression.facts.depth > 200_000 && constraint.depth > 200_000)
  }
}

extension Metric.Expression {
  /// The same with every part an object of its own.
  fileprivate var expanded: Metric.Expression {
    switch form {
    case .constant, .named, .tallied, .grouped, .sampled: Metric.Expression(form)
    case .priced(let text, let inner): Metric.Expression(.priced(text, inner.expanded))
    case .regret(let parts): Metric.Expression(.regret(parts.map(\.expanded)))
    case .unary(let function, let operand):
      Metric.Expression(.unary(function, operand.expanded))
    case .binary(let symbol, let left, let right):
      Metric.Expression(.binary(symbol, left.expanded, right.expanded))
    }
  }
}
