import JSONText
import Testing
import ThresholdEngine

/// What figures show, against scikit-learn and numpy (scripts/fixtures/make_figures.py).
@Suite struct FigureDataTests {
  private let cases: [JSON]

  init() throws {
    cases = try ReferenceFile.json("figures.json")["cases"]?.array ?? []
    try #require(cases.count == 4)
  }

  private func scores(_ given: JSON) throws -> Scores {
    try Scores(
      values: (given["scores"]?.numbers ?? []).compactMap { $0 },
      labels: (given["labels"]?.numbers ?? []).map { $0 == 1 })
  }

  private func expectNear(
    _ found: [Double], _ wanted: [Double?], _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == wanted.count, comment, sourceLocation: sourceLocation)
    for (one, other) in zip(found, wanted) {
      guard let other else {
        #expect(one.isNaN, comment, sourceLocation: sourceLocation)
        continue
      }
      let isNear = abs(one - other) <= 1e-12 * max(1, abs(other))
      #expect(isNear, comment, sourceLocation: sourceLocation)
    }
  }

  @Test func calibration() throws {
    for given in cases {
      let scores = try scores(given)
      for wanted in given["calibrations"]?.array ?? [] {
        let strategy = try #require(wanted["strategy"]?.string)
        let bins = Int(try #require(wanted["bins"]?.number))
        let found = try ReliabilityCurve(
          scores, bins: bins, binning: try #require(ReliabilityCurve.Binning(rawValue: strategy)))
        let comment = Comment(rawValue: "\(strategy), \(bins) bins, \(scores.rows) rows")
        expectNear(found.bins.map(\.predicted), wanted["predicted"]?.numbers ?? [], comment)
        expectNear(found.bins.map(\.observed), wanted["observed"]?.numbers ?? [], comment)
        #expect(found.bins.reduce(0) { $0 + $1.rows } == scores.rows)
      }
    }
  }

  @Test func gainsAndLift() throws {
    for given in cases {
      let scores = try scores(given)
      let wanted = (given["flagged"]?.array ?? []).map(\.numbers)
      let (gains, lift) = (try Curve.gains(scores), try Curve.lift(scores))
      expectNear(Array(gains.x.dropFirst()), wanted.map { $0[0] }, "share flagged")
      expectNear(Array(gains.y.dropFirst()), wanted.map { $0[1] }, "recall")
      #expect(gains.thresholds[0] == nil && gains.x[0] == 0 && gains.y[0] == 0)
      expectNear(lift.x, wanted.map { $0[0] }, "share flagged")
      expectNear(lift.y, wanted.map { $0[2] }, "lift")
      #expect(lift.y.last == 1)
    }
  }

  @Test func netBenefit() throws {
    for given in cases {
      let curve = try Curve.decision(scores(given))
      expectNear(curve.y, given["net_benefit"]?.numbers ?? [], "net benefit")
      // Who flags all at 0 has what flagging all comes to.
      #expect(curve.y[0] == curve.benefitOfFlaggingAll(at: 0))
    }
  }

  @Test func metricsAgainstTheThreshold() throws {
    for given in cases {
      let scores = try scores(given)
      let sweep = try Sweep(scores)
      let wanted = (given["sweep"]?.array ?? []).map(\.numbers)
      #expect(sweep.thresholds.reversed() == wanted.compactMap { $0[0] })
      for (place, metric) in [Metric.f1, .precision, .recall].enumerated() {
        let found = Array(sweep.values(of: metric).reversed())
        expectNear(found, wanted.map { $0[place + 1] }, Comment(rawValue: "\(metric)"))
      }
      for metric in [Metric.f1, .gmean, .youden, .mcc] {
        let best = try #require(sweep.best(metric))
        let tuning = try tune(scores, metric)
        #expect(sweep.thresholds[best] == tuning.threshold)
      }
      let grid = try Sweep(scores, search: .grid(step: 0.01))
      let best = try #require(grid.best(.f1, ties: .lowest))
      #expect(grid.thresholds[best] == (try tune(scores, .f1, search: .grid(step: 0.01)).threshold))
      #expect(grid.count == 100)
    }
  }

  @Test func distribution() throws {
    for given in cases {
      let found = try #require(ScoreDistribution(scores(given), bins: 8))
      expectNear(found.negatives, given["histograms"]?["0"]?.numbers ?? [], "negatives")
      expectNear(found.positives, given["histograms"]?["1"]?.numbers ?? [], "positives")
      let area = zip(found.positiveDensities, zip(found.edges, found.edges.dropFirst()))
        .reduce(0) { $0 + $1.0 * ($1.1.1 - $1.1.0) }
      #expect(abs(area - 1) < 1e-12)
    }
  }

  @Test func bestPointsOfCurvesAreTunings() throws {
    for given in cases {
      let scores = try scores(given)
      let (roc, pr) = (try Curve.roc(scores), try Curve.precisionRecall(scores))
      let gmean = try #require(roc.index(ofBest: .gmean))
      #expect(roc.thresholds[gmean] == (try tune(scores, .gmean).threshold))
      let f1 = try #require(pr.index(ofBest: .f1))
      #expect(pr.thresholds[f1] == (try tune(scores, .f1).threshold))
    }
  }

  @Test(arguments: [
    [0.5], [.infinity, 1], [-.infinity, 3], [1e308, -1e308], [Double.leastNonzeroMagnitude, 0],
    [1, 1.0.nextUp],
  ])
  func spreadsOfAwkwardScores(values: [Double]) throws {
    let scores = try Scores(values: values, labels: values.indices.map { $0 == 0 })
    let found = try #require(ScoreDistribution(scores, bins: 7))
    let counted = (found.positives + found.negatives).reduce(0, +)
    #expect(counted == Double(values.count { $0.isFinite }))
    #expect(found.edges.count == 8)
    #expect(found.edges == found.edges.sorted())
  }
}
