import Testing

@testable import ThresholdEngine

/// Differences on the same rows, and thresholds near the best.
@Suite struct ComparisonTests {
  /// 300 rows with a label, and two scores of which the second is noisier.
  private func pair() throws -> [Scores] {
    var stream = DrawStream(seed: 8, number: 1)
    func unit() -> Double { Double(stream.next() >> 11) * 0x1p-53 }
    let labels = (0..<300).map { _ in unit() < 0.3 }
    let hidden = labels.map { ($0 ? 0.3 : 0) + 0.7 * unit() }
    let noisy = hidden.map { ($0 + unit()) / 2 }
    return try [hidden, noisy].map { try Scores(values: $0, labels: labels) }
  }

  @Test func differencesAreOfPairs() throws {
    let scores = try pair()
    let judged = scores.map { (scores: $0, decision: Decision.threshold(0.5)) }
    let samples = try JudgedRows(judged).values(of: [.accuracy], samples: 4_000, seed: 2)
    let values = judged.map { Metric.accuracy.value(of: $0.scores.confusion(at: $0.decision)) }
    let found = Difference(
      of: values[1], samples[1][0], from: values[0], samples[0][0], .maximise, level: 0.9)
    // Accuracy is a mean of rows: the difference has the variance of the rows' differences.
    let rows = scores[0].labels.indices.map { row -> Double in
      let right = scores.map { ($0.values[row] >= 0.5) == $0.labels[row] }
      return (right[1] ? 1 : 0) - (right[0] ? 1 : 0)
    }
    let mean = rows.reduce(0, +) / 300
    let error = (rows.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 300 / 300).squareRoot()
    let gain = try #require(found.gain)
    let interval = try #require(found.interval)
    #expect(abs(gain - mean) < 1e-12)
    #expect(abs(interval.upper - interval.lower - 2 * 1.6449 * error) < 0.1 * error * 3.3)
  }

  @Test func minimisedMetricsGainWhereTheyFall() {
    let found = Difference(
      of: 2, [2, 2.5, 1.5], from: 3, [3, 3, 3], .minimise, level: 0.9)
    #expect(found.gain == 1)
    #expect(found.interval.map { $0.lower > 0.4 && $0.upper < 1.6 } == true)
    // No sample is on the other side: 2 · 1 / 4.
    #expect(found.pValue == 0.5)
  }

  @Test func undefinedValuesHaveNoDifference() {
    let found = Difference(of: nil, [.nan], from: 1, [1], .maximise, level: 0.9)
    #expect(found.gain == nil && found.interval == nil && found.pValue == nil)
  }

  @Test func unitsAreDrawnTogether() throws {
    let scores = try Scores(values: [0.9, 0.8, 0.1, 0.2], labels: [true, true, true, true])
    let judged = JudgedRows([(scores, .threshold(0.5))], units: [0, 0, 1, 1])
    let values = Set(try judged.values(of: [.recall], samples: 100, seed: 1)[0][0])
    #expect(values == [0, 0.5, 1])
  }

  /// Every threshold is tried, and the near ones are those within the share.
  @Test(arguments: [Metric.f1, .youden, .cost(fp: 1, fn: 7), .accuracy])
  func nearThresholdsEqualAllThatAreNear(metric: Metric) throws {
    for number in 0..<60 {
      var stream = DrawStream(seed: 21, number: number)
      let rows = 3 + Int(stream.next() % 20)
      let values = (0..<rows).map { _ in Double(stream.next() % 9) / 10 }
      let labels = (0..<rows).map { $0 < 2 ? $0 == 0 : stream.next() % 2 == 0 }
      let scores = try Scores(values: values, labels: labels)
      let constraint: Constraint? = number % 2 == 0 ? nil : .recall >= 0.5
      let tuning = try tune(scores, metric, where: constraint)
      for share in [0, 0.05, 0.3] {
        let found = try tuning.near(share, on: scores)
        let distinct = Set(values).sorted()
        let tried = distinct.map { Decision.threshold($0) } + [.flagNothing]
        for (place, decision) in tried.enumerated() {
          let counts = scores.confusion(at: decision)
          let value = metric.value(of: counts)
          let worse = value.map { tuning.goal == .maximise ? tuning.value - $0 : $0 - tuning.value }
          let isNear =
            worse.map { $0 <= share * abs(tuning.value) + 1e-9 } == true
            && constraint?.isMet(by: counts) != false
          let middle =
            place < distinct.count
            ? (place > 0 ? (distinct[place - 1] + distinct[place]) / 2 : distinct[0] - 1) : 2
          let isFound = found.contains {
            $0.plateau.lower ?? -.infinity < middle && middle <= $0.plateau.upper ?? .infinity
          }
          #expect(isFound == isNear, "\(metric) \(values) \(labels) \(decision) \(share)")
        }
      }
    }
  }
}
