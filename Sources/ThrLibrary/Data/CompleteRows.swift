import NumberText
import TableIO
import ThrModel
public import ThrSyntax

extension Table {
  /// The rows that have a value in each of the columns named; the others are counted and named by
  /// line in a warning.
  ///
  /// - Complexity: O(rows) where a value is missing, otherwise O(columns).
  func completeRows(_ names: [String], _ context: CallContext) throws(CallError) -> Table {
    let used = columns.filter { $0.missingCount > 0 && names.contains($0.name) }
    if used.isEmpty { return self }
    var missing: [Int: [String]] = [:]
    for column in used {
      for row in column.missingRows { missing[row, default: []].append(column.name) }
    }
    context.warn(.incompleteRows(missing, in: self))
    let complete = try selecting(rows: (0..<rows).filter { missing[$0] == nil })
    if complete.rows == 0 { throw .noCompleteRow }
    return complete
  }

  /// The rows at positions that are known to exist.
  func selecting(rows chosen: [Int]) throws(CallError) -> Table {
    do throws(TableError) {
      return try subset(rows: chosen)
    } catch {
      throw CallError(.unsuitableArgument, error.message, remedy: error.remedy)
    }
  }
}

extension Warning {
  static func incompleteRows(_ missing: [Int: [String]], in table: Table) -> Warning {
    let named = missing.keys.sorted().prefix(5).map { row in
      let columns = missing[row, default: []].prefix(3).map { "`\($0)`" }.joined(separator: ", ")
      return "line \(table.line(ofRow: row)) (\(columns))"
    }
    let rest = missing.count > named.count ? ", …" : ""
    return Warning(
      .incompleteRows,
      "\(Double(missing.count).countText) of \(counted(table.rows, "row")) "
        + "\(missing.count == 1 ? "is" : "are") left out because a value is missing: "
        + named.joined(separator: ", ") + rest)
  }
}

extension CallError {
  fileprivate static let noCompleteRow = CallError(
    .unsuitableArgument, "no row has a value in every column that is used",
    remedy: "do not use the columns that are mostly empty")
}

extension Diagnostic.Kind {
  public static let incompleteRows = Diagnostic.Kind(
    "W0620", "incomplete-rows", .warning,
    explanation: .init(
      """
      Rows with a missing value in a column that is used are left out; the warning says how many. \
      Fill in the cells, or use complete columns.
      """,
      wrong: """
        # s.csv holds: score,label / 0.9,1 / ,0 / 0.3,0
        scores(read("s.csv"))
        """,
      right: """
        # s.csv holds: score,label / 0.9,1 / 0.2,0 / 0.3,0
        scores(read("s.csv"))
        """))
}
