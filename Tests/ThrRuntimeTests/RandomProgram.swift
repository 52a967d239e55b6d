/// Programs made by chance, of few names, so that most statements depend on each other.
struct RandomProgram {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func number(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % count
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(elements.count)] }

  static let names = ["a", "b", "c", "d"]
  static let functions = ["f", "g", "half", "len"]
  static let files = [
    "lib.thr": "base = 10\nfn half(x) = x / 2 + base",
    "other.thr": "use \"lib.thr\"\nfn g(x) = half(x) - 1\nb = 3",
    "n": "7",
  ]

  /// - Parameter depth: how many blocks may stand inside each other.
  mutating func statement(depth: Int = 2) -> String {
    switch number(depth > 0 ? 16 : 9) {
    case 0...4: "\(pick(Self.names)) = \(expression())"
    case 5: expression()
    case 6: "fn \(pick(Self.functions))(x) = \(expression() + pick([" + x", ""]))"
    case 7:
      // What a statement wrote before it failed stays written: here, writing comes last.
      depth == 2 && number(2) == 0
        ? "store(\"n\", \(expression()))" : pick(["b = fetch(\"n\")", "a = fetch(\"n\") + 1"])
    case 8: pick(["use \"lib.thr\"", "use \"other.thr\"", "warn(\"w{\(pick(Self.names))}\")"])
    case 9, 10:
      "for \(pick(Self.names)) in [\(expression()), \(expression())] { \(block(depth)) }"
    case 11, 12: "if \(expression()) > \(number(9)) { \(block(depth)) } else { \(block(depth)) }"
    case 13: "fn \(pick(Self.functions))(x) { \(block(depth)) }"
    case 14: "h = \(pick(Self.functions))"
    default: pick(["a = b.z", "print(\(expression()))", "c = sum([x + d for x in [1, a]])"])
    }
  }

  private mutating func block(_ depth: Int) -> String {
    (0...number(2)).map { _ in statement(depth: depth - 1) }.joined(separator: "; ")
  }

  mutating func expression(depth: Int = 2) -> String {
    switch number(depth > 0 ? 9 : 4) {
    case 0, 1: return pick(Self.names)
    case 2: return "\(number(9))"
    case 3: return pick(Self.names + ["_", "len([1, 2])"])
    case 4, 5:
      let sides = (expression(depth: depth - 1), expression(depth: depth - 1))
      return "(\(sides.0) \(pick(["+", "-", "*"])) \(sides.1))"
    case 6, 7: return "\(pick(Self.functions))(\(expression(depth: depth - 1)))"
    default: return "(if \(pick(Self.names)) > 3 { \(pick(Self.names)) } else { 4 })"
    }
  }
}
