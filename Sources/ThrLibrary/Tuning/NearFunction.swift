import NumberText
import ParallelWork
public import ThrModel
import ThresholdEngine

extension Builtin {
  static let near = Builtin(
    "near", .tuning, "Thresholds that are nearly as good as the best one.",
    documentation: """
      `near(t, 1%)` gives all thresholds whose value is at most 1 % worse than the tuning's and that
      meet its constraint and guarantee. They are given as intervals: above `lower` and up to `upper`,
      lowest first. Wide intervals mean that the choice of the threshold matters little.
      """,
    example: """
      s = scores([0.1, 0.3, 0.4, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
      near(tune(s, f1), 10%)
      """,
    Form(
      Parameter<TuningResult>("tuning", "The tuning."),
      Parameter<Double>(
        "share", in: 0...1, unit: "share", "Tolerance: the largest loss, as a share of the value.")
    ) { context, tuning, share in
      let constraint = tuning.content.constraint
      if let constraint, !constraint.demands.isEmpty { throw CallError.noNear(constraint) }
      let scores = try tuning.source.scores()
      let rows = try scores.knowing(tuning.content.metric.demands, context)
      return try TuningError.explained(by: CallError.init) { () throws(TuningError) in
        try tuning.content.near(share, on: rows, isCancelled: context.isCancelled).map {
          NearResult(content: $0, metric: tuning.content.metric)
        }
      }
    })
}

/// Thresholds that are nearly as good as the best, as a value of the language.
public struct NearResult: LanguageObject {
  public static let typeName: ObjectType.Name = "near_thresholds"

  let content: NearThresholds
  let metric: Metric
}

extension ObjectType {
  static let nearThresholds = ObjectType(
    NearResult.self, "Neighbouring thresholds that are nearly as good as the best.",
    members: [
      MemberOf(
        "lower", threshold: { $0.content.plateau.ends.lower },
        "The lower end, excluded; none if unbounded."
      ) {
        $0.content.plateau.lower
      },
      MemberOf(
        "upper", threshold: { $0.content.plateau.ends.upper },
        "The upper end, included; none if unbounded, where nothing is flagged."
      ) {
        $0.content.plateau.upper
      },
      MemberOf("value", .metric, column: true, "The worst value of the metric among them.") {
        Outcome($0.content.value, mayBeInfinite: true)
      },
    ],
    line: { "\($0.content.plateau.text), \($0.metric) \($0.metric.valueText($0.content.value))" },
    text: { "\($0.content.plateau.text), \($0.metric) \($0.metric.valueText($0.content.value))" })
}

extension NearResult: RowShaped {}

extension CallError {
  fileprivate static func noNear(_ constraint: Constraint) -> CallError {
    CallError(
      .unsuitableArgument,
      "`near` does not take a tuning with a constraint by column or group: `\(constraint)`",
      remedy: "see the values at all thresholds: `sweep(scores, …)`", parameter: "tuning")
  }
}
