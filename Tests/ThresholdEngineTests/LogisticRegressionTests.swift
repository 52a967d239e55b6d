import Glibc
import JSONText
import Testing

@testable import ThresholdEngine

@Suite struct LogisticRegressionTests {
  /// The optima of scripts/fixtures/make_logreg.py.
  @Test func likeScikitLearn() throws {
    let problems = try #require(try ReferenceFile.json("logreg.json").array)
    #expect(problems.count >= 25)
    for problem in problems {
      let reference = try ReferenceProblem(problem)
      let model = try LogisticRegression.fit(
        reference.data, c: reference.c, classWeight: reference.classWeight,
        sampleWeights: reference.weights)
      let comment = Comment(rawValue: "\(problem["arguments"] ?? .null)")
      #expect(model.converged, comment)
      #expect(model.iterations < 30, comment)
      #expect(reference.distance(of: model) < 1e-8, comment)
    }
  }

  @Test func tutorialsModel() throws {
    let data = try Dataset.synthetic(rows: 10_000, majority: 0.99)
    let halves = try StratifiedSplit.trainTestSplit(labels: data.labels, testSize: 0.5)
    let model = try LogisticRegression.fit(data.subset(rows: halves.train))
    #expect(abs(model.coefficients[0] - -2.9924090377490344) < 1e-12)
    #expect(abs(model.coefficients[1] - 3.980556499958751) < 1e-12)
    #expect(abs(model.intercept - -6.346734107945775) < 1e-12)
    #expect(model.featureNames == ["x1", "x2"])
    #expect(model.findings == [])
  }

  @Test func weightsStandForRepeatedRows() throws {
    let data = try Dataset.synthetic(rows: 300, majority: 0.7, flip: 0.1)
    let counts = data.labels.indices.map { $0 % 4 }
    let repeated = data.labels.indices.flatMap { repeatElement($0, count: counts[$0]) }
    let weighted = try LogisticRegression.fit(data, sampleWeights: counts.map { Double($0) })
    let plain = try LogisticRegression.fit(data.subset(rows: repeated))
    #expect(greatestDifference(weighted, plain) < 1e-12)
  }

  @Test func balancedIsTheWeightsItStandsFor() throws {
    let data = try Dataset.synthetic(rows: 400, majority: 0.8, flip: 0.1)
    let negatives = Double(data.rows - data.positives)
    let positives = Double(data.positives)
    let balanced = try LogisticRegression.fit(data, classWeight: .balanced)
    let explicit = try LogisticRegression.fit(
      data,
      classWeight: .explicit(
        negative: Double(data.rows) / 2 / negatives, positive: Double(data.rows) / 2 / positives))
    #expect(greatestDifference(balanced, explicit) < 1e-13)
  }

  @Test func weightsAndCAreOneScale() throws {
    let data = try Dataset.synthetic(rows: 400, majority: 0.8, flip: 0.1)
    let plain = try LogisticRegression.fit(data, c: 0.5)
    for factor in [1e-200, 1e200] {
      let scaled = try LogisticRegression.fit(
        data, c: 0.5 / factor, sampleWeights: data.labels.map { _ in factor })
      #expect(greatestDifference(scaled, plain) < 1e-12)
    }
  }

