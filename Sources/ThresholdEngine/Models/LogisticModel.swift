import NumberText
public import ParallelWork

/// A logistic regression that has been fitted: p = 1 / (1 + exp(-(w · x + b))).
public struct LogisticModel: Hashable, Sendable {
  /// The names of the features, in the order of the coefficients.
  public let featureNames: [String]
  /// One a feature, on the features as given.
  public let coefficients: [Double]
  public let intercept: Double
  /// Newton steps taken on all rows.
  public let iterations: Int
  /// Whether the optimum was reached, to rounding.
  public let converged: Bool
  /// Findings about the data that make the fit doubtful.
  public let findings: [LogisticFinding]

  /// A model of known coefficients, one a name.
  public init(
    featureNames: [String], coefficients: [Double], intercept: Double, iterations: Int = 0,
    converged: Bool = true, findings: [LogisticFinding] = []
  ) {
    self.featureNames = featureNames
    self.coefficients = coefficients
    self.intercept = intercept
    self.iterations = iterations
    self.converged = converged
    self.findings = findings
  }

  /// The probability of being positive of each row, with the same bits on every machine.
  ///
  /// Features are taken by position, regardless of their names.
  ///
  /// - Throws: `LogisticError.unequalFeatures` unless there are as many as coefficients.
  /// - Complexity: O(rows · features).
  public func probabilities(of data: Dataset) throws(LogisticError) -> [Double] {
    var result = try decision(of: data)
    for row in result.indices { result[row] = logistic(result[row]) }
    return result
  }

  /// The linear predictor w · x + b of each row, the log-odds of its probability.
  ///
  /// Products are added in the order of the features, each sum rounded, and the intercept last.
  ///
  /// - Throws: `LogisticError.unequalFeatures` unless there are as many as coefficients.
  public func decision(of data: Dataset) throws(LogisticError) -> [Double] {
    guard data.features.count == coefficients.count else {
      throw .unequalFeatures(found: data.features.count, expected: coefficients.count)
    }
    var result = [Double](repeating: 0, count: data.rows)
    result.withUnsafeMutableBufferPointer { result in
      for (coefficient, column) in zip(coefficients, data.features) {
        column.withUnsafeBufferPointer { column in
          for row in result.indices { result[row] += coefficient * column[row] }
        }
      }
      for row in result.indices { result[row] += intercept }
    }
    return result
  }
}

/// Something about the data that a fitted model's reader should know.
public enum LogisticFinding: Hashable, Sendable {
  /// The feature has one value only, and gets the coefficient 0.
  case constantFeature(String)
  /// The feature is a sum of multiples of the others, so that only the penalty shares out their
  /// coefficients.
  case collinear(String, with: [String])
  /// A threshold on the fitted probability separates the classes without a mistake, so that only
  /// the penalty keeps the coefficients finite.
  case separable
  /// The optimum was not reached.
  case notConverged
}

/// Why a logistic regression cannot be fitted or applied; rows count from 0.
public enum LogisticError: CancellableError, Hashable, Sendable {
  case noRows
  /// All rows that weigh anything have this label.
  case oneClass(Bool)
  case badC(Double)
  case badClassWeight(Double)
  /// The weight of a class is 0, which leaves only rows of the other.
  case zeroClassWeight(label: Bool)
  case unequalWeights(Int, rows: Int)
  /// A weight that is negative, infinite or not a number.
  case badWeight(Double, row: Int)
  /// Weights whose products leave the range of a Double.
  case weightsOutOfScale
  case tooManyFeatures(Int, limit: Int)
  case unequalFeatures(found: Int, expected: Int)
  case cancelled
}

extension LogisticError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noRows: "there are no rows to fit on: the data are empty, or all weights are 0"
    case .oneClass(let label):
      "all rows are \(label ? "positive" : "negative"); fitting needs rows of both classes"
    case .badC(let c): "c must be a finite number above 0, not \(c)"
    case .zeroClassWeight(let label):
      "the class weight of \(label ? "positive" : "negative") rows is 0; fitting needs rows of "
        + "both classes"
    case .badClassWeight(let weight):
      "a class weight must be a finite number of at least 0, not \(weight.shortestText)"
    case .unequalWeights(let weights, let rows):
      "\(weights) weight\(weights == 1 ? "" : "s") for \(rows) row\(rows == 1 ? "" : "s")"
    case .badWeight(let weight, let row):
      "a weight must be a finite number of at least 0; that of row [\(row)] is "
        + weight.shortestText
    case .weightsOutOfScale: "the weights are too large: their products overflow"
    case .tooManyFeatures(let features, let limit):
      "\(features) features are too many for this method; \(limit) is the limit"
    case .unequalFeatures(let found, let expected):
      "the model has \(expected) features, but these rows have \(found)"
    case .cancelled: "cancelled"
    }
  }
}
