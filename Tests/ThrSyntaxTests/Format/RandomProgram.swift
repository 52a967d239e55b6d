import TestSupport

/// A random program with its spaces, line ends and comments in random places where they may stand.
struct RandomProgram {
  private var random: SeededGenerator
  private(set) var text = ""
  /// What the innermost bracket is, outermost first; a line end within a block ends a statement.
  private var brackets: [Character] = []
  private var last = ""

  init(seed: UInt64, statements: Int = 6) {
    random = SeededGenerator(seed)
    separatedStatements(Int.random(in: 1...statements, using: &random), depth: 4)
  }

  // MARK: - Spaces

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func pick(_ words: String) -> String {
    String(words.split(separator: " ").randomElement(using: &random) ?? "x")
  }

  private static let continuing: Set<String> = [
    "and", "or", "not", "in", ",", "=", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%",
    "^", "|>",
  ]

  private mutating func write(_ token: String) {
    let mayBreak =
      brackets.last == "(" || Self.continuing.contains(last)
      || ["|>", ".", "else"].contains(token)
    // `else if` and the brace of a block stay on their line outside brackets.
    if !last.isEmpty { space(mayBreak: mayBreak, before: token) }
    text += token
    last = token
  }

  private mutating func space(mayBreak: Bool, before token: String) {
    if mayBreak, chance(12) {
      if chance(40) { text += "  # \(pick("why how é中 {x} \"q"))  " }
      repeat { text += pick("\n \r\n").isEmpty ? "\n" : "\n" } while chance(20)
      if chance(20) { text += "   # own\n\n" }
      text += String(repeating: " ", count: Int.random(in: 0...5, using: &random))
    } else if needsSpace(last, token) || chance(50) {
      text += chance(90) ? " " : " \t  "
    }
  }

  private func needsSpace(_ one: String, _ other: String) -> Bool {
    let open = "()[],;:"
    if let end = one.last, open.contains(end) { return false }
    if let start = other.first, open.contains(start) || start == "." { return false }
    return one != "."
  }

  private mutating func endStatement(isInline: Bool) {
    if isInline { return write(";") }
    if chance(20) { text += "  # behind \(pick("a bb ccc"))" }
    text += "\n"
    while chance(30) { text += pick("x y") == "x" ? "\n" : "  # above\n" }
    text += String(repeating: " ", count: Int.random(in: 0...3, using: &random))
    last = ""
  }

  // MARK: - Statements

  private mutating func separatedStatements(_ count: Int, depth: Int) {
    for index in 0..<count {
      statement(depth)
      if index + 1 < count || chance(80) { endStatement(isInline: chance(25)) }
    }
  }

  private mutating func statement(_ depth: Int) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<4:
      write(pick("x y total fn rate"))
      write("=")
      expression(depth)
    case 4 where depth > 1:
      write("for")
      write(pick("x y"))
      write("in")
      head(depth)
      block(depth)
    case 5 where depth > 1:
      write("fn")
      write(pick("f g half"))
      write("(")
      brackets.append("(")
      write("a")
      if chance(50) {
        write(",")
        write("b")
        write("=")
        expression(1)
      }
      if chance(20) { write(",") }
      write(")")
      brackets.removeLast()
      if chance(50) {
        write("=")
        expression(depth)
      } else {
        block(depth)
      }
    case 6: write("use \"a/b.thr\"")
    default: expression(depth)
    }
  }

  private mutating func head(_ depth: Int) {
    write("(")
    brackets.append("(")
    expression(depth - 1)
    write(")")
    brackets.removeLast()
  }

  private mutating func block(_ depth: Int) {
    // The brace stands on the line of its head, in any context.
    text += " {"
    last = "{"
    brackets.append("{")
    if chance(60) { endStatement(isInline: false) }
    separatedStatements(Int.random(in: 0...2, using: &random), depth: depth - 1)
    text += " }"
    last = "}"
    brackets.removeLast()
  }

  // MARK: - Expressions

  private mutating func expression(_ depth: Int) {
    row(depth, ["or"], percent: 10) { $0.row($1, ["and"], percent: 15) { $0.negation($1) } }
    while chance(12), depth > 0 {
      write("|>")
      write(pick("tune show f"))
      if chance(60) { arguments(depth - 1) }
    }
  }

  private mutating func negation(_ depth: Int) {
    if chance(8) { write("not") }
    sum(depth)
    guard chance(15) else { return }
    write(pick("== != < <= > >= in"))
    sum(depth - 1)
  }

  private mutating func sum(_ depth: Int) {
    row(depth, ["+", "-"], percent: 25) {
      $0.row($1, ["*", "/", "%"], percent: 25) { $0.signed($1) }
    }
  }

  private mutating func row(
    _ depth: Int, _ operators: [String], percent: Int, _ operand: (inout Self, Int) -> Void
  ) {
    operand(&self, depth)
    while depth > 0, chance(percent) {
      write(operators.randomElement(using: &random) ?? "+")
      operand(&self, depth - 1)
    }
  }

  private mutating func signed(_ depth: Int) {
    if chance(8) { write("-") }
    primary(depth)
    guard chance(8) else { return }
    write("^")
    if chance(30) { write("-") }
    primary(depth - 1)
  }

  private mutating func primary(_ depth: Int) {
    guard depth > 0, chance(55) else { return atom() }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: list(depth)
    case 1: record(depth)
    case 2: conditional(depth)
    case 3: head(depth)
    default:
      write(pick("tune scores data f fn"))
      while chance(50) {
        switch pick("call member index") {
        case "call": arguments(depth - 1)
        case "member":
          write(".")
          write(pick("train val if threshold"))
        default: bracketed("[", "]") { $0.expression(depth - 1) }
        }
      }
    }
  }

  private mutating func atom() {
    write(
      pick(
        """
        1 10_000 0.99 99% 1e-3 2.5% x precision true none undefined fn "text" "a{x:.3f}b" "{f(1,{a:2})}" "#no" \
        threshold_of_the_model 123456789 "é中" "\\n\\"\\{"
        """))
  }

  private mutating func bracketed(_ open: String, _ close: String, _ body: (inout Self) -> Void) {
    write(open)
    brackets.append("(")
    body(&self)
    write(close)
    brackets.removeLast()
  }

  private mutating func elements(_ write: (inout Self, Int) -> Void) {
    let count = Int.random(in: 0...4, using: &random)
    for index in 0..<count {
      write(&self, index)
      if index + 1 < count || chance(15) { self.write(",") }
    }
  }

  private mutating func arguments(_ depth: Int) {
    bracketed("(", ")") { program in
      program.elements { program, index in
        if index > 1 {
          program.write(program.pick("step where goal fp"))
          program.write("=")
        }
        program.expression(depth)
      }
    }
  }

  private mutating func list(_ depth: Int) {
    bracketed("[", "]") { program in
      guard program.chance(25) else {
        let isPlain = program.chance(30)
        return program.elements { isPlain ? $0.atom() : $0.expression(depth - 1 + 0 * $1) }
      }
      program.expression(depth - 1)
      program.write("for")
      program.write("x")
      program.write("in")
      program.expression(depth - 1)
      guard program.chance(40) else { return }
      program.write("if")
      program.expression(depth - 1)
    }
  }

  private mutating func record(_ depth: Int) {
    bracketed("({", "})") { program in
      program.elements { program, _ in
        program.write(program.pick("fp fn \"a_b\" if"))
        program.write(":")
        program.expression(depth - 1)
      }
    }
  }

  private mutating func conditional(_ depth: Int) {
    write("(if")
    brackets.append("(")
    head(depth)
    block(depth)
    while chance(30) {
      write("else")
      text += " if"
      last = "if"
      head(depth)
      block(depth)
    }
    if chance(60) {
      write("else")
      block(depth)
    }
    write(")")
    brackets.removeLast()
  }
}
