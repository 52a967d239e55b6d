import ThrModel
public import ThrSyntax

/// A name that the text declares, for outlines.
public struct Symbol: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case function, variable, file
  }

  public var name: String
  public var kind: Kind
  /// A function's parameters, a variable's type.
  public var detail: String
  /// The whole statement.
  public var span: Span
  public var nameSpan: Span
  public var children: [Symbol]
}

extension Document {
  /// The functions, variables and used files, each variable where it is given its first value;
  /// what a function declares is inside it.
  public var symbols: [Symbol] { symbols(in: parse.program.statements) }

  private func symbols(in statements: [Statement]) -> [Symbol] {
    var found: [Symbol] = []
    var met: Set<String> = []
    collect(statements, &found, &met)
    return found
  }

  private func collect(
    _ statements: [Statement], _ found: inout [Symbol], _ met: inout Set<String>
  ) {
    for statement in statements {
      switch statement {
      case .assignment(let assignment):
        collect(assignment.value, &found, &met)
        add(assignment.name, assignment.span, &found, &met)
      case .function(let function): found += [symbol(of: function)].compactMap { $0 }
      case .loop(let loop):
        add(loop.variable, loop.variable.span, &found, &met)
        collect(loop.body.statements, &found, &met)
      case .use(let use):
        guard !use.path.isEmpty else { continue }
        found.append(
          Symbol(
            name: use.path, kind: .file, detail: "use", span: use.span, nameSpan: use.pathSpan,
            children: []))
      case .expression(let expression): collect(expression, &found, &met)
      case .invalid: break
      }
    }
  }

  /// The names that the blocks of an `if` give a value, which it shares with what is around it.
  private func collect(
    _ expression: Expression, _ found: inout [Symbol], _ met: inout Set<String>
  ) {
    for block in expression.blocks { collect(block.statements, &found, &met) }
  }

  private func add(
    _ name: Name, _ span: Span, _ found: inout [Symbol], _ met: inout Set<String>
  ) {
    guard !name.text.isEmpty, met.insert(name.text).inserted else { return }
    let type = facts.type(at: name.span) ?? .unknown
    found.append(
      Symbol(
        name: name.text, kind: .variable, detail: type == .unknown ? "" : type.fullDescription,
        span: span, nameSpan: name.span, children: []))
  }

  private func symbol(of function: Statement.FunctionDeclaration) -> Symbol? {
    guard !function.name.text.isEmpty else { return nil }
    var inner: [Symbol] = []
    if case .block(let block) = function.body { inner = symbols(in: block.statements) }
    return Symbol(
      name: function.name.text, kind: .function,
      detail: "(\(function.parameters.map(\.name.text).joined(separator: ", ")))",
      span: function.span, nameSpan: function.name.span, children: inner)
  }
}
