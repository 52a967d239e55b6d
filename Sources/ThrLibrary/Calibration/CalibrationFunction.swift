import ParallelWork
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let calibration = Builtin(
    "calibration", .curves, "Reliability curve: observed share of positives against mean score.",
    documentation: """
      Scores must be probabilities. Rows are binned by score as in scikit-learn's
      `calibration_curve`; each bin has its mean score and its share of positives. Bins that would
      be empty are left out. The plot shows a 90 % Wilson interval for each share.
      """,
    example: "calibration(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]), bins=2).observed",
    foreignNames: ["reliability_curve"],
    Form(
      .model, .rows(nil), .bins(10), .strategy, .by, result: CalibrationResult.valueType,
      exception: .byGroup(CalibrationResult.self)
    ) { context, model, rows, bins, strategy, by in
      try TunedRows.model(model, rows).answer(by: by, context) {
        try calibration($0, bins, strategy, $1)
      }
    },
    Form(
      Parameter<ScoredRows>("scores", "The scores and labels."), .bins(10), .strategy, .by,
      result: CalibrationResult.valueType, exception: .byGroup(CalibrationResult.self)
    ) { context, scores, bins, strategy, by in
      try TunedRows.scores(scores).answer(by: by, context) {
        try calibration($0, bins, strategy, $1)
      }
    })

  private static func calibration(
    _ scores: ScoredRows, _ bins: Int, _ strategy: String, _ context: CallContext
  ) throws -> CalibrationResult {
    let curve = try ReliabilityError.explained(by: CallError.init) { () throws(ReliabilityError) in
      try ReliabilityCurve(
        scores.content, bins: bins,
        binning: ReliabilityCurve.Binning(rawValue: strategy) ?? .quantile,
        isCancelled: context.isCancelled)
    }
    let countsRows = scores.content.weights == nil || scores.content.isCounted
    return CalibrationResult(curve, isUnweighted: countsRows)
  }
}

extension Parameter<Int> {
  fileprivate static func bins(_ count: Int) -> Self {
    Parameter("bins", in: 1...10_000, default: count, "Number of bins.")
  }
}

extension Parameter<String> {
  fileprivate static var strategy: Self {
    Parameter(
      "strategy", default: ReliabilityCurve.Binning.quantile.rawValue,
      words: ReliabilityCurve.Binning.allCases.map(\.rawValue),
      "Bins with equal numbers of rows (quantile) or of equal width (uniform).")
  }
}

extension CallError {
  fileprivate init(_ error: ReliabilityError) {
    switch error {
    case .notProbabilities(let error): self.init(error)
    case .cancelled: self.init(.notProbabilities, "cancelled")
    }
  }
}
