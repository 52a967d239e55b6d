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
        #expect((found.outcome != nil) == (wanted["decided"] == .bool(true)), comment)
        #expect(found.outcome?.threshold == wanted["threshold"]?.number, comment)
        expectNear(found.inSample, wanted["in_sample"]?.number, comment)
        expectNear(found.outOfBag, wanted["out_of_bag"]?.number, comment)
        expectNear(found.gain, wanted["gain"]?.number, comment)
      }
      expectSummaries(confidence, expected, Comment(rawValue: "case \(place)"))
    }
  }

  private func expectSummaries(_ found: Confidence, _ wanted: JSON, _ comment: Comment) {
    let lower = found.threshold.lower
    let upper = found.threshold.upper
    expectNear(
      lower.isFinite ? lower : nil, wanted["threshold"]?["lower"]?.number, comment)
    expectNear(
      upper.isFinite ? upper : nil, wanted["threshold"]?["upper"]?.number, comment)
    let estimates = [
      ("in_sample", found.inSample), ("out_of_bag", found.outOfBag), ("gain", found.gain),
    ]
    for (name, estimate) in estimates {
      expectNear(estimate?.mean, wanted[name]?["mean"]?.number, comment)
      expectNear(estimate?.interval.lower, wanted[name]?["lower"]?.number, comment)
      expectNear(estimate?.interval.upper, wanted[name]?["upper"]?.number, comment)
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
        let bound = UInt64(members.count)
        for _ in members {
          let drawn = stream.integer(
            below: bound, rejected: DrawStream.rejected(below: bound))
          weights[members[drawn]] += 1
        }
      }
      let sample = try Scores(values: scores.values, labels: scores.labels, weights: weights)
      let again = try tune(sample, metric)
      #expect(found.outcome == again.outcome)
      #expect(found.inSample == again.value)
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

  @Test func oneClassAndOneRow() throws {
    let single = try Scores(values: [0.4], labels: [true])
    let tuning = try tune(single, .recall)
    let confidence = try bootstrap(single, tuning, samples: 3)
    #expect(confidence.threshold == Confidence.Interval(lower: 0.4, upper: 0.4))
    // No row is ever left out.
    #expect(confidence.outOfBag == nil)
    #expect(confidence.gain == nil)
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
    #expect(confidence.inSample.samples == 400 - confidence.undecided)
  }
}
