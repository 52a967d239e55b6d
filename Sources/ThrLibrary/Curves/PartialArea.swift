import ThrModel
import ThresholdEngine

/// Which part of the ROC curve an area is of.
struct PartialArea {
  let maxFPR: Double?
  let minRecall: Double?
  let standardized: Bool

  func area(of scores: ScoredRows, _ context: CallContext) throws -> Outcome {
    if maxFPR != nil, minRecall != nil { throw CallError.twoParts }
    if let minRecall, minRecall == 1 { throw CallError.noPart }
    let part = maxFPR.map(PartOfROC.maxFPR) ?? minRecall.map(PartOfROC.minRecall)
    guard let part else {
      return Outcome(try ThresholdEngine.auc(scores.content, isCancelled: context.isCancelled))
    }
    return Outcome(
      try partialAUC(
        scores.content, part, standardized: standardized, isCancelled: context.isCancelled))
  }
}

extension Parameter<PartialArea> {
  static var partOfROC: Self {
    Parameter(
      Parameter<Double?>(
        "max_fpr", in: 0...1, excludingLowerBound: true, unit: "share",
        "The highest false positive rate of the part of the curve; by default all of it."),
      Parameter<Double?>(
        "min_recall", in: 0...1, unit: "share",
        "The lowest recall of the part of the curve, below 1; by default all of it."),
      Parameter<Bool>(
        "standardized", default: true,
        "Whether the area of a part is standardised: 0.5 is chance, 1 perfect."),
      make: PartialArea.init)
  }
}

extension CallError {
  fileprivate static let twoParts = CallError(
    .unsuitableArgument, "an area has either `max_fpr` or `min_recall`",
    remedy: "remove one of them", parameter: "min_recall")

  fileprivate static let noPart = CallError(
    .outOfRange, "`min_recall` must be below 1: from 1 on there is no area",
    parameter: "min_recall")
}
