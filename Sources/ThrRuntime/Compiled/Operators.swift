import ThrModel
import ThrSyntax

/// `left op right`, with the common case of two numbers ahead of the language's full rules.
class Binary: Node {
  let left: Node
  let right: Node
  var rightSpan: Span { link.operand.span }
  private let link: Expression.Operation.Link
  /// The whole row of operators, to blame for a list that grew too large.
  private let span: Span

  init(_ left: Node, _ link: Expression.Operation.Link, _ right: Node, in span: Span) {
    self.left = left
    self.right = right
    self.link = link
    self.span = span
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let left = try left.evaluate(run, frame)
    return try apply(left, try right.evaluate(run, frame), run)
  }

  /// The operator on a left side that is known.
  func combine(_ left: Value, _ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    try apply(left, try right.evaluate(run, frame), run)
  }

  /// The operator on any values.
  final func apply(_ left: Value, _ right: Value, _ run: Evaluator) throws(Stop) -> Value {
    let value: Value
    if List.isLong(left, right) {
      value = try long(left, right, run)
    } else {
      do throws(CallError) {
        value = try link.operator.apply(left, right)
      } catch {
        throw run.failure(error, at: link.operatorSpan)
      }
    }
    // What makes a list or a text may make a long one.
    guard link.operator == .plus else { return value }
    run.pollSoon()
    guard case .list = value else { return value }
    return try run.admitted(value, at: span)
  }

  /// An operator on long lists, which may be interrupted.
  private func long(_ left: Value, _ right: Value, _ run: Evaluator) throws(Stop) -> Value {
    do {
      return try link.operator.apply(left, right, isCancelled: run.context.isCancelled)
    } catch let error as CallError {
      throw run.failure(error, at: link.operatorSpan)
    } catch { throw .cancelled }
  }
}

// One class for each operator on numbers: each evaluates its sides itself, so that no value passes
// through more calls than it must.

final class Plus: Binary {
  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let (left, right) = (try left.evaluate(run, frame), try right.evaluate(run, frame))
    guard case .number(let one) = left, case .number(let other) = right else {
      return try apply(left, right, run)
    }
    return Value(finite: one + other)
  }
}

final class Minus: Binary {
  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let (left, right) = (try left.evaluate(run, frame), try right.evaluate(run, frame))
    guard case .number(let one) = left, case .number(let other) = right else {
      return try apply(left, right, run)
    }
    return Value(finite: one - other)
  }
}

final class Times: Binary {
  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let (left, right) = (try left.evaluate(run, frame), try right.evaluate(run, frame))
    guard case .number(let one) = left, case .number(let other) = right else {
      return try apply(left, right, run)
    }
    return Value(finite: one * other)
  }
}

final class Divide: Binary {
  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let (left, right) = (try left.evaluate(run, frame), try right.evaluate(run, frame))
    guard case .number(let one) = left, case .number(let other) = right, other != 0 else {
      return try apply(left, right, run)
    }
    return Value(finite: one / other)
  }
}

final class Remainder: Binary {
  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let (left, right) = (try left.evaluate(run, frame), try right.evaluate(run, frame))
    // Of small whole numbers without the library's division; below 0 it would lose the sign of −0.
    if case .number(let one) = left, case .number(let other) = right, one > 0, other > 0,
      let whole = Int32(exactly: one), let divisor = Int32(exactly: other)
    {
      return .number(Double(whole % divisor))
    }
    return try apply(left, right, run)
  }
}

/// `<`, `<=`, `>`, `>=`, `==` and `!=`.
final class Comparison: Binary {
  private let symbol: Expression.BinaryOperator

  override init(_ left: Node, _ link: Expression.Operation.Link, _ right: Node, in span: Span) {
    symbol = link.operator
    super.init(left, link, right, in: span)
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let (left, right) = (try left.evaluate(run, frame), try right.evaluate(run, frame))
    guard case .number(let one) = left, case .number(let other) = right else {
      return try apply(left, right, run)
    }
    switch symbol {
    case .less: return .boolean(one < other)
    case .lessOrEqual: return .boolean(one <= other)
    case .greater: return .boolean(one > other)
    case .greaterOrEqual: return .boolean(one >= other)
    case .equal: return .boolean(one == other)
    case .notEqual: return .boolean(one != other)
    default: return try apply(left, right, run)
    }
  }
}

/// `and` and `or`: what decides alone leaves the rest unread; constraints need both sides.
final class Connective: Binary {
  private let deciding: Bool

  override init(_ left: Node, _ link: Expression.Operation.Link, _ right: Node, in span: Span) {
    deciding = link.operator == .or
    super.init(left, link, right, in: span)
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    try combine(try left.evaluate(run, frame), run, frame)
  }

  override func combine(
    _ left: Value, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    guard case .boolean(let known) = left else {
      return try apply(left, try right.evaluate(run, frame), run)
    }
    if known == deciding { return left }
    let right = try right.evaluate(run, frame)
    if case .boolean = right { return right }
    return try apply(left, right, run)
  }
}

/// A long row of operators, so that its length takes no stack.
final class Chain: Node {
  private let first: Node
  /// Each with its right side; the left one is the value so far.
  private let links: [Binary]

  init(_ first: Node, _ links: [Binary]) {
    self.first = first
    self.links = links
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    var value = try first.evaluate(run, frame)
    for link in links { value = try link.combine(value, run, frame) }
    return value
  }
}

/// `-x` and `not x`.
final class Unary: Node {
  private let syntax: Expression.Unary
  private let operand: Node

  init(_ syntax: Expression.Unary, _ operand: Node) {
    self.syntax = syntax
    self.operand = operand
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let value = try operand.evaluate(run, frame)
    return try run.placing(at: syntax.span) { () throws(CallError) in
      try syntax.operator.apply(value)
    }
  }
}

extension Value {
  /// The result of arithmetic: `undefined` where it leaves the finite numbers.
  fileprivate init(finite number: Double) {
    self = number.isFinite ? .number(number) : .undefined
  }
}
