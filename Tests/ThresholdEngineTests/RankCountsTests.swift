import Testing
import ThresholdEngine

/// Areas found by sorting one class, against their definitions.
@Suite struct RankCountsTests {
  private struct Rows {
    var values: [Double] = []
    var labels: [Bool] = []

    /// More rows than the search for ranks starts at.
    init(seed: UInt64, share: Double, decimals: Double, offset: Double) {
      var generator = RandomScores.Generator(state: seed)
      for _ in 0..<66_000 {
        let label = Double.random(in: 0..<1, using: &generator) < share
        let draw = Double.random(in: 0...0.7, using: &generator) + (label ? 0.3 : 0) + offset
        labels.append(label)
        values.append((draw * decimals).rounded() / decimals)
      }
    }

    /// Positives and negatives at each distinct score, the highest first.
    var steps: [(positives: Double, negatives: Double)] {
      var counts: [Double: (Double, Double)] = [:]
      for (value, label) in zip(values, labels) {
        if label {
          counts[value, default: (0, 0)].0 += 1
        } else {
          counts[value, default: (0, 0)].1 += 1
        }
      }
      return counts.sorted { $0.key > $1.key }.map { ($0.value.0, $0.value.1) }
    }

    /// The share of pairs that the positive wins, ties counted half: whole numbers, divided once.
    var area: Double {
      var (twice, positives, negatives) = (0.0, 0.0, 0.0)
      for step in steps {
        twice += step.negatives * (2 * positives + step.positives)
        (positives, negatives) = (positives + step.positives, negatives + step.negatives)
      }
      return twice / (2 * positives * negatives)
    }

    var averagePrecision: Double {
      var (sum, positives, negatives) = (0.0, 0.0, 0.0)
      for step in steps {
        (positives, negatives) = (positives + step.positives, negatives + step.negatives)
        sum += step.positives * (positives / (positives + negatives))
      }
      return sum / positives
    }
  }

  @Test(arguments: [
    (0.02, 1e12, 0), (0.3, 1e3, 0), (0.97, 1e12, -0.5), (0.8, 1e2, -3), (0.01, 1, 0),
  ])
  func areasFollowTheirDefinitions(share: Double, decimals: Double, offset: Double) throws {
    let rows = Rows(seed: 3, share: share, decimals: decimals, offset: offset)
    let scores = try Scores(values: rows.values, labels: rows.labels)
    #expect(try auc(scores) == rows.area)
    let precision = try #require(try averagePrecision(scores))
    #expect(abs(precision - rows.averagePrecision) < 1e-12)
    // Sorted once, all rows are looked at.
    let sweep = try Sweep(scores)
    #expect(sweep.areaUnderROC == rows.area)
    #expect(sweep.averagePrecision == precision)
  }
}
