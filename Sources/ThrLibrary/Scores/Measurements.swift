import NumberText
import TableIO
import ThrModel
import ThresholdEngine

/// A number for each group of rows, and one for all.
typealias Measurements = GroupedResults<Measurement>

/// A number that was computed of a group of rows.
struct Measurement: InGroups {
  static let typeName: ObjectType.Name = "measurement"
  static let listName = ObjectType.Name("measurements", elements: valueType)

  /// What was computed: “auc”.
  let name: String
  let outcome: Outcome
  let rows: Int
  let positives: Int
  var group: GroupKey?
}

extension ObjectType {
  static let measurement = ObjectType(
    Measurement.self, "The value of a measure, such as an area, for the rows of a group.",
    members: [
      .group(),
      MemberOf("value", .metric, column: true, "The number.") { $0.outcome },
      MemberOf("rows", .count, column: true, "Number of rows.") { $0.rows },
      MemberOf("positives", .count, column: true, "Number of positive rows.") { $0.positives },
    ], line: { $0.line }, text: { $0.line })

  static let measurements = ObjectType(
    Measurements.self, "A list of numbers, one for each group of rows, and the one of all rows.",
    members: [
      MemberOf("by", "The columns that define the groups.") { $0.by },
      MemberOf("overall", .metric, "The number of all rows.") { $0.overall.outcome },
      MemberOf("groups", "The number of each group: the elements of the list.") { $0.groups },
    ],
    line: {
      "\($0.overall.name) of \(counted($0.groups.count, "group")) by "
        + $0.by.joined(separator: ", ")
    }, text: { $0.text(on: $1) })
}

extension Measurement {
  fileprivate var text: String { outcome.number.map(NumberStyle.metric.text) ?? "undefined" }
  fileprivate var line: String { "\(name) \(text)" + (group.map { " of \($0.place)" } ?? "") }
}

extension GroupedResults<Measurement> {
  fileprivate func text(on surface: Surface) -> String {
    let rows = (groups + [overall]).map { result in
      result.labels(of: by).map { TextTable.Cell($0) }
        + [result.text, Double(result.rows).countText, Double(result.positives).countText]
        .map { TextTable.Cell($0, isNumber: true) }
    }
    return TextTable(header: by + [overall.name, "rows", "positives"], rows: rows)
      .text(on: surface)
  }
}

extension TunedRows {
  /// What a function gives of all rows, or with `by` of those of each group.
  func answer<Output: InGroups>(
    by columns: GroupColumns?, _ context: CallContext,
    _ make: (ScoredRows, CallContext) throws -> Output
  ) throws -> Value {
    guard let columns else { return try make(scores(), context).value }
    return try results(by: columns, context) { try make($0.scores(), $1) }.value
  }

  /// A number of all rows, or with `by` of those of each group.
  func number(
    _ name: String, by columns: GroupColumns?, _ context: CallContext,
    _ compute: (ScoredRows, CallContext) throws -> Outcome
  ) throws -> Value {
    guard let columns else { return try compute(scores(), context).value }
    return try results(by: columns, context) { part, context in
      let scores = try part.scores()
      return Measurement(
        name: name, outcome: try compute(scores, context), rows: scores.content.rows,
        positives: scores.content.positives)
    }.value
  }
}

extension Signature.Form.Exception {
  /// With `by` a list for groups.
  static func byGroup<Element: InGroups>(_ element: Element.Type) -> Self {
    .init("by", GroupedResults<Element>.valueType)
  }
}

extension Builtin.Form {
  /// Measures each evaluation or tuning of a group.
  static func measuringGroups<Element: InGroups>(
    _ name: String, _ summary: String,
    _ counts: @escaping @Sendable (Element) -> (counts: MeasuredCounts, rows: Int, positives: Int)
  ) -> Self {
    Self(
      Parameter<GroupedResults<Element>>(name, summary),
      Parameter<Metric>("metric", "The metric to compute.")
    ) { context, results, metric in
      func measured(_ element: Element) throws -> Measurement {
        let (counts, rows, positives) = counts(element)
        return Measurement(
          name: metric.description, outcome: try counts.outcome(of: metric, context), rows: rows,
          positives: positives, group: element.group)
      }
      return Measurements(
        by: results.by, overall: try measured(results.overall),
        groups: try results.groups.map(measured), leftOut: results.leftOut)
    }
  }
}
