import NumberText
import ThrModel
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
      return try ThresholdEngine.smooth(
        tuning, on: scores, by: smoothing, midpoint: midpoint, isCancelled: context.isCancelled)
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
