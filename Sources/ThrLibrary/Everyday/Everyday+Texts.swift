import ThrModel

extension Builtin {
  static let print = Builtin(
    "print", .everyday, "Prints values on one line, separated by spaces.",
    documentation: "To format values, put them in a text: `print(\"F1 {t.value:.3f}\")`.",
    effect: .prints, example: "print(\"threshold\", 0.25)", foreignNames: ["println", "echo"],
    Form(Parameter<List>("values", kind: .variadic, "The values to print."), result: ValueType.none)
    {
      context, values in
      context.print(values.map(context.display.line).joined(separator: " "))
      return Value.none
    })

  static let text = Builtin(
    "text", .everyday, "Converts a value to text, as `print` shows it.",
    example: "text(0.25) + \" is the threshold\"", foreignNames: ["str", "paste"],
    Form(Parameter<Value>("value", "Any value."), result: .text) { context, value in
      context.display.line(value)
    })

  static let number = Builtin(
    "number", .everyday, "Converts a text to a number; true and false become 1 and 0.",
    documentation: """
      Accepts numbers as written in thr: digits with `_` between them, a decimal point, an exponent,
      `%` at the end; also `inf` and `-inf`. Spaces around it are ignored.
      """,
    example: "number(\"99%\")", foreignNames: ["int", "float", "as_numeric"],
    Form(Parameter<String>("text", "The text to convert.")) { _, text in
      guard let number = parsed(text) else { throw CallError.notANumber(text) }
      return number
    },
    Form(Parameter<Bool>("boolean", "True or false.")) { _, boolean in boolean ? 1 : 0 },
    Form(Parameter<Outcome>("number", "A number, returned unchanged.")) { _, number in number })

  private static func parsed(_ text: String) -> Double? {
    var digits = trimmed(text)
    switch digits {
    case "inf", "+inf": return .infinity
    case "-inf": return -.infinity
    default: break
    }
    let isShare = digits.hasSuffix("%")
    if isShare { digits.removeLast() }
    guard digits.first != "_", digits.last != "_", !digits.contains("__") else { return nil }
    digits.removeAll { $0 == "_" }
    guard digits.allSatisfy({ $0.isASCII && ($0.isWholeNumber || "+-.eE".contains($0)) }) else {
      return nil
    }
    // The exponent moves the point in the text, so that 99% is the Double nearest to 0.99.
    let number = Double(isShare && !digits.contains { "eE".contains($0) } ? digits + "e-2" : digits)
    guard let number, number.isFinite else { return nil }
    return isShare && digits.contains { "eE".contains($0) } ? number / 100 : number
  }
}

/// The text without the spaces and line ends around it.
private func trimmed(_ text: String) -> Substring {
  var rest = text[...]
  while rest.first?.isWhitespace == true { rest.removeFirst() }
  while rest.last?.isWhitespace == true { rest.removeLast() }
  return rest
}

extension CallError {
  fileprivate static func notANumber(_ text: String) -> CallError {
    CallError(
      .unsuitableArgument, "\(String(text.prefix(40)).quoted) is not a number",
      remedy: "write a number such as `0.25`, `1e-3` or `99%`", parameter: "text")
  }
}
