import Testing

@testable import ThresholdEngine

@Suite struct GridPointsTests {
  /// Steps as people write them; the truth is the text of each decimal, read once.
  @Test(arguments: [("0.001", 3), ("0.05", 2), ("0.3", 1), ("0.0007", 4), ("0.125", 3)])
  func pointsAreTheNearestDoubles(step: String, digits: Int) throws {
    let grid = try GridPoints(from: 0, to: 1, step: #require(Double(step)))
    let units = try #require(Int(step.dropFirst(2)))
    #expect(grid.points.count == (Self.power(10, digits) + units - 1) / units)
    for (index, point) in grid.points.enumerated() {
      #expect(point == Double("\(index * units)e-\(digits)"))
    }
  }

  @Test func otherRanges() throws {
    let points = try GridPoints(from: -0.3, to: 0.3, step: 0.1).points
    #expect(points == [-0.3, -0.2, -0.1, 0, 0.1, 0.2])
    #expect(try GridPoints(from: 1e22, to: 3e22, step: 1e22).points == [1e22, 2e22])
    let least = Double.leastNonzeroMagnitude
    #expect(try GridPoints(from: 0, to: 3 * least, step: least).points.count == 3)
    // The shortest decimal of this step has 17 digits.
    let odd = try GridPoints(from: 0, to: 1, step: 0.1 + 0.2).points
    #expect(odd == [0, 0.30000000000000004, 0.6000000000000001, 0.9000000000000001])
    #expect(try GridPoints(from: 0, to: 1, step: 3).points == [0])
  }

  @Test func tenMillionPointsAreTheLimit() throws {
    #expect(throws: TuningError.self) { try GridPoints(from: 0, to: 10_000_001, step: 1) }
    #expect(throws: TuningError.self) { try GridPoints(from: -1e308, to: 1e308, step: 1e-300) }
    #expect(throws: TuningError.badStep(.infinity)) {
      try GridPoints(from: 0, to: 1, step: .infinity)
    }
  }

  /// Scores on the points and an ulp beside them fall on the right side.
  @Test(arguments: [0.001, 0.1, 0.0007])
  func countsToTheUlp(step: Double) throws {
    let grid = try GridPoints(from: 0, to: 1, step: step)
    let points = Array(grid.points)
    #expect(counts(points, grid) == Array(1...points.count))
    #expect(counts(points.map(\.nextDown), grid) == Array(0..<points.count))
    #expect(counts(points.map(\.nextUp), grid) == Array(1...points.count))
    #expect(counts([.infinity, -.infinity], grid) == [points.count, 0])
  }

  /// So far from 0 that neighbouring points round to the same Double.
  @Test func countsWherePointsCoincide() throws {
    let grid = try GridPoints(from: 1e16, to: 1e16 + 100, step: 0.5)
    let scores = [1e16 - 2, 1e16, 1e16 + 2, 1e16 + 50, 1e17]
    #expect(
      counts(scores, grid) == scores.map { score in grid.points.count { $0 <= score } })
  }

  private func counts(_ scores: [Double], _ grid: GridPoints) -> [Int] {
    var counts: [Int] = []
    scores.withUnsafeBufferPointer { grid.forEach($0) { counts.append($1) } }
    return counts
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
