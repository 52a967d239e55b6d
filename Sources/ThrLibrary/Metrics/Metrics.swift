import NumberText
import ThrModel
import ThresholdEngine

extension Constant {
  /// Every named metric and its other names, from the engine's one list, the best known first.
  static let metrics: [Constant] = {
    let rest = Metric.named.filter { !bestKnown.contains($0.name) }
    let ordered = bestKnown.compactMap { Metric(named: $0)?.name } + rest
    return ordered.map { constant($0, as: $0.name) }
      + ordered.flatMap { metric in metric.aliases.map { constant(metric, as: $0) } }
  }()

  /// What people tune for, as they look for it: the others follow as the engine lists them.
  private static let bestKnown = [
    "f1", "recall", "precision", "specificity", "balanced_accuracy", "youden", "gmean", "mcc",
    "accuracy",
  ]

  private static func constant(_ metric: NamedMetric, as name: String) -> Constant {
    Constant(
      name, .metrics, .metric(Metric(metric)), metric.summary,
      documentation: metric.documentation(as: name))
  }
}

extension NamedMetric {
  /// Formula, goal, range and the other names, for help and hover.
  fileprivate func documentation(as shown: String) -> String {
    var lines = ["`\(shown) = \(formula)`"]
    switch direction {
    case .maximise: lines.append("The larger the better.")
    case .minimise: lines.append("The smaller the better: `tune` minimises it.")
    case nil: lines.append("Neither large nor small is good in itself: `tune` needs `goal=`.")
    }
    if let range {
      let low = range.lowerBound.shortestText
      lines.append(
        range.upperBound == .infinity
          ? "At least \(low)." : "From \(low) to \(range.upperBound.shortestText).")
    }
    let others = ([name] + aliases).filter { $0 != shown }.map { "`\($0)`" }
    if !others.isEmpty { lines.append("Also called \(others.joined(separator: ", ")).") }
    return lines.joined(separator: "\n\n")
  }
}

extension Builtin {
  static let fbeta = Builtin(
    "fbeta", .metrics, "The harmonic mean of precision and recall, with recall weighted.",
    documentation: """
      `(1+b²)·tp / ((1+b²)·tp + b²·fn + fp)` (van Rijsbergen 1979). Recall weighs `beta` times as
      much as precision: `fbeta(1)` is `f1`, `fbeta(2)` favours recall, `fbeta(0.5)` precision.
      """,
    example: "tune(scores([0.2, 0.9, 0.4], [0, 1, 1]), fbeta(2))",
    Form(
      Parameter<Double>("beta", in: 0...1e6, "How much recall weighs against precision.")
    ) { _, beta in Metric.fBeta(beta) })

  static let cost = Builtin(
    "cost", .metrics, "The total cost of the decisions, each outcome at its price.",
    documentation: """
      `fp·FP + fn·FN + tp·TP + tn·TN`, in whatever unit the prices have; `tune` minimises it. A
      negative price is a benefit.
      """,
    example: "tune(scores([0.2, 0.9, 0.4], [0, 1, 1]), cost(fp=1, fn=20))",
    Form(
      .price("fp", "What a false alarm costs."), .price("fn", "What a missed positive costs."),
      .price("tp", default: 0, "What a flagged positive costs."),
      .price("tn", default: 0, "What a negative that is left alone costs.")
    ) { _, fp, fn, tp, tn in Metric.cost(fp: fp, fn: fn, tp: tp, tn: tn) })

  static let netBenefit = Builtin(
    "net_benefit", .metrics,
    "True positives a row, less false ones at the odds of a threshold probability.",
    documentation: """
      `TP/n - FP/n · pt/(1-pt)`, of decision curve analysis (Vickers and Elkin 2006). `pt` says how
      sure one must be of a positive before acting on it pays.
      """,
    example: "evaluate(scores([0.2, 0.9, 0.4], [0, 1, 1]), at=0.3) |> measure(net_benefit(0.3))",
    Form(
      Parameter<Double>("pt", in: 0...1, unit: "probability", "The threshold probability, below 1.")
    ) { _, pt in
      guard pt < 1 else { throw CallError.certainty }
      return Metric.netBenefit(pt)
    })
}

extension Parameter<Double> {
  fileprivate static func price(
    _ name: String, default standard: Double? = nil, _ summary: String
  ) -> Self {
    Parameter(name, in: -1e12...1e12, default: standard, unit: "cost of one row", summary)
  }
}

extension CallError {
  fileprivate static let certainty = CallError(
    .outOfRange, "`pt` must be below 1, since nobody acts only on certainty", parameter: "pt")
}
