import ThresholdEngine

/// Rows that break things: ties, weights, infinities, single classes.
enum ScoresKind: CaseIterable {
  case heavyTies, distinct, allEqual, infinite, negative, onlyPositives, onlyNegatives, oneRow
  case wholeWeights, halfWeights
  /// Weights such as 0.1, whose sums in Double depend on their order; the twin avoids them.
  case roundedWeights

  static let allCases: [ScoresKind] = [
    .heavyTies, .distinct, .allEqual, .infinite, .negative, .onlyPositives, .onlyNegatives,
    .oneRow, .wholeWeights, .halfWeights,
  ]
}

/// Seeded draws, the same in every run.
struct RandomScores {
  var generator: Generator

  init(seed: UInt64) { generator = Generator(state: seed) }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &generator)]
  }

  mutating func scores(kind: ScoresKind) throws -> Scores {
    let rows = kind == .oneRow ? 1 : Int.random(in: 2...24, using: &generator)
    let values = (0..<rows).map { _ in value(kind) }
    let labels = (0..<rows).map { _ in
      switch kind {
      case .onlyPositives: true
      case .onlyNegatives: false
      default: Double.random(in: 0...1, using: &generator) < 0.4
      }
    }
    return try Scores(values: values, labels: labels, weights: weights(kind, rows))
  }

  private mutating func value(_ kind: ScoresKind) -> Double {
    let level = Int.random(in: 0...5, using: &generator)
    switch kind {
    case .distinct: return Double.random(in: 0...1, using: &generator)
    case .allEqual: return 0.25
    case .infinite: return [-.infinity, -0.5, 0, 0.5, 1, .infinity][level]
    case .negative: return [-0.75, -0.5, -0.0, 0.0, .leastNonzeroMagnitude, 0.5][level]
    default: return Double(level) / 5
    }
  }

  private mutating func weights(_ kind: ScoresKind, _ rows: Int) -> [Double]? {
    let choices: [Double]
    switch kind {
    case .wholeWeights: choices = [0, 1, 2, 3]
    case .halfWeights: choices = [0, 0.5, 1.25, 8]
    case .roundedWeights: choices = [0, 0.1, 0.2, 0.3, 0.7, 1e-9]
    default: return nil
    }
    return [choices[1]] + (1..<rows).map { _ in pick(choices) }
  }
}
