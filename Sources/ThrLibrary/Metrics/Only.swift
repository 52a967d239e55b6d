import ThrModel
import ThresholdEngine

extension Builtin {
  static let only = Builtin(
    "only", .metrics, "A metric on the rows for which a condition on their columns holds.",
    documentation: """
      `only(recall, segment == "premium") >= 40%` is a constraint on some of the rows, while the
      threshold is for all. A name that is bound where `only` is written stands for its value there;
      any other name is a column. For a column whose name is bound too, or contains spaces, write
      `column("age")`. The condition compares columns and values; compute anything else as a column
      first, with `derive`. Rows where it is undefined are left out, with a warning.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 1, 1], group=["a", "a", "b", "b"])
      tune(s, specificity, where = only(recall, group == "b") >= 100%)
      """,
    Form(
      Parameter<Metric>("metric", "The metric."),
      Parameter<RowExpression>(
        "condition", kind: .rowExpression, "The condition, such as `segment == \"premium\"`.")
    ) { _, metric, condition in
      if metric.holdsRegret { throw CallError(.regretOfRegret, metric, "") }
      if metric.holdsSamples { throw CallError(.searchedOnly(metric.description), metric, "") }
      let condition = try ConditionOnRows(condition)
      return metric.only(RowCondition(condition.text, finder: condition))
    })
}
