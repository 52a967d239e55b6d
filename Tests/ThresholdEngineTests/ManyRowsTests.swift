import ParallelWork
import Testing

@testable import ThresholdEngine

/// Rows so many that several threads sort them: the order is that of a plain sort.
@Suite struct ManyRowsTests {
  enum Kind: CaseIterable { case distinct, bothSigns, heavyTies, oneValue, fewBelow, infinite }

  @Test(arguments: zip(Kind.allCases, [false, true, true, false, true, false]))
  func areCountedAsAPlainSortWould(kind: Kind, isWeighted: Bool) throws {
    var random = RandomScores(seed: 17)
    let rows = 66_000
    let values = (0..<rows).map { row -> Double in
      let unit = Double.random(in: 0...1, using: &random.generator)
      return switch kind {
      case .distinct: unit
      case .bothSigns: unit - 0.5
      case .heavyTies: (unit * 40).rounded() / 8 - 1
      case .oneValue: 0.25
      case .fewBelow: row % 10_000 == 0 ? -unit : unit * 1e300
      case .infinite: [unit, -.infinity, .infinity, -0.0, 0][row % 5]
      }
    }
    let labels = (0..<rows).map { _ in Bool.random(using: &random.generator) }
    let weights = isWeighted ? (0..<rows).map { Double($0 % 4) / 2 } : nil
    let sweep = try Sweep(Scores(values: values, labels: labels, weights: weights))
    var counts: [Double: SIMD2<Double>] = [:]
    for row in 0..<rows {
      let weight = weights?[row] ?? 1
      if weight == 0 { continue }
      counts[values[row] + 0, default: .zero] += labels[row] ? [weight, 0] : [0, weight]
    }
    let thresholds = Array(counts.keys.sorted().reversed())
    var sum = SIMD2<Double>.zero
    let sums = thresholds.map { threshold in
      sum += counts[threshold] ?? .zero
      return sum
    }
    #expect(sweep.thresholds == thresholds)
    #expect(sweep.truePositives == sums.map { $0[0] })
    #expect(sweep.falsePositives == sums.map { $0[1] })
  }

  @Test func sortingStopsWhenAsked() throws {
    let values = (0..<80_000).map { Double($0 * 7_919 % 80_021) }
    let scores = try Scores(values: values, labels: values.map { $0 > 9 })
    var questions = 0
    #expect(throws: Cancelled.self) {
      _ = try Sweep(scores) {
        questions += 1
        return questions > 3
      }
    }
    // What was not finished is not remembered.
    #expect(try Sweep(scores).count == 80_000)
  }
}
