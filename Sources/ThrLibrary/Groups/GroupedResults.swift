import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

/// A result of which there may be one for each group of rows.
protocol InGroups: LanguageObject {
  /// The type of their list.
  static var listName: ObjectType.Name { get }
  /// The group of its rows; `nil` where it is of no group.
  var group: GroupKey? { get set }
}

/// A result by group, of any kind.
protocol ResultsByGroup: ListObject {
  var groupCount: Int { get }
}

/// The results for each group of rows: a list, with the result for all rows beside.
struct GroupedResults<Element: InGroups>: ResultsByGroup {
  static var typeName: ObjectType.Name { Element.listName }

  /// The columns that make the groups.
  let by: [String]
  let overall: Element
  let groups: [Element]
  /// The groups without a result of their own.
  var leftOut: [GroupLeftOut] = []

  var elements: List { List(groups.map(\.value)) }
  var groupCount: Int { groups.count }

  /// The members that every list of results has.
  ///
  /// - Parameter result: What one of them is, with its article.
  static func members(of result: String) -> [MemberOf<Self>] {
    [
      MemberOf("by", "The columns that define the groups.") { $0.by },
      MemberOf("overall", "\(result) of all rows.") { $0.overall },
      MemberOf("groups", "\(result) of each group: the elements of the list.") { $0.groups },
    ]
  }
}

/// A group without a result of its own, and why.
struct GroupLeftOut: Hashable, Sendable {
  let group: GroupKey
  let rows: Int
  let positives: Int
  let reason: String
}

extension GroupLeftOut: ValueConvertible {
  static var valueType: ValueType {
    .record([.init("group", .unknown), .init("reason", .text)])
  }

  /// None is read back.
  init?(_ value: Value) { nil }

  var value: Value {
    .record(Record([.init("group", group.value), .init("reason", .text(reason))]))
  }
}

extension GroupedResults: RemembersRows where Element: RemembersRows {
  /// It holds no rows; it was made from some.
  var provenance: Provenance? { nil }
  /// All groups together are all rows.
  var history: [PastUse] { overall.history }
}

extension GroupedResults: HoldsMemory where Element: HoldsMemory {
  var footprint: Int { groups.reduce(overall.footprint) { $0 + $1.footprint } }
}

extension InGroups {
  /// What stands for the group in the columns of a table.
  func labels(of columns: [String]) -> [String] {
    group?.cells.map(\.text) ?? ["overall"] + columns.dropFirst().map { _ in "" }
  }

  fileprivate func of(_ group: GroupKey) -> Self {
    var result = self
    result.group = group
    return result
  }
}

extension TunedRows {
  /// What is asked of all rows and of those of each group.
  ///
  /// Warnings that the rows of a group raise say the group; those raised for all rows too are given
  /// once.
  ///
  /// - Parameter excuse: why a group may be left out where this error is raised of its rows; `nil`
  ///   where it may not.
  func results<Element: InGroups>(
    by columns: GroupColumns, _ context: CallContext,
    excuse: (CallError, TunedRows) throws -> String? = { error, _ in error.undefinedReason },
    _ make: (TunedRows, CallContext) throws -> Element
  ) throws -> GroupedResults<Element> {
    let parts = try parts(by: columns)
    let sieve = WarningSieve(context)
    let overall = try make(self, sieve.context)
    var groups: [Element] = []
    var leftOut: [GroupLeftOut] = []
    for part in parts {
      try context.checkCancelled()
      do {
        groups.append(try make(part.rows, sieve.context(of: part.key)).of(part.key))
      } catch let error as CallError {
        guard let reason = try excuse(error, part.rows) else { throw error.of(part.key) }
        let scores = try part.rows.scores().content
        leftOut.append(
          GroupLeftOut(
            group: part.key, rows: scores.rows, positives: scores.positives, reason: reason))
      }
    }
    guard !groups.isEmpty else { throw CallError.noGroupDefined(columns, leftOut) }
    if !leftOut.isEmpty { context.warn(.groupsLeftOut(leftOut)) }
    return GroupedResults(
      by: columns.names, overall: overall, groups: groups, leftOut: leftOut)
  }
}

extension CallError {
  /// The error, which says in which group it is.
  func of(_ group: GroupKey) -> CallError {
    var error = self
    error.message = "of \(group.place): \(message)"
    return error
  }

  /// The reason where rows have no such result, as recall without positives: what the message says
  /// after its colon.
  var undefinedReason: String? {
    guard kind == .undefinedEverywhere || kind == .undefinedCurve else { return nil }
    guard let colon = message.lastIndex(of: ":") else { return message }
    return String(message[message.index(after: colon)...].drop { $0 == " " })
  }

  fileprivate static func noGroupDefined(
    _ columns: GroupColumns, _ leftOut: [GroupLeftOut]
  ) -> CallError {
    CallError(
      .undefinedEverywhere,
      "no group has a result: " + leftOut.prefix(3).map(\.text).joined(separator: "; ")
        + (leftOut.count > 3 ? "; …" : ""),
      remedy: "group by a column with more rows of both classes in each group", parameter: "by")
  }
}

extension Warning {
  fileprivate static func groupsLeftOut(_ groups: [GroupLeftOut]) -> Warning {
    Warning(
      .groupLeftOut,
      "\(counted(groups.count, "group")) \(groups.count == 1 ? "is" : "are") left out: "
        + groups.prefix(5).map(\.text).joined(separator: "; ") + (groups.count > 5 ? "; …" : ""),
      remedy: "in a decision by group, these rows use the overall threshold")
  }
}

extension GroupLeftOut {
  /// “`site` Oslo (no positives)”.
  fileprivate var text: String { "\(group.place) (\(reason))" }
}

extension Diagnostic.Kind {
  public static let groupLeftOut = Diagnostic.Kind(
    "W0660", "group-left-out", .warning,
    explanation: .init(
      """
      With `by=` there is a result for each group. A group has none if the metric is undefined at \
      every threshold, such as recall where no row is positive, or if its rows are too few for the \
      guarantee and `infeasible=` allows it. A decision by group uses the overall threshold for the \
      rows of such a group.
      """,
      wrong: """
        s = scores([0.9, 0.2, 0.6], [1, 0, 0], group=["a", "a", "b"])
        tune(s, recall, where = specificity >= 50%, by="group")
        """,
      right: """
        s = scores([0.9, 0.2, 0.6, 0.3], [1, 0, 1, 0], group=["a", "a", "b", "b"])
        tune(s, recall, where = specificity >= 50%, by="group")
        """))
}

extension MemberOf where Base: InGroups {
  /// The group of a result that is one of several; others lack the member.
  static func group() -> MemberOf {
    MemberOf(
      "group", column: true,
      "The group's value of the column, or a record for several columns; only for results by group."
    ) { (result: Base) throws(CallError) -> Value in
      guard let group = result.group else { throw .noGroup }
      return group.value
    }
  }
}

extension CallError {
  fileprivate static let noGroup = CallError(
    .unknownField, "this is the result of all rows, not of a group",
    remedy: "`by=` gives a result for each group: `tune(s, f1, by=\"site\")[0].group`")
}
