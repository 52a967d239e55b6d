public import TableIO
public import ThrModel

/// A value that `write` writes as a table.
///
/// A type adopts it in its own file; `write` finds it by the list of types.
protocol Tabular: LanguageObject {
  /// What stands in the table, for help: “The curve, in the columns x, y and threshold.”
  ///
  /// `nil` for values of one row, which `write` describes together.
  static var tableSummary: String? { get }

  /// The value as columns of equal length.
  var table: Table { get throws(CallError) }
}

/// A value whose members fill one row: it is written so, and a list of such values as a table.
///
/// A member that is such a value itself fills several cells, such as `plateau_lower`.
protocol RowShaped: Tabular {}

extension RowShaped {
  static var tableSummary: String? { nil }

  var table: Table {
    get throws(CallError) { try Table(rows: List([value])) }
  }

  /// The members that `--json` shows, in order.
  var rowFields: [Record.Field] {
    get throws(CallError) {
      var fields: [Record.Field] = []
      for member in Library.standard.type(Self.typeName)?.members ?? []
      where !member.facts.isHiddenInJSON {
        // What this very value lacks, such as the group, has no column.
        guard let cell = try? member.read(value) else { continue }
        fields.append(.init(member.facts.name, cell))
      }
      return fields
    }
  }
}

extension Table {
  /// The table that a value is written as; `nil` where it is none.
  public init?(showing value: Value) {
    switch value {
    case .object(let object):
      guard let tabular = object.base as? any Tabular, let table = try? tabular.table else {
        return nil
      }
      self = table
    case .list(let list):
      guard let table = try? Table(rows: list) else { return nil }
      self = table
    default: return nil
    }
  }
}
