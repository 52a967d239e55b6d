import Databases
import TableIO
import ThrModel

/// Where scores stay, and which of their labels are positive.
enum ScoresHome: Hashable {
  case database(StoredRows, positive: SQLExpression)
  case file(StreamedRows, positive: LabelValue?)

  /// What such scores are called in a message.
  var kind: String {
    switch self {
    case .database: "scores in a database"
    case .file: "scores in a streamed file"
    }
  }

  var address: String {
    switch self {
    case .database(let table, _): table.database.address
    case .file(let table, _): "`\(PathText.shown(table.content.path))`"
    }
  }

  var columnNames: [String] {
    switch self {
    case .database(let table, _): table.content.columnNames
    case .file(let table, _): table.content.columnNames
    }
  }

  /// A column that the table has, or an error that suggests one.
  func check(_ name: String, _ parameter: String) throws(CallError) {
    switch self {
    case .database(let table, _): try table.check(name, parameter)
    case .file(let table, _): try table.check(name, parameter)
    }
  }

  /// Lines that say which labels are positive, and which rows there are.
  func lines(of label: String) -> [(String, String)?] {
    switch self {
    case .database(let table, let positive):
      [("positive", table.content.dialect.text(positive)), ("rows", table.content.sql)]
    case .file(_, let positive):
      [("labels", "`\(label)`"), positive.map { ("positive", $0.value.sourceText) }]
    }
  }
}

/// The table, as a value.
extension ScoresHome: ValueConvertible {
  static var valueType: ValueType { .either(StoredRows.valueType, StreamedRows.valueType) }

  init?(_ value: Value) { nil }

  var value: Value {
    switch self {
    case .database(let table, _): table.value
    case .file(let table, _): table.value
    }
  }
}
