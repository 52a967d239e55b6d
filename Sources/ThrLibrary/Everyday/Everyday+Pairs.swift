import ThrModel
import ThrSyntax

// Lists and records made of others, element by element.

extension Builtin {
  static let map = Builtin(
    "map", .everyday,
    "Applies a function to every element of a list, or to every field of a record.",
    documentation: "Gives a list for a list, and for a record a record with the same names.",
    example: """
      fn half(x) = x / 2
      map({a: 1, b: 2}, half)
      """,
    foreignNames: ["apply", "lapply", "sapply"],
    Form(
      Parameter<List>("list", "The list."), .function, result: .list(.unknown)
    ) { context, list, function in
      if list.count > List.mostHeld { throw CallError.tooLong(list.count, parameter: "list") }
      var results = GrowingList()
      results.reserve(list.count)
      for element in list { results.append(try context.apply(function, [element])) }
      return results.finished()
    },
    Form(
      Parameter<Record>("record", "The record."), .function, result: .unknown
    ) { context, record, function in
      Record(
        try record.fields.map { .init($0.name, try context.apply(function, [$0.value])) })
    })

  static let zip = Builtin(
    "zip", .everyday,
    "Combines lists element by element: the first elements, the second ones, and so on.",
    documentation: "The lists must have the same length.",
    example: "[pair[0] * pair[1] for pair in zip([1, 2], [10, 20])]",
    Form(
      Parameter<[List]>("lists", kind: .variadic, "Two or more lists."),
      result: .list(.list(.unknown))
    ) { context, lists in
      let count = lists.first?.count ?? 0
      for list in lists where list.count != count { throw CallError.unequal(count, list.count) }
      if count > List.mostHeld { throw CallError.tooLong(count) }
      var rows: [Value] = []
      rows.reserveCapacity(count)
      for position in 0..<count {
        if position.isMultiple(of: 1_024) { try context.checkCancelled() }
        rows.append(.list(List(lists.map { $0[position] })))
      }
      return List(rows)
    })

  static let enumerate = Builtin(
    "enumerate", .everyday, "The elements of a list with their positions, as records.",
    documentation: "Each record has the fields `index` and `value`.",
    example: "[e.index for e in enumerate([0.2, 0.9, 0.7]) if e.value > 0.5]",
    Form(
      Parameter<List>("list", "The list."),
      Parameter<Int>("start", default: 0, "The index of the first element."),
      result: .list(.record([.init("index", .number), .init("value", .unknown)]))
    ) { context, list, start in
      if list.count > List.mostHeld { throw CallError.tooLong(list.count, parameter: "list") }
      var records: [Value] = []
      records.reserveCapacity(list.count)
      for (position, value) in list.enumerated() {
        if position.isMultiple(of: 1_024) { try context.checkCancelled() }
        let index = Double(start) + Double(position)
        records.append(
          .record(Record([.init("index", .number(index)), .init("value", value)])))
      }
      return List(records)
    })

  static let keys = Builtin(
    "keys", .everyday, "The names of the fields of a record, in the order of its fields.",
    example: "keys({a: 1, b: 2})", foreignNames: ["names"],
    Form(Parameter<Record>("record", "The record.")) { _, record in record.names })
}

extension Parameter<Function> {
  fileprivate static var function: Self {
    Parameter("function", "A function of one argument, by its name.")
  }
}

extension CallError {
  fileprivate static func unequal(_ first: Int, _ other: Int) -> CallError {
    CallError(
      .unequalLengths, "`zip` needs lists of the same length, found \(first) and \(other) elements",
      parameter: "lists")
  }
}
