public import ThrSyntax

/// Uses of rows that make a result look better than it is.
///
/// The one rule table; the checker applies it to what it can see of a program, the runtime to the
/// values themselves.
public struct Leak: Hashable, Sendable {
  public let kind: Diagnostic.Kind
  public let message: String
  public let remedy: String
  /// The parameter whose rows leak.
  public let parameter: String

  /// The leak in using rows now that were used before, or that are set aside.
  ///
  /// - Parameters:
  ///   - now: what the call does with the rows.
  ///   - role: what the rows are set aside for, where known.
  ///   - past: earlier uses of the same rows on the way to the call's arguments.
  public static func found(
    using now: RowsUse, role: Role?, past: Set<RowsUse>, parameter: String
  ) -> Leak? {
    switch now {
    case .chooses where past.contains(.fits): .tunedOnFitted(parameter)
    case .chooses where role == .test: .tunedOnTest(parameter)
    case .chooses where past.contains(.calibrates), .calibrates where past.contains(.chooses):
      .calibratedAndChosen(parameter)
    case .reports where past.contains(.chooses): .reportedOnChoosing(parameter)
    case .reports where past.contains(.fits): .reportedOnFitted(parameter)
    default: nil
    }
  }

  public static func secondDecision(_ parameter: String) -> Leak {
    Leak(
      kind: .secondDecisionOnTest,
      message: """
        these test rows have already evaluated another decision; choosing between decisions by \
        their test scores makes the best one look better than it is
        """,
      remedy: "choose on the val rows, and evaluate only the chosen threshold on the test rows",
      parameter: parameter)
  }

  private static func tunedOnFitted(_ parameter: String) -> Leak {
    Leak(
      kind: .tunedOnFittedRows,
      message: "the threshold is chosen on rows that the model was fitted on, where its scores "
        + "are too good",
      remedy: "tune on rows the model has not seen, such as `data.val`", parameter: parameter)
  }

  private static func tunedOnTest(_ parameter: String) -> Leak {
    Leak(
      kind: .tunedOnTestRows,
      message: "the threshold is chosen on test rows, so these rows cannot show how good it is",
      remedy: "tune on the val rows and keep the test rows for the final `evaluate`",
      parameter: parameter)
  }

  private static func calibratedAndChosen(_ parameter: String) -> Leak {
    Leak(
      kind: .calibratedAndChosenOnSameRows,
      message: "the scores are calibrated and the threshold is chosen on the same rows",
      remedy: "calibrate on one part of the rows and choose on another", parameter: parameter)
  }

  private static func reportedOnFitted(_ parameter: String) -> Leak {
    Leak(
      kind: .reportedOnFittedRows,
      message: "the score is computed on rows that the model was fitted on, so it is too good",
      remedy: "evaluate on rows that the model has not seen, such as `data.test`",
      parameter: parameter)
  }

  private static func reportedOnChoosing(_ parameter: String) -> Leak {
    Leak(
      kind: .reportedOnChoosingRows,
      message: "the score is computed on the rows that chose the threshold, so it is too good",
      remedy: "evaluate on the test rows: `split(data, train=0.6, val=0.2, test=0.2)` makes some",
      parameter: parameter)
  }
}

extension Leak {
  /// The leaks of one call, found from its values.
  ///
  /// - Complexity: O(rows) where rows of one source meet, otherwise O(1).
  public static func found(
    in form: Signature.Form, _ arguments: [Argument?], ledger: UsageLedger
  ) -> [Leak] {
    guard form.usesRows else { return [] }
    let objects = arguments.map(\.?.rememberingRows)
    let history = objects.compactMap { $0?.history }.flatMap { $0 }
    return zip(form.parameters, objects).flatMap { parameter, object -> [Leak] in
      guard let use = parameter.use, let rows = object?.provenance else { return [] }
      let past = Set(history.filter { $0.rows.overlaps(rows) }.map(\.use))
      var leaks = [found(using: use, role: rows.role, past: past, parameter: parameter.name)]
      if use == .reports, rows.role == .test {
        let decision = decision(arguments, of: form, besides: rows)
        if ledger.isSecondDecision(decision, on: rows) {
          leaks.append(secondDecision(parameter.name))
        }
      }
      return leaks.compactMap { $0 }
    }
  }

