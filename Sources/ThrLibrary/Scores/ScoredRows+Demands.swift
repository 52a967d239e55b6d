import NumberText
import TableIO
import ThrModel
import ThresholdEngine

extension ScoredRows {
  /// The scores with what metrics and constraints ask of their rows: columns, conditions, groups.
  ///
  /// - Parameter isSearch: Whether a threshold is chosen, so that regrets and quantiles have values.
  func knowing(
    _ demands: RowDemands, _ context: CallContext, isSearch: Bool = false
  ) throws -> Scores {
    if !isSearch { try demands.refuseSearched() }
    if demands.isEmpty { return content }
    if content.isCounted {
      throw CallError.needsRows("metrics by column need single rows", parameter: "scores")
    }
    guard let table = try rowsTable() else { throw CallError.noColumns(demands) }
    var facts = RowFacts()
    for (name, use) in demands.columns {
      let column = try table.column(named: name, parameter: "metric")
      let numbers = try column.numbers(parameter: "metric").values
      try numbers.check(use, name, in: table)
      if facts.columns[name] == nil {
        column.reportMissing(use.text, of: table, context)
        facts.columns[name] = numbers.map { $0.isNaN ? 0 : $0 }
      }
    }
    for name in demands.groups {
      facts.groups[name] = try RowGroups(table.column(named: name, parameter: "metric")).facts
    }
    for condition in demands.conditions {
      guard let finder = condition.finder as? ConditionOnRows else { continue }
      facts.conditions[condition] = try finder.truths(in: table, context)
    }
    return content.knowing(facts)
  }
}

extension [Double] {
  /// Refuses numbers that rows cannot count by.
  fileprivate func check(
    _ use: RowDemands.ColumnUse, _ name: String, in table: Table
  ) throws(CallError) {
    var largest = 0.0
    for (row, number) in enumerated() where !number.isNaN {
      if number.isInfinite { throw .badCell(number, name, table.line(ofRow: row)) }
      if number < 0, !use.isCount { throw .negativeCell(number, name, use, table.line(ofRow: row)) }
      largest = Swift.max(largest, number.magnitude)
    }
    if largest > 0, !(1e-60...1e60).contains(largest) { throw .outOfScale(largest, name) }
  }
}

extension Column {
  fileprivate func reportMissing(_ use: String, of table: Table, _ context: CallContext) {
    guard missingCount > 0 else { return }
    let lines = missingRows.prefix(5).map { "\(table.line(ofRow: $0))" }.joined(separator: ", ")
    context.warn(
      Warning(
        .incompleteRows,
        "`\(use)` leaves out \(Double(missingCount).countText) of \(counted(table.rows, "row")), "
          + "where `\(name)` is missing: line\(missingCount == 1 ? "" : "s") \(lines)"
          + (missingCount > 5 ? ", …" : "")))
  }
}

extension CallError {
  fileprivate static func noColumns(_ demands: RowDemands) -> CallError {
    let what =
      demands.columns.first.map { "the column \($0.name.quoted)" }
      ?? demands.groups.first.map { "the column \($0.quoted)" } ?? "the columns of a condition"
    return CallError(
      .unsuitableArgument, "these scores come from a model, without \(what)",
      remedy: "take scores of a table that has the column: `scores(table, score=…, label=…)`",
      parameter: "metric")
  }

  fileprivate static func badCell(_ number: Double, _ name: String, _ line: Int) -> CallError {
    CallError(
      .badScores, "`\(name)` is \(number.shortestText) in line \(line), which cannot weigh a row",
      remedy: "remove this row, or correct the value", parameter: "metric")
  }

  fileprivate static func negativeCell(
    _ number: Double, _ name: String, _ use: RowDemands.ColumnUse, _ line: Int
  ) -> CallError {
    CallError(
      .badScores,
      "`\(name)` is \(number.shortestText) in line \(line), and the share `\(use.text)` cannot "
        + "count a row less than 0",
      remedy: "use a count, such as `tp[\(name.quoted)]`, or rows of at least 0: "
        + "`filter(…, \(name) >= 0)`", parameter: "metric")
  }

  fileprivate static func outOfScale(_ largest: Double, _ name: String) -> CallError {
    CallError(
      .badScores, "the largest value of `\(name)`, \(largest.shortestText), is too far from 1",
      remedy: "use another unit", parameter: "metric")
  }
}
