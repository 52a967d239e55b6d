import NumberText
import TableIO
import ThrModel
public import ThrSyntax

/// The rows of one table beside those of another with the same key.
struct Join {
  private let left: Table
  private let right: Table
  private let key: String
  /// For each row of `left` that of `right`; `JoinKeys.none` where there is none.
  private let partners: [Int]

  /// O(rows).
  init(_ left: Table, _ right: Table, on key: String, _ context: CallContext) throws {
    (self.left, self.right, self.key) = (left, right, key)
    let own = try left.column(named: key, parameter: "on")
    let other = try right.column(named: key, parameter: "on")
    let keys: JoinKeys? =
      switch (own.values, other.values) {
      case (.numbers(let own), .numbers(let other)):
        try JoinKeys(own.values, in: other.values, context)
      case (.texts(let own), .texts(let other)): try JoinKeys(own, in: other, context)
      // A column without values is of neither kind.
      default: own.hasValues && other.hasValues ? nil : JoinKeys(withoutPartners: left.rows)
      }
    guard let keys else { throw CallError.differentKeys(key, isText: own.isText) }
    if let (first, second) = keys.repeated {
      throw CallError.repeatedKey(
        key, other[second], right.line(ofRow: first), right.line(ofRow: second))
    }
    partners = keys.partners
  }

  /// O(rows × columns).
  func table(_ context: CallContext) throws -> Table {
    if partners.contains(JoinKeys.none) {
      let lonely = partners.indices.filter { partners[$0] == JoinKeys.none }
      context.warn(.rowsWithoutPartner(lonely, of: left, on: key))
    }
    let added = try right.columns.filter { $0.name != key }.map { column in
      try context.checkCancelled()
      if left[column.name] != nil { throw CallError.columnInBoth(column.name) }
      return column.selecting(partners)
    }
    do throws(TableError) {
      return try Table(columns: left.columns + added, origin: left.origin)
    } catch {
      throw CallError(.unsuitableArgument, error.message, remedy: error.remedy)
    }
  }
}

extension Column {
  fileprivate var hasValues: Bool { missingCount < count }

  /// The cells of the given rows; a missing one for `JoinKeys.none`.
  fileprivate func selecting(_ rows: [Int]) -> Column {
    let chosen: ColumnValues =
      switch values {
      case .numbers(let numbers):
        .numbers(NumberValues(rows.map { $0 == JoinKeys.none ? .nan : numbers.values[$0] }))
      case .texts(let texts): .texts(texts.selecting(rows))
      }
    return Column(
      name: name, values: chosen, firstText: firstText, spelling: spelling?.selecting(rows))
  }
}

extension TextValues {
  fileprivate func selecting(_ rows: [Int]) -> TextValues {
    TextValues(
      codes: rows.map { $0 == JoinKeys.none ? Self.missingCode : codes[$0] }, levels: levels)
  }
}

extension Warning {
  fileprivate static func rowsWithoutPartner(
    _ rows: [Int], of table: Table, on key: String
  ) -> Warning {
    let lines = rows.prefix(5).map { "\(table.line(ofRow: $0))" }.joined(separator: ", ")
    return Warning(
      .rowsWithoutPartner,
      "\(Double(rows.count).countText) of \(counted(table.rows, "row")) "
        + "\(rows.count == 1 ? "has" : "have") a `\(key)` that the other table does not have: "
        + "line \(lines)\(rows.count > 5 ? ", …" : "")",
      remedy: "the cells of the other table are missing there")
  }
}

extension CallError {
  fileprivate static func differentKeys(_ key: String, isText: Bool) -> CallError {
    CallError(
      .unsuitableArgument,
      "`\(key)` is \(isText ? "text" : "numbers") in the first table and "
        + "\(isText ? "numbers" : "text") in the second",
      remedy: "read both files with `text=[\(key.quoted)]`", parameter: "on")
  }

  static func repeatedKey(
    _ key: String, _ cell: Cell, _ first: Int, _ second: Int
  ) -> CallError {
    let text =
      switch cell {
      case .number(let number): number.shortestText
      case .text(let text): text.quoted
      case .missing: "none"
      }
    return CallError(
      .unsuitableArgument,
      "`\(key)` is \(text) in two rows of the second table, on lines \(first) and \(second)",
      remedy: "keep one row for each key", parameter: "b")
  }

  fileprivate static func columnInBoth(_ name: String) -> CallError {
    CallError(
      .unsuitableArgument, "both tables have a column `\(name)`",
      remedy: "leave it out of one of them with `select`", parameter: "b")
  }
}

extension Diagnostic.Kind {
  /// Rows that `join` finds no partner for.
  public static let rowsWithoutPartner = Diagnostic.Kind(
    "W0625", "rows-without-partner", .warning,
    explanation: .init(
      """
      `join` keeps every row of the first table. Where the second has no row with the same key, \
      its columns are missing.
      """,
      wrong: """
        # a.csv holds: id,score / 1,0.9 / 2,0.2
        # b.csv holds: id,label / 1,1
        join(read("a.csv"), read("b.csv"), on="id")
        """,
      right: """
        # a.csv holds: id,score / 1,0.9 / 2,0.2
        # b.csv holds: id,label / 1,1 / 2,0
        join(read("a.csv"), read("b.csv"), on="id")
        """))
}
