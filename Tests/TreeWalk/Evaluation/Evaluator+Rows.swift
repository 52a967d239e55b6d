import ThrModel
import ThrRuntime
import ThrSyntax

extension Evaluator {
  /// An argument that the builtin evaluates for every row, where the names of columns come first.
  func rowExpression(_ argument: CallSite.Argument) -> Argument {
    guard case .expression(let expression) = argument.source else {
      // A piped value is computed already: the same for every row.
      guard case .value(let value) = argument.source else { return .value(.none) }
      return .rowExpression(RowExpression { _ in value })
    }
    let row = RowEvaluation(evaluator: self, expression: expression, scope: Scope(parent: scope))
    return .rowExpression(
      RowExpression(
        evaluate: { column in try row.value(column) }, announce: { row.announce($0) },
        syntax: expression, bound: { row.bound }))
  }
}

/// Looks into the row around a call.
///
/// `@unchecked`: a builtin asks while it is called, on the evaluation thread; on another thread it
/// finds no row.
struct RowAround: @unchecked Sendable {
  let scope: Scope
  let stack: StackBounds

  func cell(_ column: String) -> RowCell {
    guard stack.holdsCaller else { return .noRow }
    var isRow = false
    var scope: Scope? = scope
    while let current = scope {
      if let cells = current.column {
        if let value = cells(column) { return .value(value) }
        isRow = true
      }
      scope = current.parent
    }
    return isRow ? .noColumn : .noRow
  }
}

/// One expression, evaluated again and again on the evaluation thread.
///
/// `@unchecked`: a call from another thread is refused before anything is touched.
private struct RowEvaluation: @unchecked Sendable {
  let evaluator: Evaluator
  let expression: Expression
  let scope: Scope

  /// What the names stand for where the expression is written.
  var bound: [String: Value] {
    guard evaluator.stack.holdsCaller else { return [:] }
    var values: [String: Value] = [:]
    for name in expression.namesRead {
      if case .value(let value)? = scope.find(name)?.binding.content { values[name] = value }
    }
    return values
  }

  func announce(_ columns: [String]) {
    if evaluator.stack.holdsCaller { scope.columnNames = columns }
  }

  func value(_ column: (String) -> Value?) throws -> Value {
    guard evaluator.stack.holdsCaller else { throw CallError.rowsOnOtherThread }
    try evaluator.checkCancelled()
    return try withoutActuallyEscaping(column) { column in
      scope.column = column
      defer { scope.column = nil }
      return try evaluator.within(scope) { () throws(Stop) in try evaluator.evaluate(expression) }
    }
  }
}

extension CallError {
  fileprivate static let rowsOnOtherThread = CallError(
    .builtinFailed, "an expression for rows was evaluated on another thread")
}
