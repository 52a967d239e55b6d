import NumberText
import ThrModel
import ThresholdEngine

extension Builtin {
  static let reweight = Builtin(
    "reweight", .models, "Scores reweighted to another prevalence.",
    documentation: """
      The weights of positive rows are multiplied by one factor and those of negative rows by another,
      so that the share of positives is `prevalence` and the total weight stays the same. This shows
      how good a threshold is where positives are rarer or more frequent, if the scores within each
      class have the same distribution there.
      """,
    example: """
      s = scores([0.2, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      evaluate(reweight(s, prevalence=10%), at=0.5).precision
      """,
    Form(
      Parameter<ScoredRows>("scores", "The scores."),
      Parameter<Double>(
        "prevalence", in: 0...1, unit: "share",
        "Prevalence: the new share of positives, above 0 and below 1."),
      rows: .all(of: "scores")
    ) { _, scores, prevalence in try scores.reweighted(to: prevalence) })
}

extension ScoredRows {
  /// - Complexity: O(*n*).
  fileprivate func reweighted(to prevalence: Double) throws(CallError) -> ScoredRows {
    guard prevalence > 0, prevalence < 1 else { throw .noPrevalence }
    if content.isCounted {
      throw .needsRows("`reweight` weighs single rows", parameter: "scores")
    }
    let weights = content.weights ?? Array(repeating: 1, count: content.count)
    let positive = zip(weights, content.labels).filter(\.1).map(\.0).accurateSum
    let negative = zip(weights, content.labels).filter { !$0.1 }.map(\.0).accurateSum
    guard positive > 0, negative > 0 else { throw .oneClassToReweight }
    let total = positive + negative
    let factors = (prevalence * total / positive, (1 - prevalence) * total / negative)
    let reweighted = zip(weights, content.labels).map { $0 * ($1 ? factors.0 : factors.1) }
    return ScoredRows(
      try Scores(checking: content.values, labels: content.labels, weights: reweighted),
      groups: groups, provenance: provenance, history: history, source: try rowsTable(),
      isFromLists: isFromLists)
  }
}

extension CallError {
  fileprivate static let noPrevalence = CallError(
    .outOfRange, "`prevalence` must be above 0 and below 1", parameter: "prevalence")

  fileprivate static let oneClassToReweight = CallError(
    .badScores, "rows of one class cannot be given another prevalence",
    remedy: "take rows of both classes", parameter: "scores")
}
