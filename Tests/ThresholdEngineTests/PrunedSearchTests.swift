import Testing
import ThresholdEngine

/// The search without sorting against the sorted sweep, its oracle, on many rows.
@Suite struct PrunedSearchTests {
  private static let rows = 33_000

  private typealias Draw = @Sendable (inout RandomScores.Generator, Bool) -> Double

  private static let shapes: [(String, Draw)] = [
    ("distinct", { .random(in: 0...0.7, using: &$0) + ($1 ? 0.3 : 0) }),
    ("three decimals", { (.random(in: 0...700, using: &$0).rounded() + ($1 ? 300 : 0)) / 1000 }),
    ("a narrow window", { 0.5 + (.random(in: 0...0.7, using: &$0) + ($1 ? 0.3 : 0)) * 1e-6 }),
    ("skewed to zero", { .random(in: 0...1, using: &$0) * ($1 ? 0.5 : 1e-9) }),
    ("no signal", { generator, _ in .random(in: 0...1, using: &generator) }),
    ("either sign", { .random(in: -2...2, using: &$0) + ($1 ? 1 : -1) }),
    ("all equal", { _, _ in 0.25 }),
    ("infinite", { $1 ? .infinity : Bool.random(using: &$0) ? -.infinity : -0.0 }),
  ]

  private static let metrics: [Metric] =
    Metric.named.filter { $0.direction != nil }.map { Metric($0) } + [
      .fBeta(2), .cost(fp: 1, fn: 20), .cost(fp: 1, fn: 20, tp: 40), .netBenefit(0.2),
      40 * .tp - 5 * .fp - 100 * .fn,
    ]

  @Test(arguments: shapes.map(\.0))
  func choosesAsTheSweep(shape: String) throws {
    let draw = try #require(Self.shapes.first { $0.0 == shape }?.1)
    var generator = RandomScores.Generator(state: 1)
    let labels = (0..<Self.rows).map { _ in Double.random(in: 0..<1, using: &generator) < 0.02 }
    let values = labels.map { draw(&generator, $0) }
    let scores = try Scores(values: values, labels: labels)
    let sweep = try Sweep(scores)
    for (number, metric) in Self.metrics.enumerated() {
      let ties: Ties = number % 2 == 0 ? .highest : .lowest
      // Undefined at every threshold, as all ratios are where all scores are equal.
      guard let best = sweep.best(metric, goal: metric.direction, ties: ties) else { continue }
      let found = try tune(scores, metric, goal: metric.direction, ties: ties)
      guard case .threshold(let threshold) = found.outcome else { continue }
      #expect(threshold == sweep.thresholds[best], "\(metric) \(ties)")
      #expect(found.confusion == sweep.confusion(at: best), "\(metric) \(ties)")
      let next = best + 1 < sweep.count ? sweep.thresholds[best + 1] : nil
      #expect(found.plateau.lower == next && found.plateau.upper == threshold)
    }
  }
}
