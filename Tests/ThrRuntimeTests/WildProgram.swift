/// Programs made by chance of every construct of the language; many fail, each in its own way.
struct WildProgram {
  private var state: UInt64

  init(seed: UInt64) { state = (seed &+ 1) &* 0x9e37_79b9_7f4a_7c15 | 1 }

  static let names = ["a", "b", "c", "x", "xs"]
  static let functions = ["f", "g", "half", "len", "sum", "shape", "text", "a"]
  static let files = [
    "lib.thr": "base = 10\nfn half(x) = x / 2 + base",
    "other.thr": "use \"lib.thr\"\nfn g(x) = half(x) - 1\nb = 3",
    "folder/lib.thr": "fn half(x) = x / 2\nx = [1, 2]",
    "loop.thr": "use \"loop.thr\"",
    "n": "7",
  ]

  mutating func number(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % count
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(elements.count)] }

  mutating func program() -> String {
    let start = ["a = 1; b = [1, 2]; x = 3", "fn f(x) = x + 1\nxs = []", "c = \"t\"", ""]
    return ([pick(start)] + (0...number(6)).map { _ in statement() }).joined(separator: "\n")
  }

  mutating func statement(depth: Int = 2) -> String {
    switch number(depth > 0 ? 18 : 8) {
    case 0, 1: return "\(pick(Self.names)) = \(expression())"
    case 2: return expression()
    case 3:
      let name = pick(Self.names)
      return "\(name) = \(name) + \(pick(["[\(expression())]", expression(), "\"s\""]))"
    case 4: return "\(expression()) |> \(pick(Self.functions))"
    case 5: return pick(["use \"lib.thr\"", "use \"other.thr\"", "use \"loop.thr\"", "use \"no\""])
    case 6: return "print(\(expression()))"
    case 7: return "fn \(pick(Self.functions))(\(parameters())) = \(expression())"
    case 8, 9, 10:
      return "for \(pick(Self.names)) in \(sequence()) { \(block(depth)) }"
    case 11, 12, 13:
      return "if \(condition(1)) { \(block(depth)) } else { \(block(depth)) }"
    case 14: return "fn \(pick(Self.functions))(\(parameters())) { \(block(depth)) }"
    case 15: return "\(pick(Self.names)) = \(pick(Self.functions))"
    default: return "warn(\"w{\(pick(Self.names))}\")"
    }
  }

  private mutating func parameters() -> String {
    pick(["x", "x", "x, a=\(expression(depth: 0))", "", "a=x, x=2", "xs"])
  }

  private mutating func block(_ depth: Int) -> String {
    (0...number(2)).map { _ in statement(depth: depth - 1) }.joined(separator: "; ")
  }

  private mutating func sequence() -> String {
    pick(["[1, 2]", "range(3)", pick(Self.names), "[\(expression()), 2]"])
  }

  private mutating func condition(_ depth: Int) -> String {
    let sides = (expression(depth: depth), expression(depth: depth))
    return "\(sides.0) \(pick(["<", "<=", ">", ">=", "==", "!=", "in"])) \(sides.1)"
  }

  mutating func expression(depth: Int = 2) -> String {
    switch number(depth > 0 ? 24 : 6) {
    case 0, 1: return pick(Self.names)
    case 2: return "\(number(9))"
    case 3: return pick(["none", "undefined", "true", "\"t\"", "[]", "recall", "-2.5", "1e308"])
    case 4: return pick(Self.names + Self.functions + ["nope", "args"])
    case 5: return "[\(number(4)), \(pick(Self.names))]"
    case 6...9:
      let sides = (expression(depth: depth - 1), expression(depth: depth - 1))
      return "(\(sides.0) \(pick(["+", "+", "-", "*", "/", "%", "^"])) \(sides.1))"
    case 10: return "(\(condition(depth - 1)))"
    case 11:
      let sides = (condition(depth - 1), condition(depth - 1))
      return "(\(sides.0) \(pick(["and", "or"])) \(pick([sides.1, "not \(pick(Self.names))"])))"
    case 12, 13, 14:
      let arguments = [
        expression(depth: depth - 1), "x=\(expression(depth: 0))", "",
        "\(expression(depth: 0)), \(expression(depth: 0))",
      ]
      return "\(pick(Self.functions))(\(pick(arguments)))"
    case 15: return "[\(expression(depth: depth - 1)) for x in \(sequence())]"
    case 16:
      return
        "[\(expression(depth: depth - 1)) for \(pick(Self.names)) in \(sequence()) if \(condition(0))]"
    case 17: return "{k: \(expression(depth: depth - 1)), a: 2}.\(pick(["k", "a", "z"]))"
    case 18: return "\(pick(Self.names))[\(expression(depth: 0))]"
    case 19: return "\"<{\(expression(depth: 0))}{\(pick(Self.names)):.2f}>\""
    case 21:
      let ends = ["", "\(number(4))", "-\(number(3))", expression(depth: 0)]
      return "\(pick(Self.names + ["\"text\"", "[1, 2, 3]"]))[\(pick(ends)):\(pick(ends))]"
    case 22:
      return
        "[\(expression(depth: 0)) for \(pick(Self.names)) in \(sequence()) for \(pick(Self.names)) in "
        + "\(sequence())\(pick(["", " if \(condition(0))"]))]"
    case 20:
      return
        "(if \(condition(0)) { \(statement(depth: 0)); \(expression(depth: 0)) } else { 4 })"
    default: return "-\(pick(Self.names))"
    }
  }
}
