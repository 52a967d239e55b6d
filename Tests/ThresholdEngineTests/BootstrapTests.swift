import JSONText
import Testing

@testable import ThresholdEngine

/// The bootstrap against brute force (scripts/fixtures/make_bootstrap.py), and its promises.
@Suite struct BootstrapTests {
  @Test func equalsBruteForce() throws {
    let cases = try ReferenceFile.json("bootstrap.json")["cases"]?.array ?? []
    #expect(cases.count == 11)
    for (place, expected) in cases.enumerated() {
      let confidence = try confidence(expected)
      let replicates = expected["replicates"]?.array ?? []
      #expect(confidence.replicates.count == replicates.count)
      for (number, (found, wanted)) in zip(confidence.replicates, replicates).enumerated() {
        let comment = Comment(rawValue: "case \(place), sample \(number)")
        expectSample(found, wanted, isJudged: confidence.threshold != nil, comment)
      }
      expectSummaries(confidence, expected, Comment(rawValue: "case \(place)"))
    }
  }

  private func expectSample(
    _ found: Confidence.Replicate, _ wanted: JSON, isJudged: Bool, _ comment: Comment
  ) {
    #expect((found.outcome != nil) == (wanted["decided"] == .bool(true)), comment)
    guard found.outcome != nil else { return }
    #expect(found.outcome?.threshold == wanted["threshold"]?.number, comment)
    expectNear(found.values[0].inSample, wanted["in_sample"]?.number, comment)
    expectNear(found.values[0].onAllRows, wanted["on_all"]?.number, comment)
    expectNear(found.values[0].outOfBag, wanted["out_of_bag"]?.number, comment)
    let ends = [found.reach?.lower, found.reach?.upper].map { $0?.isFinite == true ? $0 : nil }
    #expect(ends == (wanted["reach"]?.array ?? []).map(\.number), comment)
  }

  private func expectSummaries(_ found: Confidence, _ wanted: JSON, _ comment: Comment) {
    for (name, end) in [("lower", found.threshold?.lower), ("upper", found.threshold?.upper)] {
      expectNear(end?.isFinite == true ? end : nil, wanted["threshold"]?[name]?.number, comment)
    }
    for (name, estimate) in [("worth", found.worth), ("gain", found.gain)] {
      expectNear(estimate?.value, wanted[name]?.number, comment)
      guard let ends = wanted["\(name)_interval"]?.array.map({ $0.compactMap(\.number) }) else {
        #expect(estimate == nil, comment)
        continue
      }
      // Ends that are drawn: four standard errors of a 10 % quantile of 4,000 draws, which for a
      // normal distribution is 0.027 of its deviation, of which the interval holds 2.56.
      let slack = found.units == nil ? 0.045 * (ends[1] - ends[0]) : 1e-9
      #expect(abs((estimate?.interval?.lower ?? .nan) - ends[0]) <= slack, comment)
      #expect(abs((estimate?.interval?.upper ?? .nan) - ends[1]) <= slack, comment)
    }
  }

  private func expectNear(_ found: Double?, _ wanted: Double?, _ comment: Comment) {
    guard let found, let wanted else {
      #expect(found == wanted, comment)
      return
    }
    #expect(abs(found - wanted) <= 1e-12 * max(1, abs(wanted)), comment)
  }

