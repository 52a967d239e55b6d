import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let distribution = Builtin(
    "distribution", .curves, "Histogram of the scores of both classes.",
    documentation: """
      Counts rows in bins of equal width: from 0 to 1 for probabilities, otherwise from the smallest
      to the largest score. The density is the share of a class per unit of score, so that classes
      of different size can be compared. Infinite scores are in no bin. By default the number of
      bins depends on the size of the smaller class.
      """,
    example: "distribution(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]), bins=2).positives",
    Form(.model, .rows(nil), .distributionBins) { _, model, rows, bins in
      try distribution(model.scores(of: rows), bins)
    },
    Form(Parameter<ScoredRows>("scores", "The scores and labels."), .distributionBins) {
      try distribution($1, $2)
    })

  static func distribution(
    _ scores: ScoredRows, _ bins: Int? = nil
  ) throws(CallError) -> DistributionResult {
    let suggested = ScoreDistribution.suggestedBins(scores.content)
    guard let content = ScoreDistribution(scores.content, bins: bins ?? suggested) else {
      throw CallError(
        .badScores, "every score is infinite, so there is no distribution", parameter: "scores")
    }
    return DistributionResult(content)
  }
}

extension Parameter<Int?> {
  fileprivate static var distributionBins: Self {
    Parameter("bins", in: 1...10_000, "Number of bins.")
  }
}
