import NumberText
import ThrModel
import ThresholdEngine

/// An evaluation for each group of rows, and one for all.
typealias EvaluationsByGroup = GroupedResults<EvaluationResult>

extension EvaluationResult: InGroups {
  static let listName = ObjectType.Name("evaluations", elements: valueType)
}

extension ObjectType {
  static let evaluations = ObjectType(
    EvaluationsByGroup.self,
    "A list of evaluations, one for each group of rows, and the one of all rows.",
    members: EvaluationsByGroup.members(of: "The evaluation"),
    line: {
      "evaluations of \(counted($0.groups.count, "group")) by \($0.by.joined(separator: ", "))"
    }, text: { $0.text(on: $1) })
}

extension GroupedResults<EvaluationResult> {
  fileprivate func text(on surface: Surface) -> String {
    let shown: [Metric] = [.precision, .recall, .specificity, .f1]
    let header =
      by + ["tp", "fp", "tn", "fn"] + shown.map(\.description)
      + ["flag_rate", "rows", "positives"]
    let rows = (groups + [overall]).map { result in
      result.labels(of: by).map { TextTable.Cell($0) } + result.cells(shown)
    }
    return TextTable(header: header, rows: rows).text(on: surface)
  }
}

extension EvaluationResult {
  fileprivate func cells(_ metrics: [Metric]) -> [TextTable.Cell] {
    let counts = [Metric.tp, .fp, .tn, .fn].map { text($0, .count) }
    let shares = metrics.map { text($0, .metric) } + [text(.flagRate, .share)]
    let sizes = [content.rows, positives].map { Double($0).countText }
    return (counts + shares + sizes).map { TextTable.Cell($0, isNumber: true) }
  }

  private func text(_ metric: Metric, _ style: NumberStyle) -> String {
    content.value(of: metric).map(style.text) ?? "undefined"
  }
}
