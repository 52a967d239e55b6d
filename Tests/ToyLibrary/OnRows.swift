import ParallelWork
import Synchronization
import ThrModel

extension [Builtin] {
  /// Functions on records as a table, and on the row around a call.
  static let onRows: [Builtin] = [
    // Records as a table: an expression is evaluated with the fields in scope.
    Builtin(
      "where", .everyday, "Filters.", example: "where([{a: 1}], a > 0)",
      Builtin.Form(
        Parameter<[Record]>("rows", "Records."),
        Parameter<RowExpression>("condition", kind: .rowExpression, "What to keep.")
      ) { _, rows, condition -> [Record] in
        try rows.filter { row in
          try condition.evaluate { row[$0] } == .boolean(true)
        }
      }),
    // What stands in the row around the call.
    Builtin(
      "cell", .everyday, "A field of the row.", example: "where([{a: 1}], cell(\"a\") > 0)",
      Builtin.Form(Parameter<String>("name", "The field.")) { context, name -> Value in
        switch context.cell(name) {
        case .value(let value): value
        case .noColumn: .text("no field")
        case .noRow: .text("no row")
        }
      }),
    // Asks for a field of the row on another thread, which has none.
    Builtin(
      "cell_elsewhere", .everyday, "A field of the row, asked for elsewhere.",
      example: "cell_elsewhere(\"a\")",
      Builtin.Form(Parameter<String>("name", "The field.")) { context, name -> String in
        let answer = Mutex("")
        _ = SystemThread.run {
          let cell = context.cell(name)
          answer.withLock { $0 = "\(cell)" }
        }
        return answer.withLock { $0 }
      }),
    // Evaluates its expression on another thread, which the runtime must refuse.
    Builtin(
      "leave", .everyday, "Leaves the thread.", example: "leave(1)",
      Builtin.Form(
        Parameter<RowExpression>("condition", kind: .rowExpression, "An expression.")
      ) { _, condition in
        let result = Mutex<Result<Value, any Error>>(.success(.none))
        _ = SystemThread.run {
          let outcome = Result { try condition.evaluate { _ in nil } }
          result.withLock { $0 = outcome }
        }
        return try result.withLock { $0 }.get()
      }),
  ]
}
