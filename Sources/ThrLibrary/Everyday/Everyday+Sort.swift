import ThrModel
import ThrSyntax

extension Builtin {
  static let sort = Builtin(
    "sort", .everyday, "The elements of a list, sorted: numbers, texts, or by the field in `by`.",
    documentation: """
      Numbers are sorted in ascending order, texts alphabetically; equal elements keep their order.
      With `by`, records or values such as tunings are sorted by that field or member. Undefined and
      `none` come last.
      """,
    example: """
      sort([{name: "b", cost: 20}, {name: "a", cost: 5}], by="cost")
      """,
    Form(
      Parameter<List>("list", "The list."),
      Parameter<String?>("by", "The field or member to sort by."),
      Parameter<Bool>("descending", default: false, "Whether to sort in descending order."),
      refusing: { known throws(CallError) in
        guard let list = known.list("list"), let by = known["by"] else { return }
        try refuse(list, by: by)
      }
    ) { context, list, by, descending in
      if by == nil, let numbers = try list.heldNumbers() {
        return List(try numbers.ordered(context) { descending ? $0 > $1 : $0 < $1 })
      }
      let keys = try keys(of: list, by: by, context)
      let order = try Array(list.indices).ordered(context) { left, right in
        keys[left].precedes(keys[right], descending: descending)
      }
      return List(order.map { list[$0] })
    },
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter<String>("by", kind: .column, "The column to sort by."),
      Parameter<Bool>("descending", default: false, "Whether to sort in descending order."),
      rows: .all(of: "table")
    ) { context, table, by, descending in
      table.holding(try table.content.sorted(by: by, descending: descending, context))
    }, .sortStored)

  /// Throws for a short list that cannot be sorted so.
  private static func refuse(_ list: List, by name: Value) throws(CallError) {
    var keys: [SortKey] = []
    for element in list.prefix(100) {
      if case .text(let name) = name {
        keys.append(try SortKey(try field(name, of: element)))
      } else if name == .none {
        keys.append(try SortKey(element))
      }
    }
    try SortKey.refuseMixture(keys)
  }

  private static func keys(
    of list: List, by name: String?, _ context: CallContext
  ) throws -> [SortKey] {
    var keys: [SortKey] = []
    keys.reserveCapacity(list.count)
    for element in list {
      if keys.count.isMultiple(of: 1_024) { try context.checkCancelled() }
      keys.append(try SortKey(name.map { try field($0, of: element) } ?? element))
    }
    try SortKey.refuseMixture(keys)
    return keys
  }

  /// A field of a record or a member of an object.
  private static func field(_ name: String, of element: Value) throws(CallError) -> Value {
    switch element {
    case .record(let record):
      guard let value = record[name] else { throw .noField(name, among: record.names) }
      return value
    case .object(let object):
      let type = Library.standard.type(object.typeName)
      guard let member = type?.member(name) else {
        throw .noField(name, among: type?.facts.members.map(\.name) ?? [])
      }
      return try member.read(element)
    default:
      throw CallError(
        .typeMismatch,
        "`by` needs a list of records, but an element is \(element.type.withArticle)",
        remedy: "remove `by`", parameter: "by")
    }
  }
}

/// What elements are sorted by.
private enum SortKey: Equatable {
  case number(Double)
  case text(String)
  case missing

  init(_ value: Value) throws(CallError) {
    switch value {
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .boolean(let boolean): self = .number(boolean ? 1 : 0)
    case .undefined, .none: self = .missing
    default: throw .unsortable(value.type)
    }
  }

  static func refuseMixture(_ keys: [SortKey]) throws(CallError) {
    let hasNumber = keys.contains { if case .number = $0 { true } else { false } }
    let hasText = keys.contains { if case .text = $0 { true } else { false } }
    if hasNumber, hasText { throw .mixture }
  }

  /// The missing come last in either direction.
  func precedes(_ other: SortKey, descending: Bool) -> Bool {
    switch (self, other) {
    case (.number(let left), .number(let right)): descending ? left > right : left < right
    case (.text(let left), .text(let right)): descending ? left > right : left < right
    case (_, .missing): self != .missing
    default: false
    }
  }
}

extension CallError {
  fileprivate static func noField(_ name: String, among names: [String]) -> CallError {
    let near = Spelling.nearest(to: name, among: names)
    return CallError(
      .unknownField, "an element of the list has no `\(name)`",
      remedy: near.map { "did you mean `\($0)`?" }
        ?? "it has \(names.map { "`\($0)`" }.joined(separator: ", "))",
      parameter: "by")
  }

  fileprivate static func unsortable(_ type: ValueType) -> CallError {
    CallError(
      .typeMismatch, "`sort` needs numbers or texts, found \(type.withArticle)",
      remedy: "name the field to sort by: `sort(list, by=\"value\")`")
  }

  fileprivate static let mixture = CallError(
    .typeMismatch, "the list mixes numbers and texts, which cannot be compared",
    remedy: "convert them with `number` or `text` first")
}
