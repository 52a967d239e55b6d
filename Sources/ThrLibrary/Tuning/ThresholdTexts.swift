import NumberText
import ThresholdEngine

// Thresholds for people, each so that it decides the same rows as the one it stands for.

extension Tuning {
  /// “0.256035”; `nil` where nothing is flagged.
  var thresholdText: String? { outcome.text(on: plateau) }
}

extension Evaluation {
  /// “0.256035”; `nil` where nothing is flagged.
  var thresholdText: String? { decision.text(on: plateau) }
}

extension Decision {
  /// The threshold as a decimal of the plateau; `nil` where nothing is flagged.
  func text(on plateau: Tuning.Plateau) -> String? {
    threshold?.thresholdText(above: plateau.lower, upTo: plateau.upper)
  }
}

extension Tuning.Plateau {
  /// The ends, rounded inwards; `nil` where there is none.
  var ends: (lower: String?, upper: String?) {
    guard let lower, let upper else {
      return (lower?.endText(isLower: true), upper?.endText(isLower: false))
    }
    let texts = Double.thresholdTexts(from: lower, to: upper, isHalfOpen: true)
    return (texts.lower, texts.upper)
  }

  /// “(0.250525, 0.256035]”; an end that is missing is left open.
  var text: String {
    let ends = ends
    return (ends.lower.map { "(\($0)" } ?? "(-∞") + ", " + (ends.upper.map { "\($0)]" } ?? "∞)")
  }
}

extension Confidence.Interval {
  /// The ends, rounded inwards; an end without a threshold is unbounded below, or flags nothing.
  var ends: (lower: String, upper: String) {
    guard lower.isFinite, upper.isFinite else {
      return (
        lower.isFinite ? lower.endText(isLower: true) : lower < 0 ? "-∞" : "flag nothing",
        upper.isFinite ? upper.endText(isLower: false) : "flag nothing"
      )
    }
    return Double.thresholdTexts(from: lower, to: upper, isHalfOpen: false)
  }

  /// “0.131 – 0.464”.
  var thresholdText: String {
    let ends = ends
    return ends.lower == ends.upper ? ends.lower : "\(ends.lower) – \(ends.upper)"
  }
}
