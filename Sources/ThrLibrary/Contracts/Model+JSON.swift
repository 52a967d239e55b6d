import JSONText
import ThresholdEngine

// A model in the file of a contract: what computes the same probabilities, bit for bit.

extension LogisticModel {
  private static let kind = "logistic regression"

  var json: JSON {
    [
      "kind": .string(Self.kind), "features": .array(featureNames.map(JSON.string)),
      "coefficients": .array(coefficients.map(JSON.exact)), "intercept": .exact(intercept),
      "iterations": .number(Double(iterations)), "converged": .bool(converged),
    ]
  }

  init(json: JSON) throws(ContractFault) {
    let reader = try ContractReader(
      json, "`model`",
      keys: ["kind", "features", "coefficients", "intercept", "iterations", "converged"])
    _ = try reader.text("kind", among: [Self.kind])
    let features = try reader.texts("features")
    let coefficients = try reader.numbers("coefficients")
    guard coefficients.count == features.count else {
      throw reader.fault("coefficients", "one for each feature")
    }
    guard Set(features).count == features.count else {
      throw reader.fault("features", "names that differ")
    }
    self.init(
      featureNames: features, coefficients: coefficients,
      intercept: try reader.number("intercept"), iterations: try reader.count("iterations"),
      converged: try reader.boolean("converged"))
  }
}
