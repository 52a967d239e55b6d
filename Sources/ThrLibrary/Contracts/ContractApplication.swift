import NumberText
import TableIO
public import ThrModel
import ThresholdEngine

/// A contract applied to the rows of a file: what `thr classify` does.
public struct ContractApplication: Sendable {
  public let rows: Int
  public let flagged: Int

  /// Writes the table with a column `decision`; rows without a score are left out and reported.
  ///
  /// From comma-separated text to comma-separated text rows are copied as they stand, so that a file
  /// of any size takes little memory.
  public init(
    of contract: String, to rows: String, score: String, output: String, _ context: CallContext
  ) throws {
    let contract = try Builtin.contract(at: contract, context)
    if contract.isModelAlone { throw CallError.noDecision(parameter: "contract") }
    if let error = CallError.unreadablePath(rows) { throw error }
    if Self.isText(rows), TableFormat.named(by: output) == .csv,
      let copied = try contract.copy(context.located(rows), score, to: output, context)
    {
      self = copied
    } else {
      self = try contract.table(rows, score, to: output, context)
    }
  }

  fileprivate init(rows: Int, flagged: Int) {
    self.rows = rows
    self.flagged = flagged
  }

  private static func isText(_ path: String) -> Bool {
    guard let format = TableFormat.named(by: path) else { return true }
    return format == .csv
  }
}

extension Contract {
  /// The rows copied one after the other; `nil` where the file has to be read as a whole.
  fileprivate func copy(
    _ rows: String, _ score: String, to output: String, _ context: CallContext
  ) throws -> ContractApplication? {
    let decisions = RowDecisions(self)
    do throws(TableError) {
      let copy = try RowCopy(
        rows, from: context.files, score: score, groups: decisions.columns, adding: "decision",
        options: ReadingOptions(refusedRowsNamed: 3))
      let outcome = try copy.write(
        to: output, in: context.files, isCancelled: context.isCancelled,
        decide: decisions.isFlagged)
      guard outcome == .copied else { return nil }
      for warning in copy.warnings(rows) + decisions.warnings { context.warn(warning) }
      return ContractApplication(rows: copy.rows, flagged: copy.flagged)
    } catch {
      throw error.asFault(of: "rows")
    }
  }

  /// The table read and written as a whole.
  fileprivate func table(
    _ rows: String, _ score: String, to output: String, _ context: CallContext
  ) throws -> ContractApplication {
    let table = try Builtin.table(at: rows, ReadingOptions(refusedRowsNamed: 3), context)
    _ = try table.column(named: score, parameter: "score").numbers(parameter: "score")
    let complete = try table.completeRows([score], context)
    let scores = try complete.column(named: score, parameter: "score").numbers(parameter: "score")
    let decided = try complete.deciding(
      scores.values, .contract(ContractResult(content: self)), context)
    _ = try Builtin.write(decided, to: output, context)
    let flags = try decided.column(named: "decision", parameter: "rows").numbers(parameter: "rows")
    return ContractApplication(
      rows: flags.values.count, flagged: flags.values.count { $0 == 1 })
  }
}

/// What a contract says of one row after the other.
private final class RowDecisions {
  private let overall: Double?
  private let groups: GroupedDecision?
  private let thresholds: [[Cell]: Decision]
  private var unknown: [[Cell]: Int] = [:]

  init(_ contract: Contract) {
    overall = contract.decision.threshold
    groups = contract.groups
    thresholds = Dictionary(
      (contract.groups?.thresholds ?? []).map { ($0.group.cells, $0.decision) }
    ) { first, _ in first }
  }

  /// The columns that make groups, each of numbers where the contract has numbers.
  var columns: [RowCopy.GroupColumn] {
    guard let groups else { return [] }
    return groups.by.enumerated().map { column, name in
      RowCopy.GroupColumn(
        name,
        isNumber: groups.thresholds.contains { group in
          if case .number = group.group.cells[column] { true } else { false }
        })
    }
  }

  func isFlagged(_ score: Double, _ group: [Cell]) -> Bool {
    guard groups != nil else { return overall.map { score >= $0 } ?? false }
    if let decision = thresholds[group] { return decision.threshold.map { score >= $0 } ?? false }
    // A column of names as many as rows is not to fill the memory.
    if unknown.count < 1_000 || unknown[group] != nil { unknown[group, default: 0] += 1 }
    return overall.map { score >= $0 } ?? false
  }

  var warnings: [Warning] {
    guard let groups, !unknown.isEmpty else { return [] }
    let named = unknown.map { (GroupKey(columns: groups.by, cells: $0.key), $0.value) }
    return [.unknownGroups(named.sorted { ($1.1, $0.0.text) < ($0.1, $1.0.text) })]
  }
}

extension RowCopy {
  fileprivate func warnings(_ path: String) -> [Warning] {
    var warnings = Warning.reported(by: report, path)
    if missingCount > 0 {
      let lines = missingLines.map { "line \($0)" }.joined(separator: ", ")
      warnings.append(
        Warning(
          .incompleteRows,
          "\(Double(missingCount).countText) of \(counted(rows + missingCount, "row")) "
            + "\(missingCount == 1 ? "is" : "are") left out because the score is missing: \(lines)"
            + (missingCount > missingLines.count ? ", …" : "")))
    }
    return warnings
  }
}