  /// Identifies what is judged: every argument, but of the rows only what was done to get them.
  private static func decision(
    _ arguments: [Argument?], of form: Signature.Form, besides rows: Provenance
  ) -> JudgedDecision {
    var hasher = Hasher()
    var threshold: Int?
    for (parameter, argument) in zip(form.parameters, arguments) {
      if parameter.name == JudgedDecision.thresholdParameter {
        threshold = JudgedDecision.threshold(argument)
        continue
      }
      guard case .value(let value)? = argument else { continue }
      if let object = Argument.value(value).rememberingRows, object.provenance == rows {
        hasher.combine(object.history)
      } else {
        hasher.combine(value)
      }
    }
    return JudgedDecision(rest: hasher.finalize(), threshold: threshold)
  }
}

extension Argument {
  fileprivate var rememberingRows: (any RemembersRows)? {
    guard case .value(.object(let object)) = self else { return nil }
    return object.base as? any RemembersRows
  }
}

extension Diagnostic.Kind {
  public static let tunedOnFittedRows = Diagnostic.Kind(
    "W0701", "tuned-on-fitted-rows", .warning,
    explanation: .init(
      """
      A model's scores are better on the rows that fitted it than on new rows, so a threshold \
      chosen there is wrong for new rows.
      """,
      wrong: """
        data = synth(1000, 0.9)
        m = logreg(data.train)
        tune(m, data.train, f1)
        """,
      right: """
        data = synth(1000, 0.9)
        m = logreg(data.train)
        tune(m, data.val, f1)
        """))

  public static let tunedOnTestRows = Diagnostic.Kind(
    "W0702", "tuned-on-test-rows", .warning,
    explanation: .init(
      """
      Test rows are for one unbiased score at the end. If they choose a threshold, no rows are \
      left that can show how good it is.
      """,
      wrong: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        tune(m, data.test, f1)
        """,
      right: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        tune(m, data.val, f1)
        """))

  public static let calibratedAndChosenOnSameRows = Diagnostic.Kind(
    "W0703", "calibrated-and-chosen-on-same-rows", .warning,
    explanation: .init(
      """
      Calibration adapts scores to its rows, so a threshold chosen on the same rows looks better \
      than it is.
      """,
      wrong: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        c = calibrate(m, data.val)
        tune(c, data.val, f1)
        """,
      right: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        parts = split(data.val)
        c = calibrate(m, parts.train)
        tune(c, parts.val, f1)
        """))

  public static let reportedOnChoosingRows = Diagnostic.Kind(
    "W0704", "reported-on-choosing-rows", .warning,
    explanation: .init(
      """
      The threshold was chosen as the best on these rows, so its score on them is too good.
      """,
      wrong: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        t = tune(m, data.val, f1)
        evaluate(m, data.val, at=t)
        """,
      right: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        t = tune(m, data.val, f1)
        evaluate(m, data.test, at=t)
        """))

  public static let reportedOnFittedRows = Diagnostic.Kind(
    "W0706", "reported-on-fitted-rows", .warning,
    explanation: .init(
      """
      A model's scores are better on the rows that fitted it than on new rows, so what is reported \
      there is better than new rows will show.
      """,
      wrong: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        evaluate(m, data.train, at=0.5)
        """,
      right: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        evaluate(m, data.test, at=0.5)
        """))

  public static let secondDecisionOnTest = Diagnostic.Kind(
    "W0705", "second-decision-on-test", .warning,
    explanation: .init(
      """
      Comparing several thresholds on the test rows chooses between them there, so the score of \
      the best one is too good. The default of 0.5 may be evaluated too, as no rows chose it.
      """,
      wrong: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        evaluate(m, data.test, at=0.2)
        evaluate(m, data.test, at=0.3)
        """,
      right: """
        data = split(synth(1000, 0.9))
        m = logreg(data.train)
        evaluate(m, data.val, at=0.2)
        evaluate(m, data.val, at=0.3)
        evaluate(m, data.test, at=0.2)
        """
    ))

}
