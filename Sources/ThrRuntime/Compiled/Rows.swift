import ThrModel
import ThrSyntax

/// An argument compiled for a builtin that evaluates it for every row, where the names of columns
/// come first.
final class RowCode {
  private let expression: Expression
  private let compiler: Compiler
  /// Made when a builtin first asks: most arguments are evaluated once, before the call.
  private var compiled: (layout: FrameLayout, node: Node)?

  init(_ expression: Expression, _ compiler: Compiler) {
    self.expression = expression
    self.compiler = compiler
  }

  func argument(_ run: Evaluator, _ frame: Frame) -> Argument {
    let (layout, node) = code()
    let row = RowEvaluation(run: run, node: node, frame: Frame(layout, in: frame))
    let names = BoundNames(
      run: run, expression: expression, compiler: compiler.inside(layout), frame: row.frame)
    let columns = ColumnEvaluation(
      run: run, expression: expression, compiler: compiler.inside(layout), frame: row.frame)
    return .rowExpression(
      RowExpression(
        evaluate: { column in try row.value(column) },
        column: { columns.isPossible ? try columns.column($0) : nil },
        announce: { row.announce($0) }, syntax: expression, bound: { names.values }))
  }

  private func code() -> (layout: FrameLayout, node: Node) {
    if let compiled { return compiled }
    let layout = compiler.layout(.row, [], [expression])
    let code = (layout, compiler.inside(layout).expression(expression))
    compiled = code
    return code
  }
}

extension CallSite {
  /// The arguments of a slot with their names, for a builtin that evaluates them for every row.
  func rowExpressions(
    _ slot: [Int], piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) -> RowExpressions {
    RowExpressions(
      slot.compactMap { position -> (name: String, expression: RowExpression)? in
        guard
          case .rowExpression(let expression) = arguments[position].forRows(
            piping: piped, run, frame)
        else { return nil }
        return (arguments[position].label?.text ?? "", expression)
      })
  }
}

extension CallSite.Argument {
  func forRows(piping piped: Value?, _ run: Evaluator, _ frame: Frame) -> ThrModel.Argument {
    if let row { return row.argument(run, frame) }
    // A piped value is computed already: the same for every row.
    let value = piped ?? .none
    return .rowExpression(RowExpression { _ in value })
  }
}

/// What the names of an expression stand for where it is written.
///
/// `@unchecked`: a call from another thread finds none.
private struct BoundNames: @unchecked Sendable {
  let run: Evaluator
  let expression: Expression
  let compiler: Compiler
  let frame: Frame

  var values: [String: Value] {
    guard run.stack.holdsCaller else { return [:] }
    var values: [String: Value] = [:]
    for name in expression.namesRead {
      let path = compiler.path(Name(name, expression.span))
      if case .value(let value)? = path.meaning(frame) { values[name] = value }
    }
    return values
  }
}

/// One expression, evaluated again and again on the evaluation thread.
///
/// `@unchecked`: a call from another thread is turned away before anything is touched.
private struct RowEvaluation: @unchecked Sendable {
  let run: Evaluator
  let node: Node
  let frame: Frame

  func announce(_ columns: [String]) {
    if run.stack.holdsCaller { frame.columnNames = columns }
  }

  func value(_ column: (String) -> Value?) throws -> Value {
    guard run.stack.holdsCaller else { throw CallError.rowsOnOtherThread }
    try run.poll()
    return try withoutActuallyEscaping(column) { column in
      frame.column = column
      defer { frame.column = nil }
      return try node.evaluate(run, frame)
    }
  }
}

extension CallError {
  static let rowsOnOtherThread = CallError(
    .builtinFailed, "an expression for rows was evaluated on another thread")
}
