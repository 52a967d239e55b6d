import TableIO
import ThrModel
import ThresholdEngine

extension ExportedRule {
  /// An expression of a column `score`, and of the columns that make groups.
  var sql: String {
    get throws(CallError) {
      if isModelAlone { throw .modelInSQL }
      let branches =
        try groups.map(sqlGroups) ?? Self.condition(decision).map { ["WHEN \($0) THEN 1"] } ?? []
      let last = groups == nil ? "0" : Self.flag(decision)
      let lines = (branches + ["ELSE \(last)"]).map { "  \($0)\n" }.joined()
      return """
        -- \(comment)
        -- An expression for a column `score`: SELECT *, CASE … END AS decision FROM rows_to_decide
        CASE
          WHEN score IS NULL OR CAST(score AS DOUBLE PRECISION) = 'NaN' THEN NULL
        \(lines)END

        """
    }
  }

  private func sqlGroups(_ groups: GroupedDecision) throws(CallError) -> [String] {
    // A column holds numbers or texts, in all groups alike.
    let areNumbers = groups.by.indices.map { column in
      groups.thresholds.contains {
        if case .number = $0.group.cells[column] { true } else { false }
      }
    }
    var branches: [String] = []
    for group in groups.thresholds {
      var conditions: [String] = []
      for (column, cell) in group.group.cells.enumerated() {
        let name = try groups.by[column].quotedForSQL("\"")
        conditions.append(try cell.sqlCondition(name, isNumber: areNumbers[column]))
      }
      branches.append(
        "WHEN \(conditions.joined(separator: " AND ")) THEN \(Self.flag(group.decision))")
    }
    return branches
  }

  private static func flag(_ decision: Decision) -> String {
    condition(decision).map { "CASE WHEN \($0) THEN 1 ELSE 0 END" } ?? "0"
  }

  /// `nil` to flag nothing.
  private static func condition(_ decision: Decision) -> String? {
    switch decision.threshold {
    case nil: nil
    case -Double.infinity: "TRUE"
    case let threshold?: threshold.sqlFloor("score")
    }
  }
}

extension Double {
  /// “score >= 0.5”.
  fileprivate func sqlFloor(_ column: String) -> String {
    let number = "CAST(\(column) AS DOUBLE PRECISION)"
    // SQL has no word for it that SQLite and PostgreSQL share.
    if self == .infinity { return "\(number) > \(Double.greatestFiniteMagnitude.sqlText)" }
    return "\(number) >= \(sqlText)"
  }
}

extension Cell {
  fileprivate func sqlCondition(_ name: String, isNumber: Bool) throws(CallError) -> String {
    let number = "CAST(\(name) AS DOUBLE PRECISION)"
    switch self {
    case .text(let text): return "\(name) = \(try text.quotedForSQL("'"))"
    case .missing where isNumber: return "(\(name) IS NULL OR \(number) = 'NaN')"
    case .missing: return "\(name) IS NULL"
    case .number(.infinity): return "\(number) > \(Double.greatestFiniteMagnitude.sqlText)"
    case .number(-.infinity): return "\(number) < \((-Double.greatestFiniteMagnitude).sqlText)"
    case .number(let value): return "\(number) = \(value.sqlText)"
    }
  }
}

extension String {
  /// - Throws: for a NUL, which no text of SQL can hold.
  fileprivate func quotedForSQL(_ mark: String) throws(CallError) -> String {
    if utf8.contains(0) {
      throw CallError(
        .unsuitableArgument, "a group's name contains the character NUL, which SQL cannot write",
        remedy: "rename the group, or export to \"python\"", parameter: "decision")
    }
    return mark + replacing(mark, with: mark + mark) + mark
  }
}

extension CallError {
  fileprivate static let modelInSQL = CallError(
    .unsuitableArgument, "a model alone is not exported to SQL",
    remedy: "export it to \"python\", \"javascript\" or \"json\", or export a tuning's decision",
    parameter: "language")
}
