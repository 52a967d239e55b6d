public import ThrSyntax

/// The `use` statements of a program, for whoever may read the files.
public struct Uses: Sendable {
  /// In the order of the text, also those inside blocks and functions.
  public let statements: [Statement.Use]

  public init(_ program: Program) {
    var collector = Collector()
    collector.collect(program.statements)
    statements = collector.found
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
