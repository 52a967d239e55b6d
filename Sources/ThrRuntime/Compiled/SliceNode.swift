import ThrModel
import ThrSyntax

/// A part of a list or text, `target[lower:upper]`.
final class SliceNode: Node {
  private let target: Node
  private let lower: Node?
  private let upper: Node?
  private let syntax: Expression.Slice

  init(_ target: Node, _ lower: Node?, _ upper: Node?, _ syntax: Expression.Slice) {
    self.target = target
    self.lower = lower
    self.upper = upper
    self.syntax = syntax
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let target = try target.evaluate(run, frame).asList
    let from = try lower?.evaluate(run, frame)
    let to = try upper?.evaluate(run, frame)
    switch target {
    case .list(let list):
      let range = try range(from, to, of: list.count, target, run)
      return try run.placing(at: syntax.span) { () throws(CallError) in
        .list(try list.slice(range))
      }
    case .text(let text):
      let range = try range(from, to, of: text.count, target, run)
      return .text(String(text.dropFirst(range.lowerBound).prefix(range.count)))
    default:
      throw run.failure(.notSliceable(target.type), at: syntax.target.span)
    }
  }

  private func range(
    _ from: Value?, _ to: Value?, of count: Int, _ target: Value, _ run: Evaluator
  ) throws(Stop) -> Range<Int> {
    let start = try place(from, syntax.lower, count, target, run) ?? 0
    let end = try place(to, syntax.upper, count, target, run) ?? count
    return start..<max(start, end)
  }

  /// From 0, negative from the end; what lies beyond an end is that end.
  private func place(
    _ end: Value?, _ expression: Expression?, _ count: Int, _ target: Value, _ run: Evaluator
  ) throws(Stop) -> Int? {
    guard let end, let expression else { return nil }
    guard case .number(let number) = end else {
      throw run.failure(.badIndex(end.type, of: target.type), at: expression.span)
    }
    guard number == number.rounded() else {
      throw run.failure(.fractionalIndex(number), at: expression.span)
    }
    let place = number < 0 ? number + Double(count) : number
    return Int(min(max(place, 0), Double(count)))
  }
}
