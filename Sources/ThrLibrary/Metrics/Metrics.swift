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
    case .maximise: lines.append("Larger is better.")
    case .minimise: lines.append("Smaller is better: `tune` minimises it.")
    case nil:
      let (goal, decision) = Metric(self).trivialOptimum
      lines.append(
        "By itself it has no goal: \(decision.words) makes it "
          + "\(goal == .maximise ? "largest" : "smallest"). Give `tune` a constraint that excludes "
          + "this, such as `\(decision.exclusion)`, or `goal=`.")
    }
    if let note { lines.append(note) }
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
    "fbeta", .metrics, "F-beta: the weighted harmonic mean of precision and recall.",
    documentation: """
      `(1+b²)·tp / ((1+b²)·tp + b²·fn + fp)` (van Rijsbergen 1979). In the harmonic mean recall
      has the weight b² and precision 1; van Rijsbergen: recall is `beta` times as important.
      `fbeta(1)` is `f1`, `fbeta(2)` favours recall, `fbeta(0.5)` precision.
      """,
    example: "tune(scores([0.2, 0.9, 0.4], [0, 1, 1]), fbeta(2))",
    Form(
      Parameter<Double>(
        "beta", in: 0...1e6,
        "How important recall is relative to precision: its weight is `beta` squared.")
    ) { _, beta in Metric.fBeta(beta) })

  static let cost = Builtin(
    "cost", .metrics, "The total cost of the decisions, with a cost for each outcome.",
    documentation: """
      The sum over outcomes of cost times count, `fp` (cost) × FP (count) + … for all four, in the
      unit of the costs; `tune` minimises it. A negative cost is a benefit. The name of a column
      instead of a number takes each row's own cost from it: `cost(fp=4, fn="amount")` is
      `4*fp + fn["amount"]`.
      """,
    example: "tune(scores([0.2, 0.9, 0.4], [0, 1, 1]), cost(fp=1, fn=20))",
    Form(
      .price("fp", "Cost of a false positive."), .price("fn", "Cost of a false negative."),
      .price("tp", default: 0, "Cost of a true positive."),
      .price("tn", default: 0, "Cost of a true negative.")
    ) { _, fp, fn, tp, tn in
      try Metric.cost(fp: fp.content, fn: fn.content, tp: tp.content, tn: tn.content)
    })

  static let netBenefit = Builtin(
    "net_benefit", .metrics,
    "Net benefit: true positives per row minus false positives weighted by the odds of `pt`.",
    documentation: """
      `TP/n - FP/n · pt/(1-pt)`, from decision curve analysis (Vickers and Elkin 2006). `pt` is the
      probability of a positive above which acting on it is worthwhile.
      """,
    example: "evaluate(scores([0.2, 0.9, 0.4], [0, 1, 1]), at=0.3) |> measure(net_benefit(0.3))",
    Form(
      Parameter<Double>("pt", in: 0...1, unit: "probability", "The threshold probability, below 1.")
    ) { _, pt in
      guard pt < 1 else { throw CallError.certainty }
      return Metric.netBenefit(pt)
    })
}

extension Parameter<PriceArgument> {
  fileprivate static func price(
    _ name: String, default standard: Double? = nil, _ summary: String
  ) -> Self {
    Parameter(
      name, in: -1e12...1e12, default: standard.map { PriceArgument(content: .fixed($0)) },
      unit: "cost of one row", summary + " A text names a column.")
  }
}

/// A price for all rows, or the column that holds each row's own.
struct PriceArgument: ValueConvertible {
  let content: Price

  static var valueType: ValueType { .either(.number, .text) }

  init(content: Price) { self.content = content }

  init?(_ value: Value) {
    switch value {
    case .number(let price): content = .fixed(price)
    case .text(let name): content = .column(name)
    default: return nil
    }
  }

  var value: Value {
    switch content {
    case .fixed(let price): .number(price)
    case .column(let name): .text(name)
    }
  }
}

extension CallError {
  fileprivate static let certainty = CallError(
    .outOfRange, "`pt` must be below 1", parameter: "pt")
}
