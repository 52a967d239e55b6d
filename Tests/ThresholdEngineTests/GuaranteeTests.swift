import Foundation
import JSONText
import Testing

@testable import ThresholdEngine

/// Exact guarantees against scipy (scripts/fixtures/make_guarantees.py), and by simulation.
@Suite struct GuaranteeTests {
  private func cases(_ name: String) throws -> [JSON] {
    let cases = try ReferenceFile.json("guarantees.json")[name]?.array ?? []
    #expect(!cases.isEmpty)
    return cases
  }

  @Test func incompleteBetaEqualsScipy() throws {
    for given in try cases("beta") {
      let found = IncompleteBeta.regularised(
        try given.number("x"), try given.number("a"), try given.number("b"))
      let wanted = try given.number("value")
      #expect(abs(found - wanted) <= 1e-10 * max(wanted, 1e-3), "\(given)")
    }
  }

  @Test func mistakesEqualScipy() throws {
    for given in try cases("mistakes") {
      let (share, allowed) = (try given.number("share"), try given.number("allowed"))
      let binomial = Binomial(trials: Int(try given.number("rows")), rate: share)
      #expect(
        binomial.largest(within: allowed) == given["most"]?.number.map { Int($0) }, "\(given)")
      #expect(
        Binomial.trials(rate: share, within: allowed) == Int(try given.number("needed")),
        "\(given)")
    }
  }

  @Test func pairsEqualScipy() throws {
    for given in try cases("pairs") {
      let (misses, alarms) = (try given.number("misses"), try given.number("alarms"))
      let constraint = (Metric.fnr <= Metric(misses)).and(Metric.fpr <= Metric(alarms))
      let guarantee = try Guarantee(constraint, level: 1 - given.number("allowed"))
      let shares = guarantee.shares(
        positives: Int(try given.number("positives")),
        negatives: Int(try given.number("negatives")))
      let wanted = given["most"]?.numbers.map { $0.map { Int($0) } }
      #expect(shares.map(\.mistakes) == wanted, "\(given)")
    }
  }

  @Test func staircasesEqualPlainOnes() throws {
    for given in try cases("steps") {
      let (precision, horizon) = (try given.number("precision"), Int(try given.number("horizon")))
      let found = try Staircase.calibrated(
        precision: precision, horizon: horizon, allowed: try given.number("allowed"),
        isCancelled: { false })
      #expect(found.steps == given["steps"]?.numbers.compactMap { $0.map { Int($0) } }, "\(given)")
      let crossing = try Staircase.crossing(of: found.steps, precision, horizon)
      #expect(abs(crossing - (try given.number("crossing"))) < 1e-11)
    }
  }

  @Test func horizonsEqualScipy() throws {
    for given in try cases("horizons") {
      let found = Staircase.horizon(
        rows: Int(try given.number("rows")), relevant: Int(try given.number("relevant")),
        precision: try given.number("precision"), allowed: try given.number("allowed"))
      #expect(found == Int(try given.number("horizon")), "\(given)")
    }
  }

  /// The mixture itself, by the midpoint rule over θ in p…1.
  @Test(arguments: [0.3, 0.6, 0.9])
  func mixtureIsAMeanOfLikelihoodRatios(precision: Double) {
    let mixture = LikelihoodMixture(precision: precision, allowed: 0.1)
    let points = 1_000
    for right in stride(from: 0, through: 60, by: 3) {
      for wrong in stride(from: 0, through: 20, by: 2) {
        let ratios = (0..<points).map { point in
          let rate = precision + (1 - precision) * (Double(point) + 0.5) / Double(points)
          return pow(rate / precision, Double(right))
            * pow((1 - rate) / (1 - precision), Double(wrong))
        }
        let evidence = ratios.reduce(0, +) / Double(points)
        guard abs(evidence - 10) > 1e-2 else { continue }
        #expect(
          mixture.certifies(right: Double(right), wrong: Double(wrong)) == (evidence >= 10),
          "\(right) right, \(wrong) wrong")
      }
    }
  }

  // MARK: - What is refused

  private static let refused: [(Constraint, GuaranteeError)] = [
    ((Metric.recall >= 0.9).or(Metric.fpr <= 0.1), .alternatives),
    ((Metric.recall < 0.9).negated, .alternatives),
    (Metric.recall >= Metric.precision, .notARate(Metric.recall >= Metric.precision)),
    (Metric.fp <= 3, .total(.fp)),
    (Metric.cost(fp: 1, fn: 5) <= 20, .total(.cost(fp: 1, fn: 5))),
    (Metric.f1 >= 0.5, .unproved(.f1)),
    (Metric.precision <= 0.5, .ceiling(Metric.precision <= 0.5)),
    (Metric.recall >= 1, .certainty(Metric.recall >= 1)),
    (Metric.fpr <= 0, .certainty(Metric.fpr <= 0)),
  ]

  @Test(arguments: refused)
  func refuses(constraint: Constraint, error: GuaranteeError) {
    #expect(throws: error) { try Guarantee(constraint) }
  }

  @Test func refusesWeightsThatDifferWithinAClass() throws {
    let values = (0..<80).map(Double.init)
    let labels = values.map { $0 >= 40 }
    let guarantee = try Guarantee(.recall >= 0.9)
    let uneven = try Scores(
      values: values, labels: labels, weights: values.map { $0 < 60 ? 1 : 2 })
    #expect(throws: TuningError.unequalWeights(.recall >= 0.9)) {
      try tune(uneven, .specificity, guarantee: guarantee)
    }
    // Equal within each class: as if there were none, but not for a rate of both classes.
    let even = try Scores(values: values, labels: labels, weights: labels.map { $0 ? 3 : 0.5 })
    let plain = try tune(
      Scores(values: values, labels: labels), .specificity, guarantee: guarantee)
    #expect(try tune(even, .specificity, guarantee: guarantee).threshold == plain.threshold)
    #expect(throws: TuningError.unequalWeights(.flagRate <= 0.9)) {
      try tune(even, .specificity, guarantee: Guarantee(.flagRate <= 0.9))
    }
  }

  // MARK: - Choosing

  /// Of 50 positives, P(Bin(50, .1) ≤ 1) = .034 and P(… ≤ 2) = .112: one may be missed.
  @Test func theSecondLowestOfFiftyPositives() throws {
    let values = (0..<149).map(Double.init)
    let scores = try Scores(values: values, labels: values.map { $0 >= 100 || $0 == 7 })
    #expect(scores.positives == 50)
    let tuning = try tune(scores, .specificity, guarantee: Guarantee(.recall >= 0.9))
    #expect(tuning.threshold == 100)
    #expect(tuning.certificate?.parts.map(\.rule) == [.mistakes(1, of: 50)])
  }

  @Test func tooFewRowsSayHowMany() throws {
    let values = (0..<40).map(Double.init)
    let scores = try Scores(values: values, labels: values.map { $0 >= 23 })
    let error = #expect(throws: TuningError.self) {
      try tune(scores, .specificity, guarantee: Guarantee(.recall >= 0.95))
    }
    guard case .tooFewRows(let part, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // ln .1 / ln .95 = 44.9; .1^(1/17) = .8733.
    #expect(part.neededRows == 45)
    #expect(abs((part.attainableBound ?? 0) - 0.87332616) < 1e-8)
  }

  /// With six right flags, 0.6⁶ = 0.047 is above the level of about 0.016 of each step.
  @Test func precisionNeedsARun() throws {
    let values = (0..<200).map(Double.init)
    let guarantee = try Guarantee(.precision >= 0.6)
    func error(run: Int) throws -> TuningError? {
      let scores = try Scores(values: values, labels: values.map { $0 >= Double(200 - run) })
      do throws(TuningError) {
        _ = try tune(scores, .recall, guarantee: guarantee)
        return nil
      } catch { return error }
    }
    guard case .uncertified(let certificate, let runs)? = try error(run: 6) else {
      Issue.record("six right flags are not enough")
      return
    }
    #expect(runs == [6])
    let needed = try #require(certificate.parts[0].neededRun)
    #expect(try error(run: needed + 2) == nil)
  }

  /// The choice keeps `where` too, and says if the two exclude each other.
  @Test func whereAndGuaranteeHoldTogether() throws {
    let values = (0..<100).map(Double.init)
    let scores = try Scores(values: values, labels: values.map { $0 >= 50 })
    let guarantee = try Guarantee(.recall >= 0.9)
    let tuning = try tune(
      scores, .specificity, where: .flagRate >= 0.6, guarantee: guarantee)
    #expect(tuning.threshold == 40)
    #expect(throws: TuningError.guaranteeExcludes(.flagRate <= 0.4)) {
      try tune(scores, .specificity, where: .flagRate <= 0.4, guarantee: guarantee)
    }
    let nothing = try tune(
      scores, .recall, guarantee: Guarantee(.fpr <= 0.01), infeasible: .flagNothing)
    #expect(nothing.outcome == .flagNothing)
    #expect(nothing.certificate == nil && !nothing.isFeasible)
  }

  // MARK: - Simulation

  /// A hundred times as many with THR_LONG_FUZZ set in the environment.
  private static let sets =
    ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] == nil ? 300 : 30_000

  private static let simulated: [(Constraint, Metric, Int)] = [
    (Metric.recall >= 0.8, .specificity, 20), (Metric.recall >= 0.8, .specificity, 0),
    (Metric.fpr <= 0.2, .recall, 0), ((Metric.recall >= 0.7).and(Metric.fpr <= 0.6), .recall, 0),
    (Metric.flagRate <= 0.4, .recall, 0), (Metric.precision >= 0.6, .recall, 0),
    (Metric.npv >= 0.7, .specificity, 0),
  ]

  /// How often the threshold that looks best fails on new rows: within what is allowed, and 2
  /// standard errors.
  ///
  /// Positives score uniformly in 0…1, negatives as the square of that.
  @Test(arguments: simulated)
  func failsAsSeldomAsAllowed(constraint: Constraint, metric: Metric, levels: Int) throws {
    let guarantee = try Guarantee(constraint, level: 0.9)
    var generator = RandomScores(seed: 11).generator
    let (sets, rows) = (Self.sets, 120)
    var failures = 0
    for _ in 0..<sets {
      let labels = (0..<rows).map { _ in Double.random(in: 0..<1, using: &generator) < 0.5 }
      let values = labels.map { label in
        let draw = Double.random(in: 0..<1, using: &generator)
        let score = label ? draw : draw * draw
        return levels > 0 ? (score * Double(levels)).rounded(.down) / Double(levels) : score
      }
      let scores = try Scores(values: values, labels: labels)
      let tuning = try? tune(scores, metric, guarantee: guarantee)
      guard let threshold = tuning?.threshold else { continue }
      let truth = Confusion(
        tp: 0.5 * (1 - threshold), fp: 0.5 * (1 - threshold.squareRoot()), positives: 0.5,
        negatives: 0.5)
      failures += constraint.isMet(by: truth) ? 0 : 1
    }
    let most = 0.1 + 2 * (0.1 * 0.9 / Double(sets)).squareRoot()
    #expect(Double(failures) / Double(sets) <= most, "\(failures) of \(sets)")
  }

  /// The same rule is asked of each bootstrap sample.
  @Test func bootstrapAsksForTheGuarantee() throws {
    let values = (0..<150).map { Double($0) / 150 }
    let scores = try Scores(values: values, labels: values.map { $0 >= 0.6 })
    let tuning = try tune(scores, .specificity, guarantee: Guarantee(.recall >= 0.9))
    let confidence = try bootstrap(scores, tuning, samples: 20)
    let plain = try bootstrap(
      scores, tune(scores, .specificity, where: .recall >= 0.9), samples: 20)
    for (found, other) in zip(confidence.replicates, plain.replicates) {
      #expect(try #require(found.outcome?.threshold) <= #require(other.outcome?.threshold))
    }
    #expect(confidence.threshold != plain.threshold)
  }
}
