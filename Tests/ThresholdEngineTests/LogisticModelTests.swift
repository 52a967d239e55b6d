import Glibc
import Testing

@testable import ThresholdEngine

@Suite struct LogisticModelTests {
  @Test func probabilitiesAreTheLogisticOfTheSums() throws {
    let model = LogisticModel(featureNames: ["a", "b"], coefficients: [2, -1], intercept: 0.5)
    let data = try dataset([[0, 1, -400], [0.5, 0, 1]], [true, false, true])
    #expect(try model.decision(of: data) == [0, 2.5, -800.5])
    let probabilities = try model.probabilities(of: data)
    // scipy.special.expit(2.5)
    #expect(abs(probabilities[1] - 0.9241418199787566) <= 0.9241418199787566.ulp)
    #expect(probabilities[0] == 0.5)
    #expect(probabilities[2] == 0)
  }

  @Test func refusesAnotherNumberOfFeatures() throws {
    let model = LogisticModel(featureNames: ["a"], coefficients: [2], intercept: 0)
    let data = try dataset([[1], [2]], [true])
    #expect(throws: LogisticError.unequalFeatures(found: 2, expected: 1)) {
      try model.probabilities(of: data)
    }
  }

  @Test func exponentialIsWithinAnUlp() {
    var random = RandomState(seed: 3)
    var worst = 0.0
    for _ in 0..<20_000 {
      let x = -exp(random.double() * 14 - 7.3)
      let truth = expl(Float80(x))
      let found = exponential(x)
      worst = max(worst, Double(abs(Float80(found) - truth) / Float80(Double(truth).ulp)))
    }
    #expect(worst < 1.05)
    #expect(exponential(0) == 1)
    #expect(exponential(-.infinity) == 0)
    #expect(exponential(-745) == .leastNonzeroMagnitude)
    #expect(exponential(-746) == 0)
  }

  @Test func logisticKeepsBothTails() {
    #expect(logistic(0) == 0.5)
    #expect(logistic(40) == 1)
    #expect(logistic(-.infinity) == 0)
    #expect(logistic(.infinity) == 1)
    #expect(abs(logistic(-700) / exp(-700) - 1) < 1e-15)
    for x in stride(from: -30, through: 30, by: 0.37) {
      let truth = 1 / (1 + expl(-Float80(x)))
      #expect(abs(Float80(logistic(x)) - truth) < 2 * Float80(Double(truth).ulp))
    }
  }
}
