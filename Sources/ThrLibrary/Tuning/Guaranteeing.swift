import NumberText
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Parameter<Constraint?> {
  static var guarantee: Self {
    Parameter(
      "guarantee",
      "What must hold on new rows from the same source, such as `recall >= 90%`, with probability "
        + "`level` at least.")
  }
}

extension Parameter<Double> {
  static var level: Self {
    Parameter(
      "level", in: 0.5...0.999999, default: 0.9, unit: "share",
      "Confidence level of intervals and guarantees.")
  }
}

extension TuningOptions {
  /// What must hold, on these rows or on new ones.
  var limits: Constraint? {
    guard let guarantee else { return constraint }
    return constraint?.and(guarantee) ?? guarantee
  }

  /// The guarantee, which these rows may support.
  func guarantee(on scores: ScoredRows) throws(CallError) -> Guarantee? {
    guard let constraint = guarantee else { return nil }
    if infeasible == Infeasible.nearest.rawValue { throw .nearestGuarantee }
    if let use = scores.useThatBars { throw .usedRows(use) }
    do throws(GuaranteeError) {
      return try Guarantee(constraint, level: level)
    } catch { throw CallError(error) }
  }
}

extension ScoredRows {
  /// What was done with these very rows that makes their scores unlike those of new rows.
  fileprivate var useThatBars: RowsUse? {
    guard let provenance else { return nil }
    return [RowsUse.fits, .calibrates].first { use in
      history.contains { $0.use == use && $0.rows.overlaps(provenance) }
    }
  }
}

extension CallError {
  fileprivate static let nearestGuarantee = CallError(
    .noGuarantee, "the nearest threshold has no guarantee",
    remedy: "remove `infeasible`, or write `infeasible=\"flag nothing\"`", parameter: "infeasible")

  fileprivate static func usedRows(_ use: RowsUse) -> CallError {
    let deed = use == .fits ? "fitted the model" : "calibrated the scores"
    return CallError(
      .noGuarantee, "these rows \(deed), so their scores differ from those of new rows",
      remedy: "tune on rows that the model has not seen, such as `data.val`",
      parameter: "guarantee")
  }

  init(_ error: GuaranteeError, parameter: String = "guarantee") {
    let (message, remedy) = error.words
    self.init(.noGuarantee, message, remedy: remedy, parameter: parameter)
  }

  static func unequalWeights(_ constraint: Constraint) -> CallError {
    CallError(
      .noGuarantee,
      "the rows have different weights, so `\(constraint)` has no guarantee",
      remedy: "weights that are equal within each class are fine for recall, fnr, specificity and "
        + "fpr; tune on unweighted rows otherwise", parameter: "guarantee")
  }

  static func guaranteeExcludes(_ constraint: Constraint?) -> CallError {
    CallError(
      .infeasible,
      constraint.map { "no threshold that has the guarantee meets `\($0)`" }
        ?? "the metric is undefined at every threshold that has the guarantee",
      remedy: "weaken one of the two", parameter: constraint == nil ? "metric" : "where")
  }

  static func tooFewRows(_ part: Certificate.Part, _ certificate: Certificate) -> CallError {
    let constraint = part.clause.constraint
    let (needed, present, sample) = part.rowsText
    return CallError(
      .tooFewRows,
      "no threshold guarantees `\(constraint)` with \(percentText(certificate.guarantee.level)): "
        + "that needs \(needed) \(sample); there are \(present)",
      remedy: "\(certificate.guarantee.planText) plans it"
        + (part.attainableText.map { "; with \(present) the most is `\($0)`" } ?? ""),
      parameter: "guarantee")
  }

  static func uncertified(_ certificate: Certificate, _ runs: [Int]) -> CallError {
    let parts = zip(certificate.parts, runs).map { part, run in part.demandText(run) }
    return CallError(
      .tooFewRows,
      "no threshold guarantees `\(certificate.guarantee.constraint)` with "
        + "\(percentText(certificate.guarantee.level)): that needs "
        + parts.joined(separator: ", and "),
      remedy: "\(certificate.guarantee.planText) says how many rows it takes; else weaken the "
        + "guarantee", parameter: "guarantee")
  }
}

