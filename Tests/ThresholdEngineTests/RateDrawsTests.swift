import Testing

@testable import ThresholdEngine

/// Drawn rates against the quantiles of the distributions they are drawn from.
@Suite struct RateDrawsTests {
  private static func draws(hasStandard: Bool, count: Int = 40_000) throws -> RateDraws {
    // 30 of 40 positives and 20 of 160 negatives are flagged, by the default 34 and 50.
    let cells = ClassCells(
      positives: RowCells(chosen: 30, standard: 34, of: 40),
      negatives: RowCells(chosen: 20, standard: 50, of: 160))
    return try #require(
      RateDraws(
        cells, (40, 160), hasStandard: hasStandard, DrawStream(seed: 3, number: -1), count: count))
  }

  /// The 5 % and 95 % quantiles of Beta(30.5, 10.5), Beta(20.5, 140.5) and Beta(40.5, 160.5), by
  /// scipy.stats.beta.ppf; the allowance is four standard errors of 40,000 draws.
  @Test(
    arguments: [
      (Metric.recall, 0.75, 0.626515, 0.847613), (.fpr, 0.125, 0.087027, 0.172904),
      ((.tp + .fn) / (.tp + .fp + .tn + .fn), 0.2, 0.156807, 0.249562),
    ], [false, true])
  func rates(of expected: (Metric, Double, Double, Double), hasStandard: Bool) throws {
    let draws = try Self.draws(hasStandard: hasStandard)
    let (metric, value, lower, upper) = expected
    let offsets = try #require(draws.chosen.offsets(of: metric, level: 0.9))
    let slack = 4 * 0.0106 * (upper - lower) / 3.29
    #expect(abs(value + offsets.lower - lower) < slack)
    #expect(abs(value + offsets.upper - upper) < slack)
  }

  /// Recall differs by 4 of 40 rows: the middle 90 % of minus Beta(4.25, 36.25) plus Beta(0.25, …)
  /// lie about 0.1 below 0, and nothing flagged by the chosen one alone is likely.
  @Test func differencesArePaired() throws {
    let draws = try Self.draws(hasStandard: true)
    let standard = try #require(draws.standard)
    let paired = try #require(draws.chosen.offsets(of: .recall, less: standard, level: 0.9))
    let alone = try #require(draws.chosen.offsets(of: .recall, level: 0.9))
    #expect(paired.lower < 0 && paired.upper > 0)
    #expect(paired.upper - paired.lower < alone.upper - alone.lower)
  }

  @Test func withoutRowsOfAClassThereIsNothingToDraw() {
    let cells = ClassCells(
      positives: RowCells(chosen: 0, standard: 0, of: 0),
      negatives: RowCells(chosen: 1, standard: 1, of: 5))
    let stream = DrawStream(seed: 1, number: 0)
    #expect(RateDraws(cells, (5, 5), hasStandard: false, stream, count: 8) == nil)
  }

  /// A gamma variable has mean and variance of its shape; below 1 it is drawn in another way.
  @Test(arguments: [0.25, 0.5, 1, 3.5, 400])
  func gammas(shape: Double) {
    var stream = DrawStream(seed: 8, number: 1)
    let count = 200_000.0
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<Int(count) {
      let x = stream.gamma(shape)
      sum += x
      squares += (x - shape) * (x - shape)
    }
    #expect(abs(sum / count - shape) < 4 * (shape / count).squareRoot())
    // The fourth central moment is 3 shape² + 6 shape.
    let deviation = ((2 * shape * shape + 6 * shape) / count).squareRoot()
    #expect(abs(squares / count - shape) < 4 * deviation)
  }
}

/// How sure a constraint is on new rows, against sums of binomial chances.
@Suite struct ConstraintLevelTests {
  private static let scores: Scores? = try? Scores(
    values: (0..<60).map { Double($0) / 60 }, labels: (0..<60).map { $0 % 3 == 0 || $0 > 45 })

  private func level(_ constraint: Constraint) throws -> (level: Double?, counts: Confusion) {
    let tuning = try tune(try #require(Self.scores), .f1, where: constraint)
    return (tuning.constraintLevel, tuning.confusion)
  }

  /// The chance of fewer successes than there were.
  private func fewer(than successes: Double, of trials: Double, _ rate: Double) -> Double {
    var chance = 1.0
    for _ in 0..<Int(trials) { chance *= 1 - rate }
    var sum = 0.0
    for count in 0..<Int(successes) {
      sum += chance
      chance *= (trials - Double(count)) / (Double(count) + 1) * rate / (1 - rate)
    }
    return sum
  }

  @Test func floorsAndCeilings() throws {
    let precision = try level(.precision >= 0.6)
    let (tp, fp) = (precision.counts.truePositives, precision.counts.falsePositives)
    let sure = try #require(precision.level)
    #expect(abs(sure - fewer(than: tp, of: tp + fp, 0.6)) < 1e-12)
    let fpr = try level(.fpr <= 0.4)
    let tn = fpr.counts.trueNegatives
    #expect(abs(try #require(fpr.level) - fewer(than: tn, of: fpr.counts.negatives, 0.6)) < 1e-12)
    let both = try level(.precision >= 0.6 && .fpr <= 0.4)
    let parts = [
      fewer(
        than: both.counts.truePositives, of: both.counts.flagged, 0.6),
      fewer(than: both.counts.trueNegatives, of: both.counts.negatives, 0.6),
    ]
    #expect(abs(try #require(both.level) - (parts.min() ?? .nan)) < 1e-12)
  }

  @Test func otherConstraintsHaveNone() throws {
    let others: [Constraint] = [
      .precision >= 0.5 || .recall >= 0.5, .tp >= 3, .f1 >= 0.2, .precision <= 0.99,
      .recall >= .precision,
    ]
    for constraint in others { #expect(try level(constraint).level == nil, "\(constraint)") }
    let free = try tune(try #require(Self.scores), .f1)
    #expect(free.constraintLevel == nil)
  }
}
