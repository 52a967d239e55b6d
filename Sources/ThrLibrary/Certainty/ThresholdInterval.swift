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
        "lower", threshold: { $0.content.ends.lower }, "The lower end, excluded; none if unbounded."
      ) {
        $0.content.lower
      },
      MemberOf(
        "upper", threshold: { $0.content.ends.upper }, "The upper end, included; none if unbounded."
      ) {
        $0.content.upper
      },
    ],
    line: { $0.content.text }, text: { $0.content.text })
}

extension ThresholdInterval: RowShaped {}
