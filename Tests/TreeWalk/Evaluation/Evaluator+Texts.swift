import ThrModel
import ThrSyntax

extension Evaluator {
  func text(_ text: Expression.Text) throws(Stop) -> Value {
    if case .literal(let whole)? = text.pieces.first, text.pieces.count == 1 { return .text(whole) }
    var whole = ""
    for piece in text.pieces {
      let part =
        switch piece {
        case .literal(let literal): literal
        case .interpolation(let expression, let format): try interpolated(expression, format)
        }
      whole = try placing(at: text.span) { () throws(CallError) in try whole.appending(part) }
    }
    return .text(whole)
  }

  private func interpolated(
    _ expression: Expression, _ format: Expression.Text.Format?
  ) throws(Stop) -> String {
    let value = try evaluate(expression)
    guard let format else { return context.display.line(value) }
    return try placing(at: format.span) { () throws(CallError) in
      try ValueFormat.read(format).text(of: value, in: context.display)
    }
  }
}
