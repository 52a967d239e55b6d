import NumberText
import ThrModel
public import ThrSyntax
import ThresholdEngine

// What is said where no threshold can be chosen.

extension CallError {
  static func infeasible(
    _ constraint: Constraint, _ nearest: TuningError.Nearest?, _ reach: [TuningError.Reach]
  ) -> CallError {
    let parts = reach.map(\.text) + [nearest.map { "the nearest is \($0.text)" }].compactMap { $0 }
    return CallError(
      .infeasible,
      "no threshold meets `\(constraint)`: "
        + (parts.isEmpty ? "it is undefined at every threshold" : parts.joined(separator: "; ")),
      remedy: "weaken the constraint, or write `infeasible=\"nearest\"`", parameter: "where")
  }
}

extension TuningError.Reach {
  /// “where `recall >= 0.6` holds, `precision` is 0.5 at most (threshold 0.6)”.
  fileprivate var text: String {
    let condition = others.map { "where `\($0)` holds, " } ?? ""
    guard let value else {
      return others.map { "nothing meets `\($0)` alone" } ?? "`\(metric)` is undefined everywhere"
    }
    let place = plateau.flatMap { decision?.text(on: $0) }.map { "threshold \($0)" }
    return condition + "`\(metric)` is \(value.text(apartFrom: bound)) at "
      + "\(isFloor ? "most" : "least") (\(place ?? "flag nothing"))"
  }
}

extension TuningError.Nearest {
  /// “threshold 0.83, where `precision` is 0.954 and `recall` 0.2”.
  fileprivate var text: String {
    let place = decision.text(on: plateau).map { "threshold \($0)" } ?? "to flag nothing"
    let sides = readings.map { reading in
      let value = reading.left.map { $0.text(apartFrom: reading.right ?? $0) } ?? "undefined"
      return "`\(reading.comparison)` \(reading.isMet == true ? "holds" : "fails") with \(value)"
    }
    return "\(place), where " + sides.joined(separator: " and ")
  }
}

extension Double {
  /// Six significant digits, or as many more as it takes to stand on the same side of a bound.
  fileprivate func text(apartFrom bound: Double) -> String {
    for digits in 6...17 {
      let text = significantText(digits: digits)
      if let shown = Double(text), shown != bound, (shown < bound) == (self < bound) { return text }
    }
    return shortestText
  }
}

extension Diagnostic.Kind {
  /// No threshold meets the constraint.
  public static let infeasible = Diagnostic.Kind(
    "E0410", "infeasible",
    explanation: .init(
      """
      No threshold meets the constraint. The message reports the best value of each part where the \
      other parts hold, and the threshold that comes nearest to meeting them all. Weaken the \
      constraint, use another, or write `infeasible="nearest"` or `infeasible="flag nothing"`.
      """,
      wrong: """
        s = scores([0.9, 0.8, 0.3], [0, 1, 0])
        tune(s, recall, where = precision >= 90%)
        """,
      right: """
        s = scores([0.9, 0.8, 0.3], [0, 1, 0])
        tune(s, recall, where = precision >= 50%)
        """))
  public static let undefinedEverywhere = Diagnostic.Kind(
    "E0412", "undefined-everywhere",
    explanation: .init(
      """
      The metric divides by zero at every threshold, so there is no best one. Usually there are no \
      positive rows, or no negative ones.
      """,
      wrong: """
        s = scores([0.9, 0.2], [0, 0])
        tune(s, mcc)
        """,
      right: """
        s = scores([0.9, 0.2], [1, 0])
        tune(s, mcc)
        """))
}
