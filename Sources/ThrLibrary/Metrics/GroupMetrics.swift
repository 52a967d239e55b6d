import ThrModel
import ThresholdEngine

extension Builtin {
  static let per = Builtin(
    "per", .metrics, "A metric in the worst group of a column.",
    documentation: """
      The worst value is the smallest of a metric that is maximised, otherwise the largest; in a
      constraint the comparison decides: `per(recall, "site") >= 80%` holds if recall is at least
      80 % at every site. With `quantile=95%` it has to hold in 95 % of the groups, rounded up:
      `per(flagged, "day", quantile=95%) <= 200`.

      Groups where the metric is undefined at every threshold, such as recall where no row is
      positive, are left out, with a warning. A group where it is undefined at this threshold only
      does not meet the constraint.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 1, 1], group=["a", "a", "b", "b"])
      tune(s, specificity, where = per(recall, "group") >= 100%)
      """,
    Form(
      .grouped, .groupColumn,
      Parameter<Double?>(
        "quantile", in: 0...1, excludingLowerBound: true, unit: "share",
        "Share of the groups that must be as good as the result; by default all.")
    ) { _, metric, column, quantile in
      try made(metric, column) { () throws(MetricError) in
        try Metric.per(metric, column, quantile: quantile)
      }
    })

  static let gap = Builtin(
    "gap", .metrics, "The largest difference of a metric between the groups of a column.",
    documentation: """
      `gap(recall, "gender") <= 2%` is equal opportunity up to 2 percentage points, if the positive
      class is the favourable one; `gap(flag_rate, "gender")` is the difference in demographic
      parity. `tune` minimises it. Groups where the metric is undefined at every threshold are left
      out, with a warning.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 1, 1], group=["a", "a", "b", "b"])
      tune(s, accuracy, where = gap(recall, "group") <= 10%)
      """, foreignNames: ["equalized_odds_difference", "demographic_parity_difference"],
    Form(.grouped, .groupColumn) { _, metric, column in
      try made(metric, column) { () throws(MetricError) in try Metric.gap(metric, column) }
    })

  static let ratio = Builtin(
    "ratio", .metrics,
    "The smallest value of a metric among the groups of a column over the largest.",
    documentation: """
      `ratio(flag_rate, "gender") >= 80%` is the four-fifths rule, if a flag is the favourable
      decision; otherwise take the ratio of the unflagged share, `ratio(1 - flag_rate, "gender")`.
      `tune` maximises it. Groups where the metric is undefined at every threshold are left out,
      with a warning.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 1, 1], group=["a", "a", "b", "b"])
      tune(s, accuracy, where = ratio(flag_rate, "group") >= 50%)
      """, foreignNames: ["demographic_parity_ratio", "disparate_impact"],
    Form(.grouped, .groupColumn) { _, metric, column in
      try made(metric, column) { () throws(MetricError) in try Metric.ratio(metric, column) }
    })

  private static func made(
    _ metric: Metric, _ column: String, _ make: () throws(MetricError) -> Metric
  ) throws(CallError) -> Metric {
    do throws(MetricError) {
      return try make()
    } catch { throw CallError(error, metric, column) }
  }
}

extension Parameter<Metric> {
  fileprivate static var grouped: Self {
    Parameter("metric", "The metric to take in every group.")
  }
}

extension Parameter<String> {
  fileprivate static var groupColumn: Self {
    Parameter("column", "The column whose values are the groups.")
  }
}
