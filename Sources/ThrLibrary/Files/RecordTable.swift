import TableIO
import ThrModel
import ThresholdEngine

extension Table {
  /// Records with the same fields, or values such as tunings with the same members, a row each.
  ///
  /// Of a member that has members of its own, such as a tuning's plateau, each is a column:
  /// `plateau_lower`.
  init(rows list: List) throws(CallError) {
    if list.isTooLongToHold { throw .notRows(.number) }
    var rows: [[Record.Field]] = []
    for value in list { rows.append(try Self.fields(of: value)) }
    guard let names = rows.first?.map(\.name) else { throw .noRows }
    for (position, row) in rows.enumerated() where row.map(\.name) != names {
      throw .differingFields(position)
    }
    var columns: [Column] = []
    for (index, name) in names.enumerated() {
      columns.append(try Column(name, List(rows.map { $0[index].value }), parameter: "list"))
    }
    try self.init(named: columns)
  }

  private static func fields(of value: Value) throws(CallError) -> [Record.Field] {
    let fields: [Record.Field]
    switch value {
    case .record(let record): fields = record.fields
    case .object(let object):
      guard let row = object.base as? any RowShaped else { throw .notRows(value.type) }
      fields = try row.rowFields
    default: throw .notRows(value.type)
    }
    var cells: [Record.Field] = []
    for field in fields { cells += try Self.cells(of: field) }
    return cells
  }

  private static func cells(of field: Record.Field) throws(CallError) -> [Record.Field] {
    switch field.value {
    case .number, .text, .boolean, .none, .undefined: return [field]
    case .metric(let metric): return [.init(field.name, .text(metric.description))]
    case .constraint(let constraint): return [.init(field.name, .text(constraint.description))]
    case .object, .record:
      return try fields(of: field.value).map { .init("\(field.name)_\($0.name)", $0.value) }
    case .list, .function: throw .notACell(field)
    }
  }
}

extension CallError {
  fileprivate static let noRows = CallError(
    .unsuitableArgument, "an empty list has no columns to write", parameter: "list")

  fileprivate static func notRows(_ type: ValueType) -> CallError {
    CallError(
      .unsuitableArgument, "a row must be a record or a tuning, not \(type.withArticle)",
      remedy: "make records: `[{threshold: t, f1: evaluate(s, at=t).f1} for t in thresholds]`")
  }

  fileprivate static func differingFields(_ position: Int) -> CallError {
    CallError(
      .unsuitableArgument, "element \(position) has different fields from the first",
      remedy: "use the same fields in the same order in every record", parameter: "list")
  }

  fileprivate static func notACell(_ field: Record.Field) -> CallError {
    CallError(
      .unsuitableArgument,
      "the field `\(field.name)` is \(field.value.type.withArticle), which "
        + "cannot be written in a cell",
      remedy: "remove it, or convert it: `text(…)`")
  }
}
