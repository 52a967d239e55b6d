import ParallelWork
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let roc = Builtin(
    "roc", .curves, "ROC curve: recall against the false positive rate, at every threshold.",
    documentation: """
      From (0, 0), where nothing is flagged, to (1, 1). No point is dropped. The area is the AUC:
      the probability that a positive scores above a negative, with ties counted half (Mann and
      Whitney).
      """,
    example: "roc(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])).area",
    forms: curves { scores, isCancelled throws(CurveError) in
      try Curve.roc(scores, isCancelled: isCancelled)
    })

  static let pr = Builtin(
    "pr", .curves, "Precision-recall curve: precision against recall, at every threshold.",
    documentation: """
      There is no point for flagging nothing, where precision is undefined. The area is the average
      precision, the sum over steps, without interpolation.
      """,
    example: "pr(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])).area",
    foreignNames: ["precision_recall_curve", "prc"],
    forms: curves { scores, isCancelled throws(CurveError) in
      try Curve.precisionRecall(scores, isCancelled: isCancelled)
    })

  static let det = Builtin(
    "det", .curves,
    "Detection error trade-off: false negative rate against false positive rate.",
    documentation: """
      From (0, 1), where nothing is flagged, to (1, 0); scikit-learn drops the points at the ends
      where one of the two rates does not change. It has no area.
      """,
    example: "det(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])).points",
    forms: curves { scores, isCancelled throws(CurveError) in
      try Curve.det(scores, isCancelled: isCancelled)
    })

  static let auc = Builtin(
    "auc", .curves, "The area under the ROC curve; undefined where a class has no rows.",
    documentation: """
      The probability that a positive scores above a negative, with ties counted half (Mann and
      Whitney).

      With `max_fpr=` or `min_recall=` only the part of the curve up to that false positive rate, or
      from that recall on. Such an area is standardised so that 0.5 is chance and 1 perfect (McClish
      1989), as scikit-learn's `max_fpr`; with `standardized=false` it is the plain area.
      """,
    example: "auc(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]))",
    foreignNames: ["roc_auc_score", "roc_auc", "partial_auc"],
    Form(
      .model, .rows(nil), .partOfROC, .by, result: Outcome.valueType,
      exception: .byGroup(Measurement.self)
    ) { context, model, rows, part, by in
      try TunedRows.model(model, rows).number("auc", by: by, context) {
        try part.area(of: $0, $1)
      }
    },
    Form(
      Parameter<ScoredRows>("scores", "The scores and labels."), .partOfROC, .by,
      result: Outcome.valueType, exception: .byGroup(Measurement.self)
    ) { context, scores, part, by in
      try TunedRows.scores(scores).number("auc", by: by, context) {
        try part.area(of: $0, $1)
      }
    })

  static let averagePrecision = Builtin(
    "average_precision", .curves,
    "Average precision: the area under the precision-recall curve; undefined without positives.",
    documentation: "The sum Σ (Rₙ - Rₙ₋₁)·Pₙ over thresholds, without interpolation.",
    example: "average_precision(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]))",
    foreignNames: ["auprc", "pr_auc"],
    forms: areas("average_precision") { scores, isCancelled throws(Cancelled) in
      try ThresholdEngine.averagePrecision(scores, isCancelled: isCancelled)
    })

  static let logLoss = Builtin(
    "log_loss", .curves, "Log loss (cross-entropy), for scores that are probabilities.",
    documentation: """
      The mean of -log(p), where p is the probability given to the true label; p is clipped to 2⁻⁵²
      from 0 and 1. 0 is perfect.
      """,
    example: "log_loss(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]))",
    forms: losses("log_loss") { scores throws(ProbabilityError) in
      try ThresholdEngine.logLoss(scores)
    })

  static let brier = Builtin(
    "brier", .curves,
    """
    Brier score: the mean squared difference of score and label, for scores that are \
    probabilities.
    """,
    documentation: "Brier (1950). 0 is perfect; a score of 0.5 for every row gives 0.25.",
    example: "brier(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]))",
    foreignNames: ["brier_score_loss"],
    forms: losses("brier") { scores throws(ProbabilityError) in
      try ThresholdEngine.brier(scores)
    })
}

