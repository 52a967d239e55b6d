import ThrModel
import ThrSyntax

/// Whether what a block or a function ends with was done for its effect, so that its `none` says
/// nothing.
enum Ending {
  /// It ends with no expression.
  case procedure
  /// It ends with a value that is made here.
  case value
  /// It ends with a call or an `if`, which say so themselves when they end.
  case call

  init(_ expression: Expression) {
    switch expression.bare {
    case .call, .pipe, .conditional: self = .call
    default: self = .value
    }
  }

  init(_ statements: [Statement]) {
    if case .expression(let last)? = statements.last {
      self = Ending(last)
    } else {
      self = .procedure
    }
  }
}

extension Evaluator {
  func end(_ ending: Ending) {
    switch ending {
    case .procedure: endedInProcedure = true
    case .value: endedInProcedure = false
    case .call: break
    }
  }
}
