public import ThresholdEngine

extension Metric {
  /// `recall["amount"]`: the metric with rows counted by a column.
  ///
  /// The checker and the evaluator ask the same, so that both say the same thing.
  public func indexed(by column: String) throws(CallError) -> Metric {
    do throws(MetricError) {
      return try weighed(by: column)
    } catch { throw CallError(error, self, column) }
  }
}

extension CallError {
  /// - Parameter column: The column that was named.
  public init(_ error: MetricError, _ metric: Metric, _ column: String) {
    switch error {
    case .weighedTwice(let first):
      self.init(
        .typeMismatch, "`\(metric)` already weighs rows by `\(first)`",
        remedy: "multiply the columns in a new one: "
          + "`derive(table, both = \(first) * \(column))`")
    case .weighedGroups:
      self.init(
        .typeMismatch, "`\(metric)` is computed from groups, not from rows",
        remedy: "index the metric inside, as in `per(recall[\"\(column)\"], …)`")
    case .regretOfRegret:
      self.init(
        .typeMismatch, "`regret` can only be the whole metric of `tune`, not a part of it",
        remedy: "put it around the metrics: `regret(cost(fp=1, fn=5), cost(fp=1, fn=40))`",
        parameter: "metric")
    case .searchedOnly(let text):
      self.init(
        .typeMismatch, "`\(text)` cannot be part of another metric",
        remedy: "use it alone, as the metric of `tune`", parameter: "metric")
    case .groupedTwice:
      self.init(
        .typeMismatch, "`\(metric)` is already computed from groups",
        remedy: "derive one column of both: `derive(table, group = …)`", parameter: "metric")
    }
  }

  /// A metric indexed with something else than the name of a column.
  public static func badColumn(_ index: ValueType) -> CallError {
    CallError(
      .typeMismatch, "index a metric with the name of a column, found \(index.withArticle)",
      remedy: "write `recall[\"amount\"]`")
  }
}
