import NumberText
import ThrModel
public import ThrSyntax
import ThresholdEngine

// Choosing the threshold where the smoothed metric is best.

extension Parameter<String?> {
  static var smooth: Self {
    Parameter(
      "smooth", words: Smoothing.allCases.map(\.rawValue),
      "Smooths the metric over the thresholds before the best is chosen; by default not.")
  }
}

extension TuningOptions {
  func refuseSmoothing() throws(CallError) {
    if guarantee != nil { throw .smoothing("a guarantee", "guarantee") }
    if infeasible != Infeasible.error.rawValue {
      throw .smoothing("a threshold that stands in for one", "infeasible")
    }
    if samples != nil { throw .smoothing("a bootstrap, which tunes without it,", "bootstrap") }
    if isSampled { throw .smoothing("a quantile over samples", "metric") }
    if metric.isRegret { throw .smoothing("`regret`", "metric") }
  }

  /// The choice by the smoothed metric; `nil` where nothing is smoothed.
  func smoothed(
    _ tuning: Tuning, _ scores: Scores, _ context: CallContext
  ) throws -> SmoothedTuning? {
    guard let smoothing = smooth.flatMap(Smoothing.init) else { return nil }
    do throws(SmoothingError) {
      let smoothed = try ThresholdEngine.smooth(
        tuning, on: scores, by: smoothing, midpoint: midpoint, isCancelled: context.isCancelled)
      if smoothed.degreesOfFreedom < 3 { context.warn(.nearlyStraight(smoothed)) }
      return smoothed
    } catch {
      try context.checkCancelled()
      throw CallError(error, of: metric)
    }
  }
}

extension CallError {
  init(_ error: SmoothingError, of metric: Metric) {
    switch error {
    case .tuning(let error): self.init(error)
    case .tooFew(let count):
      self.init(
        .unsuitableArgument,
        "`\(metric)` has a value at \(counted(count, "threshold")), and a smoothing spline needs at "
          + "least 4 that are finite and not too far apart", remedy: "remove `smooth`",
        parameter: "smooth")
    }
  }

  fileprivate static func smoothing(_ what: String, _ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument, "`smooth` is not available with \(what)",
      remedy: "remove one of the two", parameter: parameter)
  }
}

extension Warning {
  /// A parabola, the simplest curve that is best between its ends, has 3 degrees of freedom.
  fileprivate static func nearlyStraight(_ smoothed: SmoothedTuning) -> Warning {
    Warning(
      .nearlyStraight,
      "the spline through \(counted(smoothed.thresholds, "threshold")) has "
        + "\(smoothed.degreesOfFreedom.significantText(digits: 3)) effective degrees of freedom, "
        + "fewer than a parabola: nearly a straight line, which is best at one of its ends",
      remedy: "remove `smooth`, or use more distinct scores")
  }
}

extension Diagnostic.Kind {
  public static let nearlyStraight = Diagnostic.Kind(
    "W0633", "nearly-straight", .warning,
    explanation: .init(
      """
      `smooth="spline"` chooses the best threshold of a smoothing spline with `spar=1`, as cutpointr \
      does. On few distinct scores this penalty leaves little more than a straight line, which is \
      best at one of its ends: such as the lowest score, where all rows are flagged. The rule: the \
      spline has fewer than 3 effective degrees of freedom (the trace of its smoother matrix; R's \
      `df`). A straight line has 2, and a parabola, the simplest curve that is best between its ends, \
      has 3. About 85 evenly spaced scores reach 3. The threshold is still that of cutpointr.
      """,
      wrong: """
        s = scores([0.1, 0.2, 0.3, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
        tune(s, youden, smooth="spline")
        """,
      right: """
        s = scores([0.1, 0.2, 0.3, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
        tune(s, youden)
        """))
}
