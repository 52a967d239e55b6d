import Testing
import ThresholdEngine

/// What comes nearest to a constraint that nothing meets, against trying everything.
@Suite struct NearestTests {
  /// Constraints out of reach, each by a shortfall with a shape of its own over the candidates.
  private static let outOfReach: [NaiveConstraint] = [
    // Monotone in the threshold, one way and the other.
    NaiveConstraint(constraint: .recall >= 1.5) { _ in
      false
    } shortfall: {
      ratio($0.tp, $0.p).map { gap($0, 1.5) }
    },
    NaiveConstraint(constraint: .flagRate < 0) { _ in
      false
    } shortfall: {
      ratio($0.tp + $0.fp, $0.p + $0.n).map { strictGap(0, $0) }
    },
    // Neither, and undefined where nothing is flagged.
    NaiveConstraint(constraint: .precision > 1) { _ in
      false
    } shortfall: {
      ratio($0.tp, $0.tp + $0.fp).map { strictGap($0, 1) }
    },
    // The worse of two that pull apart; unknown if either is.
    NaiveConstraint(constraint: Metric.precision >= 1.25 && Metric.recall >= 1.25) { _ in
      false
    } shortfall: { c in
      guard let precision = ratio(c.tp, c.tp + c.fp), let recall = ratio(c.tp, c.p) else {
        return nil
      }
      return max(gap(precision, 1.25), gap(recall, 1.25))
    },
    // The better of two of different size, one of them unknown where nothing is flagged.
    NaiveConstraint(constraint: Metric.precision >= 1.25 || Metric.fn < -2) { _ in
      false
    } shortfall: { c in
      min(ratio(c.tp, c.tp + c.fp).map { gap($0, 1.25) } ?? .infinity, gap(-2, c.fn))
    },
    // Never known.
    NaiveConstraint(constraint: .tp / 0 > 1) { _ in
      false
    } shortfall: { _ in
      nil
    },
  ]

  private static func gap(_ low: Double, _ high: Double) -> Double {
    low >= high ? 0 : (high - low) / max(abs(low), abs(high))
  }

  /// Equality is not enough, and is as near as can be.
  private static func strictGap(_ low: Double, _ high: Double) -> Double {
    low == high ? .leastNonzeroMagnitude : gap(low, high)
  }

  @Test(arguments: NaiveMetric.all)
  func isTheTwins(metric: NaiveMetric) throws {
    var random = RandomScores(seed: 23)
    let points = (-20..<40).map { Double($0) / 20 }
    for kind in ScoresKind.allCases {
      for constraint in Self.outOfReach {
        let scores = try random.scores(kind: kind)
        for grid in [nil, points] {
          let twin = NaiveTuning(
            scores: scores, metric: metric, goal: random.pick([.maximise, .minimise]),
            ties: random.pick(Ties.allCases), constraint: constraint, grid: grid)
          try compare(twin, grid == nil ? .exact : .grid(from: -1, to: 2, step: 0.05))
        }
      }
    }
  }

  private func compare(_ twin: NaiveTuning, _ search: Search) throws {
    let constraint = try #require(twin.constraint)
    // Without `#expect(throws:)`, which describes every error in full.
    var error: TuningError?
    do throws(TuningError) {
      _ = try tune(
        twin.scores, twin.metric.metric, goal: twin.goal, where: constraint.constraint,
        ties: twin.ties, search: search)
    } catch let found {
      error = found
    }
    guard case .infeasible(constraint.constraint, let nearest, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(twin.answer() == .infeasible(nearest?.decision), "\(twin) \(search)")
    guard let nearest else { return }
    // What is reported of the point is what holds there.
    let counts = twin.counts(nearest.decision)
    #expect(
      nearest.confusion
        == Confusion(
          truePositives: counts.tp, falsePositives: counts.fp, trueNegatives: counts.tn,
          falseNegatives: counts.fn))
    #expect(nearest.value == twin.metric.value(counts))
    #expect(nearest.readings.allSatisfy { $0.isMet != true })
    #expect(constraint.constraint.shortfall(of: nearest.confusion) == constraint.shortfall(counts))
  }

  /// More rows than are sorted for a plain search, and candidates in many blocks.
  @Test(arguments: Ties.allCases)
  func isTheSweepsOnManyRows(ties: Ties) throws {
    var generator = RandomScores.Generator(state: 3)
    let labels = (0..<33_000).map { _ in Double.random(in: 0..<1, using: &generator) < 0.02 }
    let values = labels.map {
      (Double.random(in: 0...7000, using: &generator).rounded() + ($0 ? 3000 : 0)) / 10_000
    }
    let scores = try Scores(values: values, labels: labels)
    let sweep = try Sweep(scores)
    let constraint = Metric.precision >= 0.9 && Metric.recall >= 0.9
    var best: (threshold: Double, key: (Double, Double))?
    let order = ties == .highest ? Array(0..<sweep.count) : (0..<sweep.count).reversed()
    for place in order {
      let confusion = sweep.confusion(at: place)
      let shortfall = try #require(constraint.shortfall(of: confusion))
      let key = (-shortfall, try #require(Metric.f1.value(of: confusion)))
      if let best, !(key > best.key) { continue }
      best = (sweep.thresholds[place], key)
    }
    let error = #expect(throws: TuningError.self) {
      try tune(scores, .f1, where: constraint, ties: ties)
    }
    guard case .infeasible(_, let nearest?, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(nearest.decision == .threshold(try #require(best).threshold))
  }
}
