import ThrModel

extension [Builtin] {
  /// Everyday functions, which compute.
  static let everyday: [Builtin] = [
    Builtin(
      "print", .everyday, "Prints.", effect: .prints, example: "print(1)",
      Builtin.Form(
        Parameter<[Value]>("values", kind: .variadic, "What to print."), result: ValueType.none
      ) { context, values in
        context.print(values.map { context.display.line($0) }.joined(separator: " "))
        return Value.none
      }),
    Builtin(
      "len", .everyday, "How long.", example: "len([1])",
      Builtin.Form(Parameter<List>("list", "The list.")) { _, list in Double(list.count) },
      Builtin.Form(Parameter<String>("text", "The text.")) { _, text in Double(text.count) }),
    Builtin(
      "range", .everyday, "Whole numbers.", example: "range(3)",
      Builtin.Form(
        Parameter<Int>("end", "The end.")
      ) { (_: CallContext, end: Int) -> List in
        guard let steps = NumberSteps(from: 0, to: Double(end), by: 1) else {
          return List([Double]())
        }
        return List(steps)
      }),
    Builtin(
      "sum", .everyday, "The sum.", example: "sum([1, 2])",
      Builtin.Form(Parameter<[Double]>("list", "The numbers.")) { _, numbers in
        Outcome(numbers.reduce(0, +))
      }),
    Builtin(
      "max", .everyday, "The largest.", example: "max(1, 2)",
      Builtin.Form(Parameter<[Double]>("list", "The numbers.")) { _, numbers in
        Outcome(numbers.max())
      },
      Builtin.Form(Parameter<[Double]>("values", kind: .variadic, "The numbers.")) { _, numbers in
        Outcome(numbers.max())
      }),
    Builtin(
      "text", .everyday, "The value as a text.", example: "text(1)",
      Builtin.Form(Parameter<Value>("value", "The value.")) { context, value in
        context.display.line(value)
      }),
    Builtin(
      "number", .everyday, "The text as a number.", example: "number(\"1\")",
      Builtin.Form(Parameter<String>("text", "The text.")) { _, text in Outcome(Double(text)) }),
    Builtin(
      "cube", .everyday, "Cube of a number.", example: "cube(2)",
      Builtin.Form(Parameter<Double>("number", "The number.")) { _, number in
        number * number * number
      }),
    Builtin(
      "mix", .everyday, "Mixes two numbers.", example: "mix(1, 2)",
      Builtin.Form(
        Parameter<Double>("left", "One number."), Parameter<Double>("right", "The other."),
        Parameter<String?>("how", words: ["evenly", "roughly"], "The way.")
      ) { _, left, right, _ in left + right },
      Builtin.Form(Parameter<String>("words", "Two words.")) { _, words in words }),
  ]
}
