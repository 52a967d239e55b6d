import NumberText
import ParallelWork
import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

/// How rows are set aside for several jobs.
struct RowSplit {
  /// The share of each of `Role.parts`, in their order.
  let shares: [Double]
  let seed: UInt32
  /// The column that says which rows come first.
  let order: Column?
  /// The column whose equal values stay together.
  let unit: Column?

  typealias Parts = [(role: Role, rows: [Int])]

  /// - Parameter columns: looks up a column, or throws and blames a parameter.
  init(
    shares: [Double], seed: Int, order: String?, unit: String?,
    columns: (String, String) throws(CallError) -> Column
  ) throws(CallError) {
    self.shares = shares
    self.seed = UInt32(clamping: seed)
    self.order = try order.map { name throws(CallError) in try columns(name, "order") }
    self.unit = try unit.map { name throws(CallError) in try columns(name, "unit") }
  }

  /// The shares in the order of `Role.parts`; by default what is left trains.
  static func shares(
    _ train: Double?, _ cal: Double, _ val: Double, _ test: Double
  ) throws(CallError) -> [Double] {
    // 1 - 0.2 - 0.2 is above 0.6 as a Double.
    let rest = ((1 - cal - val - test) * 1e12).rounded() / 1e12
    let shares = [train ?? max(0, rest), cal, val, test]
    let sum = shares.reduce(0, +)
    guard abs(sum - 1) <= 1e-9 else { throw .sharesNotOne(shares, sum) }
    return shares
  }

  /// Throws for shares that do not add up, where all are known.
  @Sendable
  static func refuseShares(_ known: KnownArguments) throws(CallError) {
    guard let train = known["train"], let cal = known.number("cal"), let val = known.number("val"),
      let test = known.number("test")
    else { return }
    switch train {
    case .number(let train): _ = try shares(train, cal, val, test)
    case .none: _ = try shares(nil, cal, val, test)
    default: return
    }
  }

  /// The positions of the rows of each part.
  ///
  /// - Parameters:
  ///   - labels: the class of each row; `nil` for rows without classes.
  ///   - table: where the rows stand, for the warnings.
  /// - Complexity: O(*n* log *n*).
  func parts(
    rows: Int, labels: [Bool]?, table: Table? = nil, _ context: CallContext
  ) throws -> Parts {
    let present = try presentRows(count: rows, table, context)
    guard let order else { return named(try drawn(present, labels, context)) }
    let keys = order.sortKeys
    let ascending = try present.ordered(context) { keys[$0] < keys[$1] }
    let parts = cut(ascending)
    guard let unit else { return named(parts) }
    return named(try withoutLaterRows(parts, of: unit, table, context))
  }

  private func named(_ parts: [[Int]]) -> Parts { Array(zip(Role.parts, parts)) }

  /// The rows that have a place in the order and a unit, where these are asked for.
  private func presentRows(
    count: Int, _ table: Table?, _ context: CallContext
  ) throws(CallError) -> [Int] {
    let columns = [order, unit].compactMap { $0 }.filter { $0.missingCount > 0 }
    if columns.isEmpty { return Array(0..<count) }
    var missing: [Int: [String]] = [:]
    for column in columns {
      for row in column.missingRows { missing[row, default: []].append(column.name) }
    }
    if let table { context.warn(.incompleteRows(missing, in: table)) }
    return (0..<count).filter { missing[$0] == nil }
  }

  // MARK: - At random

  private func drawn(
    _ rows: [Int], _ labels: [Bool]?, _ context: CallContext
  ) throws -> [[Int]] {
    guard let unit else {
      return try drawn(rows.count, rows.labels(labels), "row", context)
        .map { part in part.map { rows[$0] } }
    }
    let units = Units(of: unit, rows)
    let parts = try drawn(units.count, labels.map(units.havePositive), "unit", context)
    var part = [Int](repeating: 0, count: units.count)
    for (index, members) in parts.enumerated() { for one in members { part[one] = index } }
    var result = [[Int]](repeating: [], count: shares.count)
    for (row, one) in zip(rows, units.ofRow) { result[part[one]].append(row) }
    return result
  }

