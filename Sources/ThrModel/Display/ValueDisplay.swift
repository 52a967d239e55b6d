import NumberText
import ThresholdEngine

/// How values are written for people: one line, in full, and as aligned tables.
public struct ValueDisplay: Sendable {
  private let library: Library

  /// Writes values of the types that a library declares.
  public init(_ library: Library) { self.library = library }

  func type(_ name: ObjectType.Name) -> ObjectType? { library.type(name) }

  /// The value in one line: what `print` and interpolation write, texts without their quotes.
  public func line(_ value: Value) -> String {
    if case .text(let text) = value { return text }
    var budget = Self.budget
    return nested(value, &budget)
  }

  /// How many parts of a value one line shows: a list inside a list inside a list may have billions.
  private static let budget = 10_000

  /// The value in full, as a bare expression shows it: may take several lines, no line break at
  /// its end.
  public func full(_ value: Value, on surface: Surface = .plain) -> String {
    switch value {
    case .object(let object):
      type(object.typeName)?.text(value, surface) ?? object.typeName.rawValue
    case .list(let list): table(of: list, on: surface) ?? line(value)
    case .record(let record) where record.holdsResults:
      table(of: List(record.fields.map(\.value)), names: record.names, on: surface) ?? line(value)
    default: line(value)
    }
  }

  /// A value inside another: texts keep their quotes.
  private func nested(_ value: Value, _ budget: inout Int) -> String {
    budget -= 1
    if budget < 0 { return "…" }
    return switch value {
    case .none: "none"
    case .undefined: "undefined"
    case .boolean(let boolean): boolean ? "true" : "false"
    case .number(let number): number.shortestText
    case .text: value.sourceText
    case .list(let list): listLine(list, &budget)
    case .record(let record): recordLine(record, &budget)
    case .metric(let metric): metric.description
    case .constraint(let constraint): constraint.description
    case .function(let function): "fn \(function.name)"
    case .object(let object): type(object.typeName)?.line(value) ?? object.typeName.rawValue
    }
  }

  /// Long lists say how much they leave out.
  private func listLine(_ list: List, _ budget: inout Int) -> String {
    let shown = list.count <= 20 ? list.count : 10
    let parts = list.prefix(shown).map { nested($0, &budget) }
    let rest = list.count - shown
    return "[" + parts.joined(separator: ", ")
      + (rest > 0 ? ", … \(Double(rest).countText) more" : "") + "]"
  }

  private func recordLine(_ record: Record, _ budget: inout Int) -> String {
    let parts = record.fields.map { "\($0.name): \(nested($0.value, &budget))" }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  // MARK: - Tables

  /// The rows of a table: the fields of each element in the order of the first one's; `nil` where
  /// the elements have different fields.
  private func rows(of list: List) -> [[TableField]]? {
    var rows: [[TableField]] = []
    for value in list {
      guard var row = fields(value), !row.isEmpty else { return nil }
      if let first = rows.first, row.map(\.name) != first.map(\.name) {
        guard row.count == first.count else { return nil }
        let ordered = first.compactMap { field in row.first { $0.name == field.name } }
        guard ordered.count == first.count else { return nil }
        row = ordered
      }
      rows.append(row)
    }
    return rows
  }

  /// Records with the same fields, or objects of one type, as an aligned table.
  ///
  /// Columns of objects that are `none` in every row, as a gain over no default, are left out.
  ///
  /// - Parameter names: of the rows, in a column in front.
  private func table(
    of list: List, names: [String]? = nil, on surface: Surface
  ) -> String? {
    guard !list.isEmpty, !list.isPacked, let rows = rows(of: list), let first = rows.first else {
      return nil
    }
    let isRecord = if case .record = list[0] { true } else { false }
    let shown = first.indices.filter { column in
      isRecord || rows.contains { $0[column].value != .none }
    }
    let styles = first.indices.map { column in
      first[column].style?.suiting(
        rows.compactMap { if case .number(let number) = $0[column].value { number } else { nil } })
    }
    let cells = rows.map { row in shown.map { cell(row[$0], styles[$0]) } }
    let header = shown.map { first[$0].name }
    guard let names else { return TextTable(header: header, rows: cells).text(on: surface) }
    return TextTable(
      header: [""] + header, rows: zip(names, cells).map { [TextTable.Cell($0)] + $1 }
    ).text(on: surface)
  }

  /// What a table shows of a value: a record's fields, or an object's members that are one cell.
  ///
  /// Only a declared member has a style. A record's field may have the name of one, such as `area`,
  /// and mean something else.
  private func fields(_ value: Value) -> [TableField]? {
    switch value {
    case .record(let record):
      record.fields.map { TableField(name: $0.name, value: $0.value, style: nil) }
    case .object(let object):
      type(object.typeName)?.columns.compactMap { member in
        (try? member.read(value)).map {
          TableField(
            name: member.facts.name, value: $0, style: member.facts.style,
            text: member.cell?(value))
        }
      }
    default: nil
    }
  }

  private func cell(_ field: TableField, _ style: NumberStyle?) -> TextTable.Cell {
    let value = field.value
    if let text = field.text { return TextTable.Cell(text, isNumber: value.type == .number) }
    guard case .number(let number) = value else {
      return TextTable.Cell(line(value), isNumber: value == .undefined || value == .none)
    }
    return TextTable.Cell(style?.text(number) ?? number.tableText, isNumber: true)
  }
}

/// One cell of a table.
private struct TableField {
  let name: String
  let value: Value
  let style: NumberStyle?
  /// How it is written, where its type says so.
  var text: String?
}

extension Record {
  /// Whether every value is a result of one type, such as a tuning.
  fileprivate var holdsResults: Bool {
    guard case .object(let first)? = fields.first?.value else { return false }
    return fields.allSatisfy { field in
      if case .object(let object) = field.value { object.typeName == first.typeName } else { false }
    }
  }
}

extension NumberStyle {
  /// The style for all numbers of a column: whole ones that go beyond 1 are counts or costs, and so
  /// are a 0 and a 1 among them.
  public func suiting(_ column: [Double]) -> NumberStyle {
    guard self == .metric, column.contains(where: { $0.magnitude > 1 }),
      column.allSatisfy({ $0 == $0.rounded() })
    else { return self }
    return .count
  }

  public func text(_ number: Double) -> String {
    switch self {
    case .plain: number.shortestText
    case .threshold: number.exactThresholdText
    // Costs and profits are no shares: three decimals would only be in the way.
    case .metric where number.magnitude > 1 && number == number.rounded(): number.countText
    case .metric: number.magnitude >= 1_000 ? number.countText : number.metricText
    case .count: number.countText
    case .share: "\((number * 100).significantText(digits: 3)) %"
    }
  }
}

extension Double {
  /// A number of no known kind in a table: whole ones in full, others to six significant digits.
  fileprivate var tableText: String {
    Int(exactly: self) != nil ? shortestText : significantText(digits: 6)
  }
}
