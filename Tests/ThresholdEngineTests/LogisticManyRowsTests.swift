import Glibc
import Testing

@testable import ThresholdEngine

/// Fits of enough rows that a sample is fitted first, and threads share the rows.
@Suite struct LogisticManyRowsTests {
  private let data: Dataset

  init() throws {
    let rows = 140_000
    // Fractions of multiples of square roots: as good as random, and quickly made.
    let features = [2.0, 3, 5, 7, 11, 13, 17, 19].map { prime in
      let step = prime.squareRoot()
      return (0..<rows).map { row -> Double in
        let turns = Double(row) * step
        return (turns - turns.rounded(.down)) * prime
      }
    }
    let labels = (0..<rows).map { row -> Bool in
      let predictor = features[0][row] - 0.3 * features[2][row] - 0.1 * features[5][row]
      let turns = Double(row) * 0.6180339887498949
      return turns - turns.rounded(.down) < 1 / (1 + exp(-predictor))
    }
    data = try dataset(features, labels)
  }

  /// Where the gradient is 0, a convex objective is least.
  @Test func gradientVanishes() throws {
    let model = try LogisticRegression.fit(data, threads: 2)
    #expect(model.converged)
    #expect(model.findings == [])
    #expect(model.iterations <= 5)
    let misses = zip(try model.decision(of: data), data.labels).map {
      1 / (1 + exp(-$0)) - ($1 ? 1 : 0)
    }
    #expect(abs(mean(misses)) < 1e-13)
    for (column, coefficient) in zip(data.features, model.coefficients) {
      let slope = mean(zip(misses, column).map { $0 * $1 }) + coefficient / Double(data.rows)
      #expect(abs(slope) < 1e-12)
    }
  }

  @Test func sameBitsOnAnyNumberOfThreads() throws {
    let one = try LogisticRegression.fit(data, threads: 1)
    for threads in [2, 5] {
      #expect(try LogisticRegression.fit(data, threads: threads) == one)
    }
  }

  @Test func stopsWhenAsked() throws {
    var questions = 0
    #expect(throws: LogisticError.cancelled) {
      try LogisticRegression.fit(
        data, threads: 2,
        isCancelled: {
          questions += 1
          return questions > 40
        })
    }
    #expect(questions > 40)
  }

  /// A mean without the rounding errors of a long sum (Neumaier 1974).
  private func mean(_ values: [Double]) -> Double {
    var (sum, rest) = (0.0, 0.0)
    for value in values {
      let next = sum + value
      rest += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    return (sum + rest) / Double(values.count)
  }
}