// MARK: - Their forms

extension Builtin {
  typealias IsCancelled = () -> Bool

  static func curves(
    _ make: @escaping @Sendable (Scores, IsCancelled) throws(CurveError) -> Curve
  ) -> [Form] {
    onScores { scores, context in
      // Sorted scores, counts at each of them, and the two coordinates; each is copied once.
      try CallError.checkMemory(for: 80 * scores.content.count)
      return try CurveError.explained(by: CallError.init) { () throws(CurveError) in
        CurveResult(try make(scores.content, context.isCancelled), of: scores.content)
      }
    }
  }

  private static func areas(
    _ name: String,
    _ compute:
      @escaping @Sendable (Scores, IsCancelled) throws(Cancelled)
      -> Double?
  ) -> [Form] {
    numbers(name) { scores, context in
      Outcome(try compute(scores.content, context.isCancelled))
    }
  }

  private static func losses(
    _ name: String, _ compute: @escaping @Sendable (Scores) throws(ProbabilityError) -> Double
  ) -> [Form] {
    numbers(name) { scores, _ in
      do throws(ProbabilityError) {
        return Outcome(try compute(scores.content))
      } catch {
        throw CallError(error)
      }
    }
  }

  /// The forms of what is made of scores, with `by` of those of each group.
  private static func onScores<Output: InGroups>(
    _ body: @escaping @Sendable (ScoredRows, CallContext) throws -> Output
  ) -> [Form] {
    [
      Form(
        .model, .rows(nil), .by, result: Output.valueType, exception: .byGroup(Output.self)
      ) { context, model, rows, by in
        try TunedRows.model(model, rows).answer(by: by, context, body)
      },
      Form(
        Parameter<ScoredRows>("scores", "The scores and labels."), .by, result: Output.valueType,
        exception: .byGroup(Output.self)
      ) { context, scores, by in
        try TunedRows.scores(scores).answer(by: by, context, body)
      },
    ]
  }

  /// The forms of a number that is computed from scores, with `by` from those of each group.
  private static func numbers(
    _ name: String, _ body: @escaping @Sendable (ScoredRows, CallContext) throws -> Outcome
  ) -> [Form] {
    [
      Form(
        .model, .rows(nil), .by, result: Outcome.valueType, exception: .byGroup(Measurement.self)
      ) { context, model, rows, by in
        try TunedRows.model(model, rows).number(name, by: by, context, body)
      },
      Form(
        Parameter<ScoredRows>("scores", "The scores and labels."), .by, result: Outcome.valueType,
        exception: .byGroup(Measurement.self)
      ) { context, scores, by in
        try TunedRows.scores(scores).number(name, by: by, context, body)
      },
    ]
  }
}

// MARK: - Faults

extension CallError {
  init(_ error: CurveError) {
    self.init(
      .undefinedCurve, error.description, remedy: "a curve needs positive and negative rows")
  }

  init(_ error: ProbabilityError) {
    self.init(
      .notProbabilities, error.description,
      remedy: "this measure needs probabilities, from 0 to 1")
  }
}

extension Diagnostic.Kind {
  /// A class has no rows, so a curve has no points.
  public static let undefinedCurve = Diagnostic.Kind(
    "E0413", "undefined-curve",
    explanation: .init(
      "A curve needs positive and negative rows.",
      wrong: "roc(scores([0.9, 0.2], [1, 1]))",
      right: "roc(scores([0.9, 0.2], [1, 0]))"))
  /// Scores outside 0…1 where probabilities are asked for.
  public static let notProbabilities = Diagnostic.Kind(
    "E0414", "not-probabilities",
    explanation: .init(
      """
      Calibration compares scores with the observed share of positives, so scores must be \
      probabilities from 0 to 1. `predict` with a fitted model gives such scores.
      """,
      wrong: "calibration(scores([2.5, -1], [1, 0]))",
      right: "calibration(scores([0.9, 0.2], [1, 0]))"))
}