  @Test func stopsWhenAsked() throws {
    let data = try Dataset.synthetic(rows: 50_000, majority: 0.8)
    var questions = 0
    #expect(throws: LogisticError.cancelled) {
      try LogisticRegression.fit(
        data,
        isCancelled: {
          questions += 1
          return questions > 2
        })
    }
    #expect(questions == 3)
  }

  @Test func reportsItsProgress() throws {
    let data = try Dataset.synthetic(rows: 500, majority: 0.8, flip: 0.1)
    var reported: [Double] = []
    _ = try LogisticRegression.fit(data, progress: { reported.append($0) })
    #expect(reported.count > 2)
    #expect(reported.allSatisfy { (0...1).contains($0) })
    #expect(reported == reported.sorted())
  }

  @Test(
    arguments: [
      (0, .equal, nil, .badC(0)), (-1, .equal, nil, .badC(-1)),
      (.infinity, .equal, nil, .badC(.infinity)),
      (1, .explicit(negative: 1, positive: -2), nil, .badClassWeight(-2)),
      (1, .explicit(negative: 0, positive: 1), nil, .zeroClassWeight(label: false)),
      (1, .explicit(negative: 1, positive: 0), nil, .zeroClassWeight(label: true)),
      (1, .equal, [1, 1], .unequalWeights(2, rows: 4)),
      (1, .equal, [1, 1, -1, 1], .badWeight(-1, row: 2)),
      (1, .equal, [1, 1, 1, .infinity], .badWeight(.infinity, row: 3)),
      (1, .equal, [0, 0, 0, 0], .noRows),
      (1, .balanced, [0, 1, 0, 1], .oneClass(true)),
      (1, .equal, [1, 0, 2, 0], .oneClass(false)),
      (1, .equal, [1e308, 1, 1e308, 1], .weightsOutOfScale),
      (1, .explicit(negative: 1e300, positive: 1), [1e300, 1, 1, 1], .weightsOutOfScale),
    ] as [(Double, LogisticRegression.ClassWeight, [Double]?, LogisticError)])
  func refuses(
    c: Double, classWeight: LogisticRegression.ClassWeight, weights: [Double]?,
    error: LogisticError
  ) throws {
    let data = try dataset([[1, 2, 3, 4]], [false, true, false, true])
    #expect(throws: error) {
      try LogisticRegression.fit(
        data, c: c, classWeight: classWeight, sampleWeights: weights)
    }
  }

  @Test func refusesRowsOfOneClassAndNoRows() throws {
    #expect(throws: LogisticError.oneClass(true)) {
      try LogisticRegression.fit(dataset([[1, 2]], [true, true]))
    }
    #expect(throws: LogisticError.noRows) { try LogisticRegression.fit(dataset([[]], [])) }
    #expect(throws: LogisticError.self) {
      try LogisticRegression.fit(dataset([[1, 2]], [true, false]), c: .nan)
    }
  }
}

func dataset(_ features: [[Double]], _ labels: [Bool]) throws -> Dataset {
  try Dataset(
    featureNames: features.indices.map { "x\($0 + 1)" }, features: features, labels: labels)
}

private func greatestDifference(_ left: LogisticModel, _ right: LogisticModel) -> Double {
  zip(left.coefficients + [left.intercept], right.coefficients + [right.intercept])
    .reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// One problem of the reference file, its data drawn again.
private struct ReferenceProblem {
  let data: Dataset
  let c: Double
  let classWeight: LogisticRegression.ClassWeight
  let weights: [Double]?
  let coefficients: [Double]
  let intercept: Double

  init(_ json: JSON) throws {
    let scales = try #require(json["scales"]?.numbers.compactMap { $0 })
    let shifts = try #require(json["shifts"]?.numbers.compactMap { $0 })
    let drawn = try Dataset.synthetic(json["arguments"])
    data = try Dataset(
      featureNames: drawn.featureNames,
      features: drawn.features.indices.map { column in
        drawn.features[column].map { $0 * scales[column] + shifts[column] }
      }, labels: drawn.labels)
    #expect(json["positives"]?.number == Double(data.positives))
    c = try #require(json["c"]?.number)
    weights =
      json["weighted"] == .bool(true) ? (0..<data.rows).map { Double($0 * 7 % 10) / 4 } : nil
    classWeight =
      switch json["class_weight"] {
      case .string: .balanced
      case .array(let pair):
        .explicit(
          negative: try #require(pair[0].number), positive: try #require(pair[1].number))
      default: .equal
      }
    coefficients = try #require(json["coefficients"]?.numbers.compactMap { $0 })
    intercept = try #require(json["intercept"]?.number)
  }

  /// The largest error of a coefficient, in parts of the largest, each by what its feature's spread
  /// makes of it; or that of the intercept.
  func distance(of model: LogisticModel) -> Double {
    let spreads = data.features.map { column in
      let mean = column.reduce(0, +) / Double(column.count)
      return (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count))
        .squareRoot()
    }
    let effects = zip(coefficients, spreads).map { abs($0 * $1) }
    let errors = zip(zip(model.coefficients, coefficients), spreads).map {
      abs(($0.0 - $0.1) * $1)
    }
    let largest = effects.max() ?? 0
    let ofIntercept = abs(model.intercept - intercept) / max(abs(intercept), 1)
    return max((errors.max() ?? .infinity) / largest, ofIntercept)
  }
}
