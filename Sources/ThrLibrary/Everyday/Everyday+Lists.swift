import NumberText
import ParallelWork
import TableIO
import ThrModel

extension Builtin {
  static let len = Builtin(
    "len", .everyday, "The number of elements, characters, fields or rows.",
    example: "len([1, 5, 10])", foreignNames: ["length", "nrow"],
    Form(Parameter<List>("list", "The list.")) { _, list in list.count },
    Form(Parameter<String>("text", "The text.")) { _, text in text.count },
    Form(Parameter<Record>("record", "The record.")) { _, record in record.fields.count },
    Form(Parameter<DataTable>("table", "The table.")) { _, table in table.content.rows })

  static let range = Builtin(
    "range", .everyday, "Evenly spaced numbers from 0 or a start, up to but excluding an end.",
    documentation: """
      `range(3)` is `[0, 1, 2]`, `range(1, 4)` is `[1, 2, 3]`. Each number is the closest to the
      exact decimal: `range(0, 1, 0.1)` contains exactly 0.3. Nothing is stored, so a loop over a
      very long range starts at once.
      """,
    example: "range(1, 10, 3)", foreignNames: ["linspace", "arange", "seq"],
    Form(
      Parameter<Double>("start", "The first number; if it is the only argument, the end."),
      Parameter<Double?>("end", "The end, not included."),
      Parameter<Double>("step", default: 1, "Difference between successive numbers; not 0."),
      result: .list(.number),
      refusing: { known throws(CallError) in
        if known.number("step") == 0 { throw .standingStill }
      }
    ) { _, start, end, step in
      let (first, last) = end.map { (start, $0) } ?? (0, start)
      guard step != 0 else { throw CallError.standingStill }
      guard let steps = NumberSteps(from: first, to: last, by: step) else {
        throw CallError.endlessRange
      }
      return List(steps)
    })

  static let reverse = Builtin(
    "reverse", .everyday, "The elements of a list, or the characters of a text, in reverse order.",
    example: "reverse([1, 2, 3])",
    Form(Parameter<List>("list", "The list.")) { context, list in
      if list.isTooLongToHold { throw CallError.tooLong(list.count) }
      return try list.reversed(isCancelled: context.isCancelled)
    },
    Form(Parameter<String>("text", "The text.")) { _, text in String(text.reversed()) })

  static let unique = Builtin(
    "unique", .everyday,
    "The distinct elements of a list, in order of first appearance.",
    example: "unique([2, 1, 2, 3, 1])", foreignNames: ["distinct"],
    Form(Parameter<List>("list", "The list.")) { context, list in
      if let numbers = try list.heldNumbers() { return List(try numbers.distinctNumbers(context)) }
      return List(try Array(list).distinct(context))
    })
}

extension Array where Element: Hashable {
  /// The different elements, in the order of their first appearance.
  fileprivate func distinct(_ context: CallContext) throws(Cancelled) -> [Element] {
    var seen: Set<Element> = []
    var distinct: [Element] = []
    for start in stride(from: 0, to: count, by: 4_096) {
      try context.checkCancelled()
      for element in self[start..<Swift.min(start + 4_096, count)]
      where seen.insert(element).inserted {
        distinct.append(element)
      }
    }
    return distinct
  }
}

extension List {
  /// The numbers where the list holds nothing else; throws where it is too long to be written out.
  func heldNumbers() throws(CallError) -> [Double]? {
    if isTooLongToHold { throw .tooLong(count, parameter: "list") }
    return numbers
  }
}

extension CallError {
  fileprivate static let standingStill = CallError(
    .unsuitableArgument, "a step of 0 never reaches the end",
    remedy: "use a step above 0, or below 0 to count down", parameter: "step")

  fileprivate static let endlessRange = CallError(
    .unsuitableArgument, "a range needs finite ends and a step that is not too small for them")
}
