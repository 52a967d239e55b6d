import Foundation
import JSONText
import Testing

@testable import ThresholdEngine

/// Areas, their variances and their tests against the definitions in numpy
/// (scripts/fixtures/make_delong.py), and bands by simulation.
@Suite struct DeLongTests {
  private struct Case {
    let labels: [Bool]
    let scores: [Scores]
    let json: JSON

    init(_ json: JSON) throws {
      self.json = json
      let labels = (json["label"]?.numbers ?? []).map { $0 == 1 }
      self.labels = labels
      scores = try (json["scores"]?.array ?? []).map {
        try Scores(values: $0.numbers.compactMap { $0 }, labels: labels)
      }
    }

    func numbers(_ name: String) -> [Double] { json[name]?.numbers.compactMap { $0 } ?? [] }
  }

  private func cases() throws -> [Case] {
    let cases = try ReferenceFile.json("delong.json")["cases"]?.array ?? []
    #expect(cases.count == 4)
    return try cases.map(Case.init)
  }

  @Test func areasAndCovariancesEqualTheDefinition() throws {
    for given in try cases() {
      let deLong = try #require(try DeLong(given.scores))
      for (found, wanted) in zip(deLong.areas, given.numbers("areas")) {
        #expect(abs(found - wanted) < 1e-12)
      }
      for (row, wanted) in zip(deLong.covariance, given.json["covariance"]?.array ?? []) {
        for (found, wanted) in zip(row, wanted.numbers) {
          #expect(abs(found - (wanted ?? .nan)) < 1e-12)
        }
      }
      for (place, wanted) in given.numbers("p_values").enumerated() {
        #expect(abs(deLong.difference(of: place + 1, level: 0.9).pValue - wanted) < 1e-9)
      }
    }
  }

  @Test func oneCurveHasTheVarianceOfItsRows() throws {
    for given in try cases() {
      for scores in given.scores {
        let byRow = try #require(try DeLong([scores]))
        let byCount = try #require(DeLong(try Sweep(scores)))
        #expect(abs(byRow.covariance[0][0] - byCount.covariance[0][0]) < 1e-14)
      }
    }
  }

  @Test func measuresOfSamplesEqualThoseOfRows() throws {
    for given in try cases() {
      let measures: [ScoreMeasure] = [
        .auc, .averagePrecision, .partialAUC(.maxFPR(0.2), standardized: true),
      ]
      let found = ScoreSamples(given.scores).values(of: measures)
      for (place, scores) in given.scores.enumerated() {
        #expect(found[place][0] == (try auc(scores)))
        #expect(found[place][1] == (try averagePrecision(scores)))
        #expect(abs(found[place][2] - given.numbers("partial")[place]) < 1e-12)
      }
    }
  }

  /// The bootstrap's spread of the area is near DeLong's.
  @Test func bootstrapAgreesWithDeLong() throws {
    let given = try #require(try cases().last)
    let samples = try ScoreSamples(given.scores).values(of: [.auc], samples: 2_000, seed: 4)
    let deLong = try #require(try DeLong(given.scores))
    for place in given.scores.indices {
      let values = samples[place][0]
      let mean = values.reduce(0, +) / Double(values.count)
      let spread =
        (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)).squareRoot()
      #expect(abs(spread / deLong.covariance[place][place].squareRoot() - 1) < 0.15)
      #expect(abs(mean - deLong.areas[place]) < 0.005)
    }
  }

  @Test func equalScoresDoNotDiffer() throws {
    let scores = try #require(try cases().last).scores[0]
    let difference = try #require(try DeLong([scores, scores])).difference(of: 1, level: 0.9)
    #expect(difference.gain == 0 && difference.pValue == 1)
    #expect(difference.interval == Confidence.Interval(lower: 0, upper: 0))
  }

  @Test func oneRowOfAClassHasNoVariance() throws {
    let scores = try Scores(values: [0.1, 0.2, 0.3], labels: [true, false, false])
    #expect(try DeLong([scores]) == nil)
    #expect(DeLong(try Sweep(scores)) == nil)
  }

  /// Scores of positives are drawn from the square roots of uniform numbers: the curve is
  /// 1 - (1 - x)².
  @Test func bandsHoldTheWholeCurveAsOftenAsTheySay() throws {
    var generator = SystemRandomNumberGenerator()
    _ = generator.next()
    var held = 0
    let draws = 400
    for number in 0..<draws {
      var stream = DrawStream(seed: 99, number: number)
      func unit() -> Double { Double(stream.next() >> 11) * 0x1p-53 }
      let positives = (0..<40).map { _ in unit().squareRoot() }
      let negatives = (0..<60).map { _ in unit() }
      let scores = try Scores(
        values: positives + negatives,
        labels: positives.map { _ in true } + negatives.map { _ in false })
      let band = ROCBand(try Sweep(scores), level: 0.8)
      let holds = zip(band.x, zip(band.lower, band.upper)).allSatisfy { x, ends in
        let truth = 1 - (1 - x) * (1 - x)
        return ends.0 <= truth + 1e-12 && truth <= ends.1 + 1e-12
      }
      held += holds ? 1 : 0
    }
    // At least 80 %, less three standard errors.
    #expect(Double(held) / Double(draws) >= 0.8 - 3 * (0.16 / Double(draws)).squareRoot())
    // And not always: it would be too wide to mean anything.
    #expect(held < draws)
  }

  /// Net benefit is a mean over rows, whose variance numpy's `var(ddof=1) / n` gives: here of
  /// 1, 1, -0.25, 0, 0, 0 at the threshold 0.2.
  @Test func netBenefitHasTheVarianceOfAMean() throws {
    let scores = try Scores(
      values: [0.9, 0.3, 0.2, 0.1, 0.1, 0.1], labels: [true, true, false, false, false, true])
    let curve = try Curve.decision(scores, step: 0.2)
    let interval = curve.netBenefitIntervals(level: 0.95)[1]
    let rows = [1, 1, -0.25, 0, 0, 0]
    let mean = rows.reduce(0, +) / 6
    let error = (rows.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 5 / 6).squareRoot()
    #expect(abs(interval.lower - (mean - 1.959963984540054 * error)) < 1e-12)
    #expect(abs(interval.upper - (mean + 1.959963984540054 * error)) < 1e-12)
  }
}
