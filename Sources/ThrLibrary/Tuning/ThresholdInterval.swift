import NumberText
public import ThrModel
public import ThresholdEngine

/// The plateau of a tuning as a value of the language.
public struct ThresholdInterval: LanguageObject {
  public static let typeName: ObjectType.Name = "plateau"

  public let content: Tuning.Plateau

  init(_ content: Tuning.Plateau) { self.content = content }
}

extension ObjectType {
  static let plateau = ObjectType(
    ThresholdInterval.self,
    "The thresholds that give exactly the same labels: above `lower` and at most `upper`.",
    members: [
      MemberOf(
        "lower", .threshold, column: true, "The lower end, excluded; none if unbounded."
      ) {
        $0.content.lower
      },
      MemberOf("upper", .threshold, column: true, "The upper end, included; none if unbounded.") {
        $0.content.upper
      },
    ],
    line: { $0.content.text }, text: { $0.content.text })
}

extension Tuning.Plateau {
  /// “(0.250525, 0.256035]”; an end that is missing is left open.
  ///
  /// Ends that look alike so are written in full.
  var text: String {
    let isNarrow = lower?.thresholdText == upper?.thresholdText
    func text(_ end: Double) -> String { isNarrow ? end.shortestText : end.thresholdText }
    let start = lower.map { "(\(text($0))" } ?? "(-∞"
    return start + ", " + (upper.map { "\(text($0))]" } ?? "∞)")
  }
}

extension ThresholdInterval: RowShaped {}