  private func drawn(
    _ count: Int, _ labels: [Bool]?, _ noun: String, _ context: CallContext
  ) throws -> [[Int]] {
    try SplitError.explained(by: { CallError(.unsuitableArgument, $0.text(of: noun)) }) {
      () throws(SplitError) in
      try StratifiedSplit.parts(
        rows: count, labels: labels, shares: shares, seed: seed, isCancelled: context.isCancelled)
    }
  }

  // MARK: - In an order

  /// The first rows train.
  private func cut(_ order: [Int]) -> [[Int]] {
    var sum = 0.0
    var begin = 0
    return shares.indices.map { index in
      sum += shares[index]
      let isLast = !shares[(index + 1)...].contains { $0 > 0 }
      let end = isLast ? order.count : Int((sum * Double(order.count)).rounded())
      defer { begin = end }
      return Array(order[begin..<end])
    }
  }

  /// A unit stays in the earliest part that it is in.
  private func withoutLaterRows(
    _ parts: [[Int]], of unit: Column, _ table: Table?, _ context: CallContext
  ) throws -> [[Int]] {
    let rows = parts.flatMap { $0 }
    let units = Units(of: unit, rows)
    var first = [Int?](repeating: nil, count: units.count)
    var kept = [[Int]](repeating: [], count: parts.count)
    var left: [Int] = []
    var next = 0
    for (index, part) in parts.enumerated() {
      try context.checkCancelled()
      for row in part {
        let one = units.ofRow[next]
        next += 1
        let place = first[one] ?? index
        first[one] = place
        if place == index { kept[index].append(row) } else { left.append(row) }
      }
    }
    if !left.isEmpty { context.warn(.laterRows(left.sorted(), of: unit, in: table)) }
    return kept
  }
}

/// Rows with the same value of a column.
private struct Units {
  /// For each row asked about, its unit; units are numbered in ascending order of their value.
  let ofRow: [Int]
  let count: Int

  init(of column: Column, _ rows: [Int]) {
    let keys = column.sortKeys
    let distinct = Set(rows.map { keys[$0] }).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    ofRow = rows.map { numbers[keys[$0]] ?? 0 }
    count = distinct.count
  }

  /// Whether any row of each unit is positive; one label for each row asked about.
  func havePositive(_ labels: [Bool]) -> [Bool] {
    var result = [Bool](repeating: false, count: count)
    for (one, label) in zip(ofRow, labels) where label { result[one] = true }
    return result
  }
}

extension [Int] {
  fileprivate func labels(_ labels: [Bool]?) -> [Bool]? {
    labels.map { labels in map { labels[$0] } }
  }
}

extension Warning {
  fileprivate static func laterRows(_ rows: [Int], of unit: Column, in table: Table?) -> Warning {
    let lines = rows.prefix(5).map { "\(table?.line(ofRow: $0) ?? $0 + 1)" }
      .joined(separator: ", ")
    return Warning(
      .laterRows,
      "\(counted(rows.count, "row")) \(rows.count == 1 ? "is" : "are") left out because the same "
        + "`\(unit.name)` is in an earlier part: line \(lines)\(rows.count > 5 ? ", …" : "")")
  }
}

extension CallError {
  fileprivate static func sharesNotOne(_ shares: [Double], _ sum: Double) -> CallError {
    let named = zip(Role.parts, shares).filter { $0.1 > 0 }
      .map { "\($0.rawValue) \($1.significantText(digits: 6))" }.joined(separator: ", ")
    return CallError(
      .unsuitableArgument,
      "the shares must add up to 1, not \(sum.significantText(digits: 6)): \(named)",
      remedy: "leave out `train`, which then is the rest, or set the other parts, such as `val=0`")
  }
}

extension Diagnostic.Kind {
  /// Rows that `split` keeps out of every part.
  public static let laterRows = Diagnostic.Kind(
    "W0626", "later-rows", .warning,
    explanation: .init(
      """
      With `order=` and `unit=`, a unit such as a customer stays in the earliest part that it is in. \
      Its later rows are in no part, so that no unit is in two parts.
      """,
      wrong: """
        # t.csv holds: day,who,x / 1,a,5 / 2,b,6 / 3,a,7 / 4,c,8
        split(read("t.csv"), val=0, test=0.5, order="day", unit="who")
        """,
      right: """
        # t.csv holds: day,who,x / 1,a,5 / 2,b,6 / 3,d,7 / 4,c,8
        split(read("t.csv"), val=0, test=0.5, order="day", unit="who")
        """))
}
