import NumberText
import ThresholdEngine

extension Constraint {
  /// A comparison of metrics, or of a metric with a number within its range.
  ///
  /// The checker and the evaluator ask the same, so that both say the same thing.
  init(checked left: Metric, _ comparison: Comparison, _ right: Metric) throws(CallError) {
    if let number = right.number { try left.check(number) }
    if let number = left.number { try right.check(number) }
    self.init(left, comparison, right)
  }
}

extension Metric {
  /// Refuses a number outside the metric's range: a condition on it would always hold, or never.
  fileprivate func check(_ number: Double) throws(CallError) {
    guard let range, range.upperBound.isFinite, !range.contains(number) else {
      return
    }
    let ends = "from \(range.lowerBound.shortestText) to \(range.upperBound.shortestText)"
    throw CallError(
      .outOfRange, "`\(self)` lies \(ends), and is compared with \(number.shortestText)",
      remedy: number.percentSuggestion(in: range))
  }
}

extension Double {
  /// “did you mean 50%?” of a 50 where shares are meant.
  func percentSuggestion(in range: ClosedRange<Double>) -> String? {
    percent(in: range).map { "did you mean \($0)?" }
  }

  /// “50%” of a 50 where shares are meant.
  func percent(in range: ClosedRange<Double>) -> String? {
    guard self > 1, self <= 100, range.lowerBound >= 0, range.upperBound <= 1,
      range.contains(self / 100)
    else { return nil }
    return "\(shortestText)%"
  }
}
