import Testing

@testable import ThresholdEngine

/// Quantiles of metrics over samples, against every sample written out row by row.
@Suite struct QuantileTests {
  private static let samples = 21
  // With 21 samples the last is between two values, the others are values.
  private static let shares = [0, 0.05, 0.25, 0.5, 0.9, 1, 0.33]

  @Test func choosesAsTheTwin() throws {
    var random = RandomScores(seed: 61)
    let asked = try NaiveRowMetric.all().filter { $0.metric.demands.groups.isEmpty }
    var answers: [String: Int] = [:]
    for round in 0..<randomProblems(250) {
      let kind = ScoresKind.allCases[round % ScoresKind.allCases.count]
      var rows = try random.rows(kind: kind)
      if round.isMultiple(of: 5) { rows.grid = (-20..<40).map { Double($0) / 20 } }
      let units = round.isMultiple(of: 3) ? Self.units(rows) : nil
      let draws = SampleDraws(samples: Self.samples, seed: UInt64(round), units: units)
      let twin = SampledTwin(
        rows, draws, asked[round % asked.count], Self.shares[round % Self.shares.count])
      let found = Self.answer(twin)
      let expected = twin.best()
      #expect(found?.isLike(expected) ?? false, "\(String(describing: found)) \(expected) \(twin)")
      answers[String("\(expected)".prefix(4)), default: 0] += 1
    }
    #expect(answers.values.min() ?? 0 > 5 && answers.count == 2, "\(answers)")
  }

  /// A floor on a low quantile: the best F1 among thresholds that meet it in nearly all samples.
  @Test func holdsInSamples() throws {
    var random = RandomScores(seed: 9)
    var met = 0
    for round in 0..<100 {
      let rows = try random.rows(kind: .distinct)
      let draws = SampleDraws(samples: Self.samples, seed: UInt64(round))
      let recall = NaiveRowMetric(metric: .recall, goal: .maximise) { rows, decision in
        let counts = rows.counts(decision)
        return ratio(counts.tp, counts.tp + counts.fn)
      }
      let twin = SampledTwin(rows, draws, recall, 0.25)
      let allowed = rows.candidates.filter { twin.value($0) ?? -1 >= 0.6 }
      let values = allowed.compactMap { decision in
        evaluate(rows.known, at: decision).value(of: .specificity)
      }
      let limit = try Metric.quantile(.recall, 0.25) >= 0.6
      let tuning = try? tune(rows.known, .specificity, where: limit, drawing: draws)
      #expect(tuning?.value == values.max())
      met += tuning == nil ? 0 : 1
    }
    #expect(met > 40)
  }

  @Test func standsAlone() throws {
    let quantile = try Metric.quantile(.f1, 0.1)
    #expect(quantile.description == "quantile(f1, 0.1)")
    #expect(quantile.isSampled && quantile.direction == .maximise && quantile.sampledShare == 0.1)
    #expect((quantile + .fp).holdsSamples && !(quantile + .fp).isSampled)
    #expect(throws: MetricError.searchedOnly("quantile(f1, 0.1)")) {
      try Metric.regret([quantile, .f1])
    }
    #expect(throws: MetricError.searchedOnly("quantile(f1, 0.1)")) { try Metric.gap(quantile, "g") }
    #expect(throws: MetricError.searchedOnly("quantile(f1, 0.1)")) {
      try quantile.weighed(by: "x")
    }
  }

  private static func units(_ rows: NaiveRows) -> RowFacts.Groups {
    .init(codes: rows.group.map { Int32($0) }, count: 3)
  }

  private static func answer(_ twin: SampledTwin) -> NaiveRows.Answer? {
    do throws(TuningError) {
      let metric = Metric(
        form: .sampled(
          SampledMetric(expression: twin.asked.metric.expression, share: twin.share)))
      let tuning = try tune(
        twin.rows.known, metric, goal: twin.asked.goal,
        search: twin.rows.grid == nil ? .exact : .grid(from: -1, to: 2, step: 0.05),
        drawing: twin.draws)
      return .best(tuning.outcome, tuning.value)
    } catch {
      if case .undefinedEverywhere = error { return .undefined }
      return nil
    }
  }
}

/// The quantile of a metric at a decision, from the rows of every sample.
private struct SampledTwin {
  let rows: NaiveRows
  let draws: SampleDraws
  let asked: NaiveRowMetric
  let share: Double
  /// What each sample holds, a row as often as it was drawn.
  private let samples: [NaiveRows]

  init(_ rows: NaiveRows, _ draws: SampleDraws, _ asked: NaiveRowMetric, _ share: Double) {
    (self.rows, self.draws, self.asked, self.share) = (rows, draws, asked, share)
    let order = (0..<rows.scores.count).filter { rows.scores.weights?[$0] != 0 }
      .sorted { rows.scores.values[$0] > rows.scores.values[$1] }
    let strata = draws.strata(order, rows.scores.labels)
    var times = Array(repeating: 0, count: order.count)
    samples = (0..<draws.samples).map { number in
      draws.draw(number, strata, into: &times)
      let drawn = zip(order, times).flatMap { row, times in Array(repeating: row, count: times) }
      var sample = rows
      sample.scores = Scores(
        unchecked: drawn.map { rows.scores.values[$0] }, drawn.map { rows.scores.labels[$0] },
        rows.scores.weights.map { weights in drawn.map { weights[$0] } })
      sample.x = drawn.map { rows.x[$0] }
      sample.holds = drawn.map { rows.holds[$0] }
      sample.group = drawn.map { rows.group[$0] }
      return sample
    }
  }

  func value(_ decision: Decision) -> Double? {
    let isFloor = asked.goal == .maximise
    let values = samples.map { asked.value($0, decision) }
      .map { $0 ?? (isFloor ? -.infinity : .infinity) }.sorted()
    let place = share * Double(values.count - 1)
    let (low, high) = (values[Int(place)], values[Int(place.rounded(.up))])
    guard low.isFinite, high.isFinite else { return nil }
    return low + (high - low) * (place - place.rounded(.down))
  }

  func best() -> NaiveRows.Answer {
    var best: (decision: Decision, value: Double)?
    for decision in rows.candidates {
      guard let value = value(decision) else { continue }
      let isBetter =
        asked.goal == .maximise
        ? value > best?.value ?? -.infinity : value < best?.value ?? .infinity
      if isBetter { best = (decision, value) }
    }
    return best.map { .best($0.decision, $0.value) } ?? .undefined
  }
}

extension NaiveRows.Answer {
  /// Equal, but for the rounding of an interpolation.
  fileprivate func isLike(_ other: Self) -> Bool {
    guard case .best(_, let value) = self, case .best(_, let expected) = other else {
      return self == other
    }
    return abs(value - expected) <= 1e-12 * max(1, abs(expected))
  }
}
