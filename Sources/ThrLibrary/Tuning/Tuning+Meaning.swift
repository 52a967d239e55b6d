import NumberText
import ThresholdEngine

// What a tuning means beyond its figures: for costs, and for new rows.

extension Tuning {
  var areProbabilities: Bool { scoreRange.lowerBound >= 0 && scoreRange.upperBound <= 1 }

  /// Where the metric itself says what each outcome is worth: the cut that this means for calibrated
  /// scores (Elkan 2001).
  var statedCut: String? {
    guard areProbabilities, let cut = metric.calibratedCut else { return nil }
    return "the best threshold would be \(cut.significantText(digits: 4))"
  }

  /// What the thresholds of the plateau would be best for, in words: a range, since any of them
  /// decides the same rows.
  var implication: String? {
    guard areProbabilities, let upper = plateau.upper, threshold != nil else { return nil }
    // False alarms that a miss is worth at a threshold: (1 - t) / t.
    let least = upper > 0 ? (1 - upper) / upper : .infinity
    let most = plateau.lower.flatMap { $0 > 0 ? (1 - $0) / $0 : nil } ?? .infinity
    guard least.isFinite else { return nil }
    return Self.sentence(from: least, to: most) + ", if the scores are calibrated"
  }

  private static func sentence(from least: Double, to most: Double) -> String {
    if most < 1 {
      let range = span(1 / most, least == 0 ? .infinity : 1 / least)
      return range == "1" ? asMuch : "a false alarm costs \(range) misses"
    }
    let range = span(least, most)
    return range == "1" ? asMuch : "a miss costs \(range) false alarms"
  }

  private static let asMuch = "a miss costs as much as a false alarm"

  /// “1.5”, “1.5 to 4”, “4 or more”.
  private static func span(_ low: Double, _ high: Double) -> String {
    let ends = [low, high].map { $0.significantText(digits: 3) }
    if high == .infinity { return "\(ends[0]) or more" }
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  /// What so few rows of a class cannot say.
  var fewRows: String? {
    let name = positives <= rows - positives ? "positive" : "negative"
    guard min(positives, rows - positives) == 1 else { return nil }
    return "1 \(name) row says nothing about new rows"
  }
}
