import ParallelWork
import ThrModel
import ThresholdEngine

extension Builtin.Form {
  /// `confidence` of a curve.
  static var confidenceOfCurve: Self {
    Self(
      Parameter<CurveResult>("curve", "The curve: `roc(…)`, `pr(…)` or `decision_curve(…)`."),
      .partOfROC, .level, .samples,
      Parameter<Bool>(
        "simultaneous", default: false,
        "Whether to give a band that holds the whole ROC curve at once."),
      .seed
    ) { context, curve, part, level, samples, simultaneous, seed in
      try CurveQuestion(
        curve: curve, part: part, level: level, samples: samples, seed: seed,
        simultaneous: simultaneous
      ).answer(context)
    }
  }
}

/// What is asked of a curve.
private struct CurveQuestion {
  let curve: CurveResult
  let part: PartialArea
  let level: Double
  let samples: Int
  let seed: Int
  let simultaneous: Bool

  func answer(_ context: CallContext) throws -> BandResult {
    let kind = curve.content.kind
    if part.isAsked, kind != .roc { throw CallError.partOf(kind) }
    if simultaneous, kind != .roc || curve.weightedRows != nil {
      throw CallError.noBand(kind, isWeighted: curve.weightedRows != nil)
    }
    switch kind {
    case .roc where !part.isAsked && curve.weightedRows == nil: return try deLong()
    case .roc: return try bootstrap(part.measure, context)
    case .precisionRecall: return try bootstrap(.averagePrecision, context)
    case .decision: return try netBenefit()
    case .det, .gains, .lift: throw CallError.noArea(kind)
    }
  }

  private func deLong() throws(CallError) -> BandResult {
    guard let deLong = DeLong(curve.content.sweep) else { throw .fewOfAClass }
    return result(
      deLong.areas[0], deLong.interval(level: level), "DeLong",
      band: simultaneous ? Band(ROCBand(curve.content.sweep, level: level)) : nil)
  }

  private func bootstrap(_ measure: ScoreMeasure, _ context: CallContext) throws -> BandResult {
    guard let rows = curve.rows else { throw CallError.tooManyCurveRows }
    let draws = ScoreSamples([rows])
    let values = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try draws.values(
        of: [measure], samples: samples, seed: UInt64(seed), isCancelled: context.isCancelled
      ) { context.progress(Progress("drawing samples", fraction: $0)) }
    }
    let value = draws.values(of: [measure])[0][0]
    let band = simultaneous ? Band(ROCBand(curve.content.sweep, level: level)) : nil
    return result(
      value, Confidence.Interval(of: values[0][0], level: level), "bootstrap", samples: samples,
      band: band)
  }

  private func netBenefit() throws(CallError) -> BandResult {
    guard curve.weightedRows == nil else { throw .noBand(.decision, isWeighted: true) }
    let ends = curve.content.netBenefitIntervals(level: level)
    return result(
      nil, nil, "normal",
      band: Band(x: curve.content.x, lower: ends.map(\.lower), upper: ends.map(\.upper)))
  }

  private func result(
    _ value: Double?, _ interval: Confidence.Interval?, _ method: String, samples: Int? = nil,
    band: Band?
  ) -> BandResult {
    BandResult(
      curve: curve, part: part, value: value, interval: interval, level: level, method: method,
      samples: samples, seed: seed, band: band)
  }
}

extension CurveResult {
  /// The rows to draw from; `nil` where counts stand for too many.
  fileprivate var rows: Scores? { weightedRows ?? content.sweep.rows }
}

extension PartialArea {
  var isAsked: Bool { maxFPR != nil || minRecall != nil }

  /// The area as a measure.
  fileprivate var measure: ScoreMeasure {
    let part = maxFPR.map(PartOfROC.maxFPR) ?? minRecall.map(PartOfROC.minRecall)
    return part.map { .partialAUC($0, standardized: standardized) } ?? .auc
  }
}

extension CallError {
  fileprivate static func partOf(_ kind: Curve.Kind) -> CallError {
    CallError(
      .unsuitableArgument,
      "only a ROC curve has a partial area, and this is a \(kind.rawValue) curve",
      remedy: "use `confidence(roc(…), max_fpr=…)`")
  }

  fileprivate static func noBand(_ kind: Curve.Kind, isWeighted: Bool) -> CallError {
    CallError(
      .unsuitableArgument,
      isWeighted
        ? "a band needs rows without weights, and these have weights"
        : "a band for the whole curve at once is available for ROC curves, and this is a "
          + "\(kind.rawValue) curve",
      remedy: isWeighted ? "leave out the weights" : "use `confidence(roc(…), simultaneous=true)`",
      parameter: "curve")
  }

  fileprivate static func noArea(_ kind: Curve.Kind) -> CallError {
    CallError(
      .unsuitableArgument, "a \(kind.rawValue) curve has no area to give an interval of",
      remedy: "use `roc(…)`, `pr(…)` or `decision_curve(…)`", parameter: "curve")
  }

  fileprivate static let fewOfAClass = CallError(
    .undefinedCurve, "an interval of the area needs at least two positive and two negative rows",
    remedy: "use more rows", parameter: "curve")

  fileprivate static let tooManyCurveRows = CallError(
    .unsuitableArgument, "a bootstrap draws single rows, and these counts stand for too many",
    remedy: "take the counts of a random sample of the rows", parameter: "curve")
}
