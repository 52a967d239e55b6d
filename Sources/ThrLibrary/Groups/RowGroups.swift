import NumberText
import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

/// The values of a column as groups of rows, in their order.
struct RowGroups {
  let values: [Cell]
  let codes: [Int32]

  /// Beyond so many groups a column is hardly one of groups.
  private static let most = 10_000

  /// - Complexity: O(rows).
  init(_ column: Column) throws(CallError) {
    let distinct = column.distinctValues(atMost: Self.most)
    guard distinct.isComplete else { throw .tooManyGroups(column.name, Self.most) }
    values = distinct.values.filter { $0.count > 0 }.map(\.value)
    var places: [Cell: Int32] = [:]
    for (place, value) in values.enumerated() { places[value] = Int32(place) }
    codes = (0..<column.count).map { row in
      switch column[row] {
      case .number(let number): places[.number(number + 0)] ?? -1
      case let cell: places[cell] ?? -1
      }
    }
  }

  var facts: RowFacts.Groups { .init(codes: codes, count: values.count) }

  /// The value of a group as source text.
  func text(_ group: Int) -> String {
    switch values[group] {
    case .number(let number): number.shortestText
    case .text(let text): text.quoted
    case .missing: "none"
    }
  }
}

extension ScoredRows {
  /// Warns of the groups in which a part of a metric has no value at any threshold.
  func reportGroupsLeftOut(
    of counts: Confusion, _ context: CallContext
  ) throws(CallError) {
    guard !counts.groupsLeftOut.isEmpty, let table = try rowsTable() else { return }
    for part in counts.groupsLeftOut {
      let groups = try RowGroups(table.column(named: part.column, parameter: "metric"))
      let named = part.groups.prefix(5).map(groups.text).joined(separator: ", ")
      let count = part.groups.count
      context.warn(
        Warning(
          .undefinedGroups,
          "`\(part.text)` leaves out \(counted(count, "group")) of `\(part.column)`, where it is "
            + "undefined at every threshold: \(named)\(count > 5 ? ", …" : "")"))
    }
  }
}

extension CallError {
  static func tooManyGroups(_ column: String, _ most: Int) -> CallError {
    CallError(
      .unsuitableArgument,
      "`\(column)` has more than \(Double(most).countText) values, too many for groups",
      remedy: "use a column with fewer values")
  }
}

extension Diagnostic.Kind {
  /// A metric has no value in some groups.
  public static let undefinedGroups = Diagnostic.Kind(
    "W0629", "undefined-groups", .warning,
    explanation: .init(
      """
      `per`, `gap` and `ratio` take a metric in every group. In a group where it divides by zero at \
      every threshold, such as recall in a group without positive rows, it has no value, and the \
      group is left out.
      """,
      wrong: """
        s = scores([0.9, 0.2, 0.6], [1, 0, 0], group=["a", "a", "b"])
        tune(s, accuracy, where = per(recall, "group") >= 50%)
        """,
      right: """
        s = scores([0.9, 0.2, 0.6], [1, 0, 1], group=["a", "a", "b"])
        tune(s, accuracy, where = per(recall, "group") >= 50%)
        """))
}
