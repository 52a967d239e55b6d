/// The tree as source text again, in one canonical spelling: on one line, single spaces, parentheses
/// only where they stand in the tree or the meaning needs them.
///
/// Parsing the text of a tree that has no `.missing` and no `.invalid` yields that tree, apart
/// from spans and from parentheses that a tree made by hand lacked.
struct Printer {
  private(set) var text = ""

  // The places of the grammar that an expression can stand in, by what they admit.
  private enum Place: Int {
    case whole, disjunction, conjunction, negation, comparison, sum, product, signed, power, postfix

    var tighter: Place { Place(rawValue: rawValue + 1) ?? .postfix }
  }

  private mutating func write(_ piece: String) { text += piece }

  private mutating func write<Element>(
    _ elements: [Element], separator: String = ", ", _ print: (inout Printer, Element) -> Void
  ) {
    for (index, element) in elements.enumerated() {
      if index > 0 { write(separator) }
      print(&self, element)
    }
  }
}

// MARK: - Statements

extension Printer {
  mutating func print(_ statement: Statement) {
    switch statement {
    case .assignment(let assignment):
      write(assignment.name.text + " = ")
      print(assignment.value)
    case .function(let function): print(function)
    case .loop(let loop):
      write("for \(loop.variable.text) in ")
      print(loop.sequence)
      print(loop.body)
    case .use(let use):
      write("use \"")
      escape(use.path)
      write("\"")
    case .expression(let expression): print(expression)
    case .invalid: write("…")
    }
  }

  private mutating func print(_ function: Statement.FunctionDeclaration) {
    write("fn \(function.name.text)(")
    write(function.parameters) { printer, parameter in
      printer.write(parameter.name.text)
      guard let value = parameter.defaultValue else { return }
      printer.write("=")
      printer.print(value)
    }
    write(")")
    switch function.body {
    case .block(let block): print(block)
    case .expression(let expression):
      write(" = ")
      print(expression)
    }
  }

  private mutating func print(_ block: Block) {
    guard !block.statements.isEmpty else { return write(" { }") }
    write(" { ")
    write(block.statements, separator: "; ") { $0.print($1) }
    write(" }")
  }
}

// MARK: - Expressions

extension Printer {
  mutating func print(_ expression: Expression) { print(expression, at: .whole) }

  private mutating func print(_ expression: Expression, at place: Place) {
    guard place.rawValue > tightness(of: expression).rawValue else { return printBare(expression) }
    write("(")
    printBare(expression)
    write(")")
  }

  /// The tightest place where the expression may stand without parentheses.
  private func tightness(of expression: Expression) -> Place {
    switch expression {
    case .pipe: .whole
    case .operation(let operation): place(of: operation.rest.first?.operator ?? .power)
    case .unary(let unary): unary.operator == .not ? .negation : .signed
    // A number takes no call, member or index; one below zero is written with a sign.
    case .number(let value, _): value.sign == .minus ? .signed : .power
    default: .postfix
    }
  }

  private func place(of binary: Expression.BinaryOperator) -> Place {
    switch binary {
    case .or: .disjunction
    case .and: .conjunction
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in: .comparison
    case .plus, .minus: .sum
    case .times, .divide, .remainder: .product
    case .power: .power
    }
  }

  private mutating func printBare(_ expression: Expression) {
    switch expression {
    case .number(let value, _): write(NumberLiteral.text(of: value))
    case .text(let text): print(text)
    case .boolean(let value, _): write(value ? "true" : "false")
    case .none: write("none")
    case .undefined: write("undefined")
    case .name(let name): write(name.text)
    case .list(let elements, _):
      write("[")
      write(elements) { $0.print($1) }
      write("]")
    case .record(let record): print(record)
    case .comprehension(let comprehension): print(comprehension)
    case .call(let call): print(call)
    case .member(let member):
      print(member.target, at: .postfix)
      write(".\(member.name.text)")
    case .index(let index):
      print(index.target, at: .postfix)
      write("[")
      print(index.index)
      write("]")
    case .slice(let slice): print(slice)
    case .unary(let unary): print(unary)
    case .operation(let operation): print(operation)
    case .pipe(let pipe):
      print(pipe.first, at: .disjunction)
      for stage in pipe.stages {
        write(" |> ")
        print(stage, at: .postfix)
      }
    case .conditional(let conditional): print(conditional)
    case .parenthesized(let inner, _):
      write("(")
      print(inner)
      write(")")
    case .missing: write("…")
    }
  }

