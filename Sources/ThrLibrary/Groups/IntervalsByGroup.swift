import NumberText
import ThrModel
import ThresholdEngine

/// Intervals of an evaluation for each group of rows, and of all.
typealias IntervalsByGroup = GroupedResults<IntervalsResult>

extension IntervalsResult: InGroups {
  static let listName = ObjectType.Name("intervals_by_group", elements: valueType)
}

extension ObjectType {
  static let intervalsByGroup = ObjectType(
    IntervalsByGroup.self,
    "A list of confidence intervals, one for each group of rows, and the one of all rows.",
    members: IntervalsByGroup.members(of: "The intervals"),
    line: {
      "intervals of \(counted($0.groups.count, "group")) by \($0.by.joined(separator: ", "))"
    }, text: { $0.text(on: $1) })
}

extension Builtin.Form {
  /// `confidence` of evaluations by group: the rows of each are drawn by themselves.
  static var intervalsOfGroups: Self {
    Self(
      Parameter<EvaluationsByGroup>("evaluations", "The evaluations of groups."), .intervals
    ) { context, evaluations, options in
      let groups = try evaluations.groups.map { evaluation in
        var intervals = try evaluation.intervals(options, context)
        intervals.group = evaluation.group
        return intervals
      }
      return IntervalsByGroup(
        by: evaluations.by, overall: try evaluations.overall.intervals(options, context),
        groups: groups, leftOut: evaluations.leftOut)
    }
  }
}

extension GroupedResults<IntervalsResult> {
  private var shown: [Metric] {
    overall.asked.isEmpty ? [.recall, .specificity, .precision, .f1] : overall.asked
  }

  fileprivate func text(on surface: Surface) -> String {
    let header = by + shown.map(\.description) + ["rows", "positives"]
    let rows = (groups + [overall]).map { result in
      result.labels(of: by).map { TextTable.Cell($0) } + shown.map { result.cell($0) }
        + [result.evaluation.rows, result.positives].map {
          TextTable.Cell(Double($0).countText, isNumber: true)
        }
    }
    let table = TextTable(header: header, rows: rows).text(on: surface)
    return "\(table)\n\n\(percentText(overall.level)) intervals; \(overall.basis)"
  }
}

extension IntervalsResult {
  /// “0.680 (0.565 – 0.777)”.
  fileprivate func cell(_ metric: Metric) -> TextTable.Cell {
    guard let found = self[metric], let value = found.value else {
      return TextTable.Cell("undefined")
    }
    let interval = found.interval.map { " (\($0.text(of: metric)))" } ?? ""
    return TextTable.Cell(metric.valueText(value) + interval)
  }
}
