import NumberText
public import ThrModel
public import ThresholdEngine

/// A model with the rows that it was fitted on.
public struct FittedModel: RemembersRows {
  public static let typeName: ObjectType.Name = "model"

  public let content: LogisticModel
  public let history: [PastUse]
  public var provenance: Provenance? { nil }

  init(_ content: LogisticModel, history: [PastUse]) {
    self.content = content
    self.history = history
  }

  /// The probabilities of rows, whose features are matched by name.
  func scores(of rows: DatasetRows) throws(CallError) -> ScoredRows {
    let values = try probabilities(of: rows.content)
    return ScoredRows(
      try Scores(
        checking: values, labels: rows.content.labels,
        weights: rows.weighting?.weights),
      provenance: rows.provenance, history: history)
  }

  func probabilities(of data: Dataset) throws(CallError) -> [Double] {
    let ordered = try data.ordered(like: content.featureNames)
    do throws(LogisticError) {
      return try content.probabilities(of: ordered)
    } catch {
      throw CallError(.unsuitableArgument, error.description, parameter: "rows")
    }
  }
}

extension Dataset {
  /// The features that a model asks for, in its order.
  fileprivate func ordered(like names: [String]) throws(CallError) -> Dataset {
    if featureNames == names { return self }
    var columns: [[Double]] = []
    for name in names {
      guard let position = featureNames.firstIndex(of: name) else {
        throw CallError(
          .unsuitableArgument,
          "the model needs the feature `\(name)`, which these rows do not have",
          remedy: "they have \(featureNames.map { "`\($0)`" }.joined(separator: ", "))",
          parameter: "rows")
      }
      columns.append(features[position])
    }
    do throws(DatasetError) {
      return try Dataset(featureNames: names, features: columns, labels: labels)
    } catch {
      throw CallError(.unsuitableArgument, error.description, parameter: "rows")
    }
  }
}

extension ObjectType {
  static let model = ObjectType(
    FittedModel.self, "A fitted model, which computes scores.",
    members: [
      MemberOf("kind", column: true, "The kind of model.") { _ in "logistic regression" },
      MemberOf("features", "The names of the features, in order.") { $0.content.featureNames },
      MemberOf("coefficients", "The coefficient of each feature, in order.") {
        $0.content.coefficients
      },
      MemberOf(
        "intercept", column: true, "The intercept: the linear predictor when all features are 0."
      ) {
        $0.content.intercept
      },
      MemberOf("iterations", .count, column: true, "Number of iterations of the solver.") {
        $0.content.iterations
      },
      MemberOf("converged", column: true, "Whether the solver reached the optimum.") {
        $0.content.converged
      },
    ],
    hint: { "\(counted($0.content.featureNames.count, "feature")), logistic regression" },
    line: { "logistic regression on \(counted($0.content.featureNames.count, "feature"))" },
    text: { model in
      let terms = zip(model.content.featureNames, model.content.coefficients).prefix(24).map {
        ($0.onOneLine, $1.significantText(digits: 6))
      }
      let hidden = model.content.featureNames.count - terms.count
      return AlignedLines(
        [
          ("model", "logistic regression, \(counted(model.content.iterations, "step"))"),
          ("intercept", model.content.intercept.significantText(digits: 6)),
        ] + terms.map { .some($0) } + [hidden > 0 ? ("…", "\(hidden) more") : nil]
      ).text
    })
}
