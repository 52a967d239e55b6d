import Testing
import ThresholdEngine

/// The regret of several metrics against every threshold tried, and the cost curve likewise.
@Suite struct RegretTests {
  private static func candidates(_ scores: Scores) -> [Decision] {
    let values = (0..<scores.count).filter { scores.weights?[$0] != 0 }.map { scores.values[$0] }
    return Set(values).sorted(by: >).map { .threshold($0) } + [.flagNothing]
  }

  @Test func choosesAsTrying() throws {
    var random = RandomScores(seed: 12)
    let asked: [[(metric: Metric, isLargerBetter: Bool)]] = [
      [(.cost(fp: 1, fn: 5), false), (.cost(fp: 1, fn: 40), false)],
      [(.accuracy, true), (.recall, true), (.specificity, true)],
      [(3 * .tp - .fp, true), (9 * .tp - .fp, true)],
    ]
    for round in 0..<randomProblems(600) {
      let scores = try random.scores(kind: ScoresKind.allCases[round % ScoresKind.allCases.count])
      let parts = asked[round % asked.count]
      let candidates = Self.candidates(scores)
      func value(_ metric: Metric, _ decision: Decision) -> Double? {
        evaluate(scores, at: decision).value(of: metric)
      }
      let bests = parts.map { part in
        let values = candidates.compactMap { value(part.metric, $0) }
        return part.isLargerBetter ? values.max() : values.min()
      }
      var least: (decision: Decision, regret: Double)?
      for decision in candidates {
        let losses = zip(parts, bests).map { part, best -> Double? in
          guard let best, let value = value(part.metric, decision) else { return nil }
          return part.isLargerBetter ? best - value : value - best
        }
        let known = losses.compactMap { $0 }
        guard known.count == losses.count, let regret = known.max() else { continue }
        if regret < least?.regret ?? .infinity { least = (decision, regret) }
      }
      let tuning = try? tune(scores, .regret(parts.map(\.metric)))
      #expect(tuning?.value == least?.regret)
      #expect(tuning?.outcome == least?.decision)
    }
  }

  @Test func standsAlone() throws {
    let regret = try Metric.regret([.f1, .accuracy])
    #expect(regret.description == "regret(f1, accuracy)")
    #expect(regret.isRegret && regret.direction == .minimise)
    #expect((regret + .fp).holdsRegret && !(regret + .fp).isRegret)
    #expect((regret <= 1).holdsRegret)
    #expect(throws: MetricError.regretOfRegret) { try Metric.regret([regret, .f1]) }
    #expect(throws: MetricError.regretOfRegret) { try Metric.gap(regret, "g") }
    #expect(throws: MetricError.regretOfRegret) { try regret.weighed(by: "x") }
  }

  @Test func costCurveIsCheapestEverywhere() throws {
    var random = RandomScores(seed: 77)
    for round in 0..<randomProblems(400) {
      let scores = try random.scores(kind: ScoresKind.allCases[round % ScoresKind.allCases.count])
      let segments = try CostCurve(scores).segments
      #expect(segments.first?.lower == 0 && segments.last?.upper == .infinity)
      #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.upper == $1.lower })
      #expect(segments.allSatisfy { $0.lower < $0.upper })
      let costs = Self.candidates(scores).map { evaluate(scores, at: $0).confusion }
      for segment in segments {
        let end = segment.upper.isFinite ? segment.upper : segment.lower * 2 + 1
        for ratio in [segment.lower, (segment.lower + end) / 2, end] {
          let least = costs.map { $0.falsePositives + ratio * $0.falseNegatives }.min() ?? 0
          #expect(abs(segment.cost(at: ratio) - least) <= 1e-9 * max(1, least))
        }
        let middle = (segment.lower + end) / 2
        let tuning = try tune(scores, .cost(fp: 1, fn: middle))
        #expect(abs(tuning.value - segment.cost(at: middle)) <= 1e-9 * max(1, tuning.value))
      }
    }
  }
}