extension Guarantee {
  /// The call that says how many rows it takes: “`sample_size(recall >= 95%)`”.
  fileprivate var planText: String {
    let level = level == 0.9 ? "" : ", level=\((level * 100).shortestText)%"
    let prevalence = clauses.allSatisfy(\.isShare) ? "" : ", prevalence=…"
    return "`sample_size(\(constraint)\(level)\(prevalence))`"
  }
}

extension GuaranteeError {
  fileprivate var words: (message: String, remedy: String) {
    let rates = "recall, fnr, specificity, fpr, flag_rate, precision and npv"
    return switch self {
    case .alternatives:
      (
        "conditions joined by `or`, or negated by `not`, have no guarantee",
        "join conditions by `and`"
      )
    case .notARate(let constraint):
      (
        "`\(constraint)` does not compare a rate with a number, so it has no guarantee",
        "compare one of \(rates) with a number"
      )
    case .total(let metric):
      (
        "`\(metric)` is a total, which depends on the number of rows, so it has no guarantee",
        "use `flag_rate`, or another rate"
      )
    case .unproved(let metric) where !metric.demands.columns.isEmpty:
      (
        "`\(metric)` weighs rows by a column, and a guarantee is proved only for unweighted rows",
        "use one of \(rates), or `where = …`, which holds on these rows"
      )
    case .unproved(let metric) where !metric.demands.groups.isEmpty:
      (
        "`\(metric)` joins several groups, and a guarantee is proved only for all rows together",
        "tune each group by itself: `tune(filter(s, …), …, guarantee = …)`, or use `where = …`"
      )
    case .unproved(let metric):
      (
        "no guarantee is proved for `\(metric)`",
        "use one of \(rates), or `where = …`, which holds on these rows"
      )
    case .ceiling(let constraint):
      (
        "`\(constraint)` is a ceiling; precision and npv have a guarantee of at least a value",
        "write `>=`, or use `where = …`, which holds on these rows"
      )
    case .certainty(let constraint):
      (
        "no number of rows guarantees `\(constraint)`, which allows no mistake at all",
        "allow a few mistakes, such as 1%"
      )
    }
  }
}

extension Diagnostic.Kind {
  public static let tooFewRows = Diagnostic.Kind(
    "E0421", "too-few-rows",
    explanation: .init(
      """
      A guarantee holds on new rows with probability `level` at least, which takes enough rows. If \
      22 positives all score at least the threshold, recall is at least 90 % with a confidence of \
      90 %; with fewer positives no threshold has that guarantee. Label more rows, or weaken the \
      guarantee.
      """,
      wrong: """
        s = scores([0.1, 0.3, 0.6, 0.9], [0, 1, 0, 1])
        tune(s, specificity, guarantee = recall >= 90%)
        """,
      right: """
        s = scores([0.1, 0.3, 0.6, 0.9], [0, 1, 0, 1])
        tune(s, specificity, guarantee = recall >= 30%)
        """))

  public static let noGuarantee = Diagnostic.Kind(
    "E0422", "no-guarantee",
    explanation: .init(
      """
      A guarantee is given only where it is proved: for recall, fnr, specificity, fpr, flag_rate, \
      precision and npv, joined by `and`, on rows of equal weight (for recall, fnr, specificity \
      and fpr: equal within each class) that neither fitted nor calibrated the scores. Other \
      conditions can be met on the rows at hand: `where = …`.
      """,
      wrong: """
        s = scores([0.1, 0.3, 0.6, 0.9], [0, 1, 0, 1])
        tune(s, recall, guarantee = f1 >= 50%)
        """,
      right: """
        s = scores([0.1, 0.3, 0.6, 0.9], [0, 1, 0, 1])
        tune(s, recall, where = f1 >= 50%)
        """))
}
