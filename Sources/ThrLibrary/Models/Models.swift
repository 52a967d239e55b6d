import ParallelWork
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let logreg = Builtin(
    "logreg", .models, "Fits an L2-regularised logistic regression.",
    documentation: """
      Minimises scikit-learn's objective, ½‖w‖² + c · Σ log-loss with a free intercept, on the
      unscaled features, to full convergence; scikit-learn's default solver stops earlier, which
      can change thresholds in the third digit.
      """,
    example: "logreg(synth(1000, 0.9, flip=0.02).train).coefficients",
    foreignNames: ["LogisticRegression", "logistic_regression", "glm"],
    Form(
      Parameter<DatasetRows>("data", use: .fits, "Training rows, to fit the model on."),
      Parameter(
        "c", in: 0...(.infinity), excludingLowerBound: true, default: 1.0,
        "Inverse regularisation strength: a larger `c` fits the rows more closely."),
      Parameter<ClassWeightArgument?>(
        "class_weight", words: ["balanced"],
        "Class weights: \"balanced\", or a record such as {negative: 1, positive: 20}."),
      Parameter<Numbers?>("weight", unit: "rows", "Weight of each row: 2 counts as two rows.")
    ) { context, data, c, classWeight, weight in
      let classWeight = try classWeight?.content() ?? .equal
      let model = try LogisticError.explained(by: CallError.init) { () throws(LogisticError) in
        try LogisticRegression.fit(
          data.content, c: c, classWeight: classWeight,
          sampleWeights: data.sampleWeights(weight?.values), isCancelled: context.isCancelled
        ) { context.progress(Progress("fitting", fraction: $0)) }
      }
      for finding in model.findings { context.warn(.about(finding)) }
      let fitted = data.provenance.map { PastUse(.fits, of: $0) }
      return FittedModel(model, history: [fitted].compactMap { $0 })
    })

  static let predict = Builtin(
    "predict", .models, "The model's scores for labelled rows.",
    documentation: "The same as `scores(model, rows)`.",
    example: "data = synth(1000, 0.9, flip=0.02); predict(logreg(data.train), data.val).rows",
    foreignNames: ["predict_proba", "decision_function"],
    Form(.model, .rows(nil), rows: .all(of: "rows")) { _, model, rows in
      try model.scores(of: rows)
    })
}

extension Builtin {
  /// `logreg` called outside the evaluator, with the options of a grid.
  static func logisticRegression(
    _ rows: DatasetRows, _ options: Record, _ context: CallContext
  ) throws -> FittedModel {
    let parameters = logreg.signature.forms[0].parameters
    var arguments = [Argument?](repeating: nil, count: parameters.count)
    arguments[0] = .value(rows.value)
    for option in options.fields {
      guard let place = parameters.firstIndex(where: { $0.name == option.name }), place > 0 else {
        throw CallError(
          .unknownArgument, "unknown argument `\(option.name)` of `logreg`",
          remedy: "it takes "
            + parameters.dropFirst().map { "`\($0.name)`" }
            .joined(separator: ", "), parameter: "grid")
      }
      arguments[place] = .value(option.value)
    }
    let value: Value
    do {
      value = try logreg.call(form: 0, arguments, in: context)
    } catch let error as CallError {
      throw CallError(error.kind, error.message, remedy: error.remedy, parameter: "grid")
    }
    guard let model = FittedModel(value) else { throw CallError(.typeMismatch, "no model") }
    return model
  }
}

extension DatasetRows {
  /// What rows count in a fit: their own weights times the given ones.
  fileprivate func sampleWeights(_ given: [Double]?) -> [Double]? {
    guard let own = weighting?.weights else { return given }
    guard let given else { return own }
    // A wrong number of weights is for the fit to report.
    return given.count == own.count ? zip(own, given).map { $0 * $1 } : given
  }
}

extension Parameter<FittedModel> {
  static var model: Self { Parameter("model", "The model.") }
}

extension Parameter<DatasetRows> {
  static func rows(_ use: RowsUse?) -> Self {
    Parameter("rows", use: use, "The rows, with the features that the model needs.")
  }
}

/// Weights of the two classes.
struct ClassWeightArgument: ValueConvertible {
  /// `nil` where a record lacks one of its two fields or has others.
  private let stated: LogisticRegression.ClassWeight?

  func content() throws(CallError) -> LogisticRegression.ClassWeight {
    guard let stated else { throw .unknownClassWeight }
    return stated
  }

  static var valueType: ValueType { .either(.text, .record([])) }

  init?(_ value: Value) {
    switch value {
    case .text("balanced"): stated = .balanced
    case .record(let record):
      if case .number(let negative)? = record["negative"],
        case .number(let positive)? = record["positive"], record.fields.count == 2
      {
        stated = .explicit(negative: negative, positive: positive)
      } else {
        stated = nil
      }
    default: return nil
    }
  }

  var value: Value {
    guard case .explicit(let negative, let positive) = stated else { return .text("balanced") }
    return .record(
      Record([.init("negative", .number(negative)), .init("positive", .number(positive))]))
  }
}

extension CallError {
  fileprivate static let unknownClassWeight = CallError(
    .unsuitableArgument, "class weights must be numbers in the fields `negative` and `positive`",
    remedy: "write `class_weight={negative: 1, positive: 20}`", parameter: "class_weight")
}

extension CallError {
  fileprivate init(_ error: LogisticError) {
    self.init(.unsuitableArgument, error.description, parameter: error.parameter)
  }
}

extension LogisticError {
  /// The parameter to blame.
  fileprivate var parameter: String? {
    switch self {
    case .badC: "c"
    case .badClassWeight, .zeroClassWeight: "class_weight"
    case .unequalWeights, .badWeight, .weightsOutOfScale: "weight"
    default: "data"
    }
  }
}

extension Warning {
  /// The first few names, and how many more there are.
  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }

  fileprivate static func about(_ finding: LogisticFinding) -> Warning {
    switch finding {
    case .constantFeature(let name):
      Warning(.fitFinding, "the feature `\(name)` has only one value, so it has no effect")
    case .collinear(let name, let others):
      Warning(
        .fitFinding,
        "the feature `\(name)` is a linear combination of "
          + listed(others) + "; "
          + "only the penalty determines their coefficients",
        remedy: "remove one of them with `features=` before you interpret the coefficients")
    case .separable:
      Warning(
        .fitFinding,
        "the model separates the classes without a mistake on these rows; only the penalty "
          + "keeps the coefficients finite",
        remedy: "check for a feature that contains the answer")
    case .notConverged:
      Warning(.fitFinding, "the optimum was not reached", remedy: "try a smaller `c`")
    }
  }
}

extension Diagnostic.Kind {
  /// Something about the data that a fitted model's reader should know.
  public static let fitFinding = Diagnostic.Kind(
    "W0624", "fit-finding", .warning,
    explanation: .init(
      """
      The fit has a problem: a feature that has the same value in every row, or that \
      follows exactly from other features, classes that are separated perfectly, or an optimum that was not reached.
      """,
      wrong: """
        # rows.csv holds: a,b,y / 1,5,0 / 2,5,1 / 3,5,0 / 4,5,1
        logreg(dataset(read("rows.csv"), target="y"))
        """,
      right: """
        # rows.csv holds: a,b,y / 1,5,0 / 2,6,1 / 3,5,0 / 4,7,1 / 5,5,1 / 6,8,0
        logreg(dataset(read("rows.csv"), target="y"))
        """))
}
