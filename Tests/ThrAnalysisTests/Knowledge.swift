import ThrSyntax

@testable import ThrAnalysis
@testable import ThrModel

/// All that a document knows of its text, in words that do not depend on how it came to know it.
struct Knowledge {
  private let lines: [String]

  init(_ document: Document) {
    var lines: [String] = []
    let analysis = document.analysis
    let stretches = document.facts.statements + document.facts.bodies
    lines += stretches.flatMap(\.references).map { "reference \($0)" }.sorted()
    lines += analysis.reported.map { "reported \($0.kind.code) \($0.span)" }.sorted()
    var spans: [Span] = []
    Self.collect(document.parse.program.statements, &spans)
    for span in spans {
      lines.append("type \(span) \(String(describing: document.facts.type(at: span)))")
      switch document.facts.callee(at: span) {
      case .builtin(let name)?: lines.append("calls \(name) \(span)")
      case .function(let id)?: lines.append("calls \(Self.text(analysis.functions[id])) \(span)")
      case nil: break
      }
    }
    lines += Self.names(of: analysis)
    self.lines = lines
  }

  /// The names at the end; numbers of values are shown by which others are equal.
  private static func names(of analysis: Analysis) -> [String] {
    let interface = analysis.interface
    var met: [ValueNumber] = []
    func text(_ number: ValueNumber?) -> String {
      guard let number else { return "-" }
      if !met.contains(number) { met.append(number) }
      return "\(met.firstIndex(of: number) ?? 0) \(number.isOpaque)"
    }
    return interface.names.sorted { $0.key < $1.key }.map {
      name, binding in
      let value = binding.value
      var callee = ""
      if case .function(let id)? = value.callee { callee = Self.text(interface.functions[id]) }
      return "name \(name) \(value.type) \(String(describing: value.constant))"
        + " \(value.isNonEmpty) \(text(value.number)) \(value.history.count) \(callee)"
        + " \(value.rows.map { "\($0.role) \($0.depth)" } ?? "") \(binding.isCertain)"
        + " \(String(describing: binding.origin))"
    }
  }

  private static func text(_ function: UserFunction?) -> String {
    guard let function else { return "?" }
    return "\(function.declaration) \(function.file ?? "") \(function.documentation)"
  }

  /// The places of all expressions.
  private static func collect(_ statements: [Statement], _ spans: inout [Span]) {
    for statement in statements {
      switch statement {
      case .assignment(let assignment):
        spans.append(assignment.name.span)
        collect(assignment.value, &spans)
      case .function(let function):
        spans.append(function.name.span)
        spans += function.parameters.map(\.name.span)
        switch function.body {
        case .block(let block): collect(block.statements, &spans)
        case .expression(let expression): collect(expression, &spans)
        }
      case .loop(let loop):
        spans.append(loop.variable.span)
        collect(loop.sequence, &spans)
        collect(loop.body.statements, &spans)
      case .expression(let expression): collect(expression, &spans)
      case .use, .invalid: break
      }
    }
  }

  private static func collect(_ expression: Expression, _ spans: inout [Span]) {
    spans.append(expression.span)
    for part in expression.parts { collect(part, &spans) }
    for block in expression.blocks { collect(block.statements, &spans) }
  }

  /// The lines that only one of both has.
  func difference(from other: Knowledge) -> [String] {
    lines == other.lines ? [] : lines.difference(from: other.lines).map { "\($0)" }
  }
}
