import NumberText
import ThrModel
import ThresholdEngine

extension Builtin {
  static let reweight = Builtin(
    "reweight", .models, "Scores or a dataset reweighted to another prevalence.",
    documentation: """
      The weights of positive rows are multiplied by one factor and those of negative rows by another,
      so that the share of positives is `prevalence` and the total weight stays the same. This shows
      how good a threshold is where positives are rarer or more frequent, if the scores within each
      class have the same distribution there.

      Of a dataset, each part is reweighted. `logreg` fits reweighted rows by their weights, and
      their scores have these weights too.
      """,
    example: """
      s = scores([0.2, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      evaluate(reweight(s, prevalence=10%), at=0.5).precision
      """,
    Form(
      Parameter<ScoredRows>("scores", "The scores."),
      .newPrevalence,
      rows: .all(of: "scores")
    ) { _, scores, prevalence in try scores.reweighted(to: prevalence) },
    Form(
      Parameter<DatasetRows>("data", "The dataset."),
      .newPrevalence,
      rows: .all(of: "data")
    ) { _, data, prevalence in try data.reweighted(to: prevalence) })
}

extension Parameter<Double> {
  fileprivate static var newPrevalence: Self {
    Self(
      "prevalence", in: 0...1, unit: "share",
      "Prevalence: the new share of positives, above 0 and below 1.")
  }
}

extension ScoredRows {
  /// - Complexity: O(*n*).
  fileprivate func reweighted(to prevalence: Double) throws(CallError) -> ScoredRows {
    if content.isCounted {
      throw .needsRows("`reweight` weighs single rows", parameter: "scores")
    }
    let weights = content.weights ?? Array(repeating: 1, count: content.count)
    let reweighted = try weights.reweighted(
      content.labels, to: prevalence, parameter: "scores")
    return ScoredRows(
      try Scores(checking: content.values, labels: content.labels, weights: reweighted),
      groups: groups, provenance: provenance, history: history, source: try rowsTable(),
      isFromLists: isFromLists)
  }
}

extension [Double] {
  /// The weights with each class multiplied by a factor, so that positives have the share asked for
  /// of the same total.
  ///
  /// - Complexity: O(*n*).
  func reweighted(
    _ labels: [Bool], to prevalence: Double, parameter: String
  ) throws(CallError) -> [Double] {
    guard prevalence > 0, prevalence < 1 else { throw .noPrevalence }
    let positive = zip(self, labels).filter(\.1).map(\.0).accurateSum
    let negative = zip(self, labels).filter { !$0.1 }.map(\.0).accurateSum
    guard positive > 0, negative > 0 else { throw .oneClassToReweight(parameter) }
    let total = positive + negative
    let factors = (prevalence * total / positive, (1 - prevalence) * total / negative)
    return zip(self, labels).map { $0 * ($1 ? factors.0 : factors.1) }
  }
}

extension CallError {
  fileprivate static let noPrevalence = CallError(
    .outOfRange, "`prevalence` must be above 0 and below 1", parameter: "prevalence")

  fileprivate static func oneClassToReweight(_ parameter: String) -> CallError {
    CallError(
      .badScores, "rows of one class cannot be given another prevalence",
      remedy: "take rows of both classes", parameter: parameter)
  }
}
