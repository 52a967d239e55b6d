import Testing
import ThresholdEngine

/// Areas under a part of the ROC curve against pairs counted one by one (Dodd and Pepe 2003).
@Suite struct PartialAreaTests {
  @Test func areaUpToARateCountsPairs() throws {
    var random = RandomScores(seed: 31)
    for _ in 0..<200 {
      let scores = try random.scores(kind: .distinct)
      let (high, low) = Self.classes(scores)
      guard !high.isEmpty, !low.isEmpty else {
        #expect(try partialAUC(scores, .maxFPR(0.5)) == nil)
        continue
      }
      let all = Double(high.count * low.count)
      for count in 1...low.count {
        // The negatives that score most, and the positives above each.
        let pairs = low.prefix(count).reduce(0) { sum, negative in
          sum + high.count { $0 > negative }
        }
        let end = Double(count) / Double(low.count)
        let area = try #require(try partialAUC(scores, .maxFPR(end), standardized: false))
        #expect(abs(area - Double(pairs) / all) < 1e-12)
      }
      for count in 1...high.count {
        // The positives that score least, and the negatives below each.
        let pairs = high.suffix(count).reduce(0) { sum, positive in
          sum + low.count { $0 < positive }
        }
        let start = 1 - Double(count) / Double(high.count)
        let area = try #require(try partialAUC(scores, .minRecall(start), standardized: false))
        #expect(abs(area - Double(pairs) / all) < 1e-12)
      }
    }
  }

  /// Falling scores of positives and negatives.
  private static func classes(_ scores: Scores) -> (high: [Double], low: [Double]) {
    let rows = scores.values.indices.sorted { scores.values[$0] > scores.values[$1] }
    return (
      rows.filter { scores.labels[$0] }.map { scores.values[$0] },
      rows.filter { !scores.labels[$0] }.map { scores.values[$0] }
    )
  }

  /// `roc_auc_score(y, s, max_fpr=…, sample_weight=…)` of scikit-learn 1.9.1.
  @Test(arguments: [
    (0.05, 0.6709401709401709, 0.6719457013574661), (0.2, 0.683641975308642, 0.738562091503268),
    (0.5, 0.6851851851851852, 0.7594771241830065), (0.85, 0.6874111963626031, 0.7532721528509101),
    (1, 0.6944444444444444, 0.7568627450980392),
  ])
  func equalsScikitLearn(rate: Double, plain: Double, weighted: Double) throws {
    let values = [0.1, 0.4, 0.35, 0.8, 0.7, 0.7, 0.2, 0.55, 0.9, 0.35, 0.6, 0.15]
    let labels = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1].map { $0 == 1 }
    let weights = [1, 2, 1, 0.5, 1, 3, 1, 1, 2, 1, 1.5, 1]
    let one = try #require(try partialAUC(Scores(values: values, labels: labels), .maxFPR(rate)))
    #expect(abs(one - plain) < 1e-12)
    let rows = try Scores(values: values, labels: labels, weights: weights)
    let other = try #require(try partialAUC(rows, .maxFPR(rate)))
    #expect(abs(other - weighted) < 1e-12)
  }

  /// 0.5 is chance and 1 perfect, ties and weights or not; the whole curve is the whole area.
  @Test func standardisedAreas() throws {
    let perfect = try Scores(values: [1, 2, 3, 4], labels: [false, false, true, true])
    let chance = try Scores(values: [1, 1, 1, 1], labels: [false, false, true, true])
    for end in [0.1, 0.35, 0.5, 0.9] {
      for part in [PartOfROC.maxFPR(end), .minRecall(end)] {
        #expect(try partialAUC(perfect, part).map { abs($0 - 1) < 1e-12 } == true)
        #expect(try partialAUC(chance, part).map { abs($0 - 0.5) < 1e-12 } == true)
      }
    }
    var random = RandomScores(seed: 32)
    for kind in [ScoresKind.heavyTies, .infinite, .wholeWeights, .halfWeights] {
      let scores = try random.scores(kind: kind)
      let (whole, part) = (try auc(scores), try partialAUC(scores, .maxFPR(1)))
      #expect((whole == nil) == (part == nil))
      if let whole, let part { #expect(abs(whole - part) < 1e-12) }
    }
  }
}
