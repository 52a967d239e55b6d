public import ThrModel
import ThresholdEngine

/// A metric with its interval, as a value of the language.
public struct EstimateResult: LanguageObject {
  public static let typeName: ObjectType.Name = "estimate"

  let content: MetricInterval

  init(_ content: MetricInterval) { self.content = content }
}

extension ObjectType {
  static let estimate = ObjectType(
    EstimateResult.self, "A metric with its confidence interval.",
    members: [
      MemberOf("name", column: true, "The metric, as text.") { $0.content.metric.description },
      MemberOf("value", .metric, column: true, "The value on the rows evaluated.") {
        Outcome($0.content.value, mayBeInfinite: true)
      },
      MemberOf("interval", column: true, "The interval; none where the value is undefined.") {
        $0.content.result
      },
      MemberOf("method", column: true, "How the interval was computed.") {
        $0.content.share?.rawValue ?? "bootstrap"
      },
    ], line: { $0.text }, text: { $0.text })
}

extension EstimateResult {
  /// “recall 0.680 (0.565 – 0.777)”.
  fileprivate var text: String {
    let number = content.metric.valueText
    let interval = content.interval.map { " (\($0.text(of: content.metric)))" } ?? ""
    return "\(content.metric) \(content.value.map(number) ?? "undefined")\(interval)"
  }
}

extension EstimateResult: RowShaped {}
