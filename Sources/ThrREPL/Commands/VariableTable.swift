import ThrModel
import ThrRuntime

/// What `.vars` shows: each name with its type, what its rows are set aside for, and its value.
struct VariableTable {
  private let rows: [[String]]

  var isEmpty: Bool { rows.isEmpty }

  init(_ session: Session, _ display: ValueDisplay) {
    rows = session.variables.map { variable in
      [
        variable.name, variable.value.type.description, Self.role(of: variable.value),
        display.line(variable.value),
      ]
    }
  }

  /// The table, its last column cut where the width ends.
  func text(width: Int) -> String {
    var header = ["name", "type", "rows", "value"]
    var cells = rows
    // A column that says nothing is left out.
    if cells.allSatisfy({ $0[2].isEmpty }) {
      header.remove(at: 2)
      for place in cells.indices { cells[place].remove(at: 2) }
    }
    let table = TextTable(header: header, rows: cells.map { $0.map { TextTable.Cell($0) } })
    return table.text.split(separator: "\n").map { line in
      ScreenRow(line).cut(to: width).map(\.text).joined()
    }.joined(separator: "\n")
  }

  private static func role(of value: Value) -> String {
    guard case .object(let object) = value, let rows = object.base as? any RemembersRows,
      let role = rows.provenance?.role
    else { return "" }
    return role == .whole ? "" : role.rawValue
  }
}

extension ScreenRow {
  fileprivate init(_ text: Substring) { self.init(String(text)) }
}