  private func confidence(_ given: JSON) throws -> Confidence {
    let scores = try Scores(
      values: (given["scores"]?.numbers ?? []).compactMap { $0 },
      labels: (given["labels"]?.numbers ?? []).map { $0 == 1 },
      weights: given["weights"]?.array.map { $0.compactMap(\.number) })
    let metric = try #require(named(given["metric"]?.string ?? ""))
    let tuning = try tune(
      scores, metric,
      where: given["constrained"] == .bool(true) ? .precision >= 0.6 : nil,
      ties: given["ties"]?.string.flatMap(Ties.init),
      search: given["step"]?.number.map { .grid(step: $0) } ?? .exact)
    return try bootstrap(
      scores, tuning, samples: 40, level: try #require(given["level"]?.number),
      seed: UInt64(try #require(given["seed"]?.number)))
  }

  private func named(_ name: String) -> Metric? {
    switch name {
    case "cost(fp=1, fn=5)": .cost(fp: 1, fn: 5)
    case "cost(fp=3, fn=2)": .cost(fp: 3, fn: 2)
    default: Metric(named: name)
    }
  }

  // MARK: - Promises

  private static let scores: Scores = {
    var draws = DrawStream(seed: 9, number: 0)
    let rows = (0..<3_000).map { _ in Double(draws.integer(below: 1_000, rejected: 0)) / 1_000 }
    let labels = rows.map { Double(draws.integer(below: 1_000, rejected: 0)) < $0 * $0 * 1_000 }
    guard let scores = try? Scores(values: rows, labels: labels) else {
      preconditionFailure("these are scores")
    }
    return scores
  }()

  @Test(arguments: [Metric.f1, .gmean, .cost(fp: 2, fn: 3)])
  func eachSampleIsTunedAsRowsOfWeight(metric: Metric) throws {
    let scores = Self.scores
    let tuning = try tune(scores, metric)
    let confidence = try bootstrap(scores, tuning, samples: 5, seed: 3)
    let order = scores.values.indices.sorted { scores.values[$0] > scores.values[$1] }
    for (number, found) in confidence.replicates.enumerated() {
      var stream = DrawStream(seed: 3, number: number)
      var weights = [Double](repeating: 0, count: scores.rows)
      for isPositive in [true, false] {
        let members = order.filter { scores.labels[$0] == isPositive }
        stream.integers(members.count, below: UInt32(members.count)) {
          weights[members[$0]] += 1
        }
      }
      let sample = try Scores(values: scores.values, labels: scores.labels, weights: weights)
      let again = try tune(sample, metric)
      #expect(found.outcome == again.outcome)
      #expect(found.values[0].inSample == again.value)
    }
  }

  @Test func doesNotDependOnThreads() throws {
    let tuning = try tune(Self.scores, .f1)
    let results = try [1, 2, 5].map {
      try bootstrap(Self.scores, tuning, samples: 20, threads: $0)
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
    #expect(try bootstrap(Self.scores, tuning, samples: 20, seed: 2) != results[0])
    // The first samples are the same ones, however many follow.
    let fewer = try bootstrap(Self.scores, tuning, samples: 7)
    #expect(fewer.replicates == Array(results[0].replicates.prefix(7)))
  }

  @Test func stopsWhenAsked() throws {
    let tuning = try tune(Self.scores, .f1)
    #expect(throws: BootstrapError.cancelled) {
      try bootstrap(Self.scores, tuning, samples: 1_000_000) { true }
    }
  }

  @Test func samplesThatAllowNoChoiceAreCounted() throws {
    // Precision of 1 needs the one positive above 0.9 to be drawn.
    let scores = try Scores(
      values: [0.95, 0.9, 0.5, 0.4, 0.3], labels: [true, false, true, true, true])
    let tuning = try tune(scores, .recall, where: .precision >= 1)
    let confidence = try bootstrap(scores, tuning, samples: 400)
    let undecided = Double(confidence.undecided) / 400
    // (3/4)⁴ of the samples lack it.
    #expect(abs(undecided - 0.316) < 0.08)
  }

  /// Nothing is said of new rows with fewer than 5 of a class.
  @Test(arguments: [0, 1, 4, 5])
  func fewRowsOfAClassGiveNoInterval(positives: Int) throws {
    let values = (0..<40).map { Double($0) / 40 }
    let scores = try Scores(values: values, labels: values.indices.map { $0 >= 40 - positives })
    let confidence = try bootstrap(scores, tune(scores, .accuracy), samples: 200)
    #expect(confidence.rarer == positives)
    #expect((confidence.threshold != nil) == (positives >= 5))
    #expect((confidence.worth != nil) == (positives >= 5))
    #expect((confidence.gain != nil) == (positives >= 5))
    let single = try Scores(values: [0.4], labels: [true])
    #expect(try bootstrap(single, tune(single, .recall), samples: 3).threshold == nil)
  }

  /// What is judged beside does not change what is chosen, and its own metric is judged alike.
  @Test func furtherMetrics() throws {
    let tuning = try tune(Self.scores, .f1)
    let plain = try bootstrap(Self.scores, tuning, samples: 50)
    let more = try bootstrap(Self.scores, tuning, metrics: [.f1, .recall], samples: 50)
    #expect(more.worth == plain.worth && more.threshold == plain.threshold)
    #expect(more.worths[1] == more.worths[0])
    #expect(more.worths[2].value == Metric.recall.value(of: tuning.confusion))
    let interval = try #require(more.worths[2].estimate?.interval)
    #expect(interval.lower < interval.upper && interval.upper <= 1)
  }

  /// A cost is that of as many rows, and so is what is gained.
  @Test func totalsAreOfAllRows() throws {
    let cost = Metric.cost(fp: 2, fn: 3)
    let rows = Double(Self.scores.rows)
    let share = cost / (.tp + .fp + .tn + .fn)
    let total = try bootstrap(Self.scores, tune(Self.scores, cost), samples: 60)
    let mean = try bootstrap(
      Self.scores, tune(Self.scores, share, goal: .minimise), samples: 60)
    for (one, other) in [(total.worth, mean.worth), (total.gain, mean.gain)] {
      let (one, other) = (try #require(one), try #require(other))
      #expect(abs(one.value - rows * other.value) < 1e-9 * one.value.magnitude)
      let (wide, narrow) = (try #require(one.interval), try #require(other.interval))
      #expect(abs(wide.lower - rows * narrow.lower) < 1e-6 * rows)
      #expect(abs(wide.upper - rows * narrow.upper) < 1e-6 * rows)
    }
  }
}