  private mutating func print(_ operation: Expression.Operation) {
    let place = place(of: operation.rest.first?.operator ?? .power)
    // The first operand of a row of its own level would otherwise become part of the row; a number
    // can be the base of a power, though it takes no call.
    if case .number(let base, _) = operation.first, base.sign == .plus {
      printBare(operation.first)
    } else {
      print(operation.first, at: place.tighter)
    }
    for link in operation.rest {
      let isPower = link.operator == .power
      write(isPower ? "^" : " \(link.operator.rawValue) ")
      print(link.operand, at: isPower ? .signed : place.tighter)
    }
  }

  private mutating func print(_ unary: Expression.Unary) {
    write(unary.operator == .not ? "not " : "-")
    print(unary.operand, at: unary.operator == .not ? .negation : .signed)
  }

  private mutating func print(_ call: Expression.Call) {
    print(call.callee, at: .postfix)
    write("(")
    write(call.arguments) { printer, argument in
      if let label = argument.label { printer.write(label.text + "=") }
      printer.print(argument.value)
    }
    write(")")
  }

  private mutating func print(_ record: Expression.Record) {
    write("{")
    write(record.fields) { printer, field in
      printer.printField(field.name.text)
      printer.write(": ")
      printer.print(field.value)
    }
    write("}")
  }

  private mutating func printField(_ name: String) {
    let tokens = Lexer.lex(Array(name.utf8)).tokens
    if tokens.count == 2, tokens[0].kind.isWord, !tokens[0].isFaulty,
      tokens[0].span == Span(0, name.utf8.count)
    {
      return write(name)
    }
    write("\"")
    escape(name)
    write("\"")
  }

  private mutating func print(_ comprehension: Expression.Comprehension) {
    write("[")
    print(comprehension.element)
    for turns in comprehension.turns {
      write(" for \(turns.variable.text) in ")
      print(turns.sequence)
      guard let condition = turns.condition else { continue }
      write(" if ")
      print(condition)
    }
    write("]")
  }

  private mutating func print(_ slice: Expression.Slice) {
    print(slice.target, at: .postfix)
    write("[")
    if let lower = slice.lower { print(lower) }
    write(":")
    if let upper = slice.upper { print(upper) }
    write("]")
  }

  private mutating func print(_ conditional: Expression.Conditional) {
    write(conditional.branches, separator: " else ") { printer, branch in
      printer.write("if ")
      printer.print(branch.condition)
      printer.print(branch.body)
    }
    guard let otherwise = conditional.otherwise else { return }
    write(" else")
    print(otherwise)
  }
}

// MARK: - Literals

extension Printer {
  private mutating func print(_ text: Expression.Text) {
    write("\"")
    for piece in text.pieces {
      switch piece {
      case .literal(let literal): escape(literal)
      case .interpolation(let value, let format):
        write("{")
        print(value)
        if let format { write(":\(format.text)") }
        write("}")
      }
    }
    write("\"")
  }

  private mutating func escape(_ literal: String) {
    for scalar in literal.unicodeScalars {
      switch scalar {
      case "\n": write("\\n")
      case "\t": write("\\t")
      case "\"", "\\", "{": write("\\\(scalar)")
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        write("\\u{\(String(scalar.value, radix: 16))}")
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}

extension NumberLiteral {
  /// The shortest digits that read back as the value, whole numbers below 2⁵³ in full.
  static func text(of value: Double) -> String {
    if value == value.rounded(), abs(value) < 0x1p53 {
      return value.sign == .minus && value == 0 ? "-0" : "\(Int64(value))"
    }
    return value.description
  }
}

extension Expression: CustomStringConvertible {
  /// The expression as canonical source text, on one line.
  public var description: String {
    var printer = Printer()
    printer.print(self)
    return printer.text
  }
}

extension Statement: CustomStringConvertible {
  /// The statement as canonical source text, on one line.
  public var description: String {
    var printer = Printer()
    printer.print(self)
    return printer.text
  }
}

extension Program: CustomStringConvertible {
  /// The statements as canonical source text, one a line.
  public var description: String { statements.map(\.description).joined(separator: "\n") }
}
