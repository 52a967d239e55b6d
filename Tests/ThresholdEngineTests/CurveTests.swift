import ParallelWork
import Testing
import ThresholdEngine

/// What scikit-learn has no value for; the rest is in ScikitLearnTests.
@Suite struct CurveTests {
  /// ±∞ are scores like any other: finite ones beyond the rest give the same.
  @Test func infinityIsJustFar() throws {
    var random = RandomScores(seed: 3)
    for _ in 0..<50 {
      let scores = try random.scores(kind: .infinite)
      let finite = try Scores(
        values: scores.values.map { $0.isInfinite ? ($0 < 0 ? -9 : 9) : $0 },
        labels: scores.labels)
      #expect(try auc(scores) == auc(finite))
      #expect(try averagePrecision(scores) == averagePrecision(finite))
      let (sweep, far) = (try Sweep(scores), try Sweep(finite))
      #expect(sweep.truePositives == far.truePositives)
      #expect(sweep.falsePositives == far.falsePositives)
      let nine = try tune(finite, .accuracy)
      let tuning = try tune(scores, .accuracy)
      #expect(tuning.value == nine.value)
      #expect(tuning.confusion == nine.confusion)
    }
  }

  /// The AUC is the chance that a positive outranks a negative, by counting all pairs.
  @Test(arguments: ScoresKind.allCases)
  func areaIsTheShareOfPairs(kind: ScoresKind) throws {
    var random = RandomScores(seed: 4)
    for _ in 0..<20 {
      let scores = try random.scores(kind: kind)
      var (wins, pairs) = (0.0, 0.0)
      for one in 0..<scores.rows where scores.labels[one] {
        for other in 0..<scores.rows where !scores.labels[other] {
          let weight = (scores.weights?[one] ?? 1) * (scores.weights?[other] ?? 1)
          let (high, low) = (scores.values[one], scores.values[other])
          wins += weight * (high > low ? 1 : high == low ? 0.5 : 0)
          pairs += weight
        }
      }
      #expect(try auc(scores) == (pairs > 0 ? wins / pairs : nil))
    }
  }

  @Test func oneClassLeavesCurvesUndefined() throws {
    let positives = try Scores(values: [0.2, 0.7], labels: [true, true])
    let negatives = try Scores(values: [0.2, 0.7], labels: [false, false])
    #expect(throws: CurveError.noNegatives) { try Curve.roc(positives) }
    #expect(throws: CurveError.noNegatives) { try Curve.det(positives) }
    #expect(throws: CurveError.noPositives) { try Curve.roc(negatives) }
    #expect(throws: CurveError.noPositives) { try Curve.precisionRecall(negatives) }
    #expect(try auc(positives) == nil)
    #expect(try averagePrecision(negatives) == nil)
    // All flags are right where there is nothing but positives.
    #expect(try Curve.precisionRecall(positives).y == [1, 1])
    #expect(try averagePrecision(positives) == 1)
  }

  @Test func negativeZeroIsZero() throws {
    let scores = try Scores(values: [-0.0, 0.0, -0.0], labels: [true, false, true])
    let sweep = try Sweep(scores)
    #expect(sweep.thresholds.map(\.description) == ["0.0"])
  }

  /// The keys of these two scores differ in nothing but the part they are sorted in.
  @Test(arguments: [nil, [1, 1]] as [[Double]?])
  func signsAreKeptApart(weights: [Double]?) throws {
    let greatestSubnormal = Double.leastNormalMagnitude.nextDown
    let scores = try Scores(
      values: [-greatestSubnormal, .infinity], labels: [true, true], weights: weights)
    #expect(try Sweep(scores).thresholds == [.infinity, -greatestSubnormal])
  }

  @Test func probabilitiesOnly() throws {
    let scores = try Scores(values: [0.5, 1.5, -0.5], labels: [true, false, true])
    let error = ProbabilityError.outsideUnitInterval(count: 2, first: 1.5, row: 1)
    #expect(throws: error) { try logLoss(scores) }
    #expect(throws: error) { try brier(scores) }
  }

  @Test func stopsWhenAsked() throws {
    let scores = try Scores(values: [0.5, 0.6], labels: [true, false])
    #expect(throws: Cancelled.self) { try auc(scores, isCancelled: { true }) }
    #expect(throws: CurveError.cancelled) { try Curve.roc(scores, isCancelled: { true }) }
  }
}
