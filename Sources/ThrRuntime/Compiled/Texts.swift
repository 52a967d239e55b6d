import NumberText
import ThrModel
import ThrSyntax

/// A text with values in it: `"{share:.1%} of {count}"`.
final class TextNode: Node {
  enum Piece {
    case literal(String)
    case value(Node, Expression.Text.Format?)
  }

  private let pieces: [Piece]
  private let span: Span
  /// About how many bytes the text takes.
  private let size: Int

  init(_ pieces: [Piece], _ span: Span) {
    self.pieces = pieces
    self.span = span
    size = pieces.reduce(0) { size, piece in
      if case .literal(let literal) = piece { size + literal.utf8.count } else { size + 8 }
    }
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    var whole = ""
    // Short texts need no memory of their own.
    if size > 15 { whole.reserveCapacity(size) }
    for piece in pieces {
      switch piece {
      case .literal(let literal): try append(literal, to: &whole, run)
      case .value(let node, let format):
        try append(try text(of: try node.evaluate(run, frame), format, run), to: &whole, run)
      }
    }
    if whole.utf8.count > 1_000 { run.pollSoon() }
    return .text(whole)
  }

  private func append(_ part: String, to whole: inout String, _ run: Evaluator) throws(Stop) {
    do throws(CallError) {
      try whole.checkLength(adding: part)
    } catch {
      throw run.failure(error, at: span)
    }
    whole += part
  }

  private func text(
    of value: Value, _ format: Expression.Text.Format?, _ run: Evaluator
  ) throws(Stop) -> String {
    guard let format else {
      switch value {
      case .number(let number): return number.shortestText
      case .text(let text): return text
      default: return run.context.display.line(value)
      }
    }
    return try run.placing(at: format.span) { () throws(CallError) in
      try ValueFormat.read(format).text(of: value, in: run.context.display)
    }
  }
}
