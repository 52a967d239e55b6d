public import ThrSyntax

/// The `use` statements of a program, in the order of the text.
public struct Uses: Sendable {
  /// Also those inside blocks and functions.
  public let statements: [Statement.Use]

  public init(_ parse: Parse) {
    // Most programs use no others, which shows in their words sooner than in their tree.
    let usesFiles = parse.tokens.contains { $0.kind == .use }
    self.init(in: usesFiles ? parse.program.statements : [])
  }

  init(in statements: [Statement]) {
    var collector = Collector()
    collector.collect(statements)
    self.statements = collector.found
  }

  func isSubset(of known: [String: Interface]) -> Bool {
    statements.allSatisfy { known[$0.path] != nil }
  }

  private struct Collector {
    var found: [Statement.Use] = []

    mutating func collect(_ statements: [Statement]) {
      for statement in statements {
        switch statement {
        case .use(let use): found.append(use)
        case .assignment(let assignment): collect(assignment.value)
        case .expression(let expression): collect(expression)
        case .loop(let loop):
          collect(loop.sequence)
          collect(loop.body.statements)
        case .function(let function):
          switch function.body {
          case .block(let block): collect(block.statements)
          case .expression(let expression): collect(expression)
          }
        case .invalid: break
        }
      }
    }

    mutating func collect(_ expression: Expression) {
      for block in expression.blocks { collect(block.statements) }
      expression.forEachPart { collect($0) }
    }
  }
}
