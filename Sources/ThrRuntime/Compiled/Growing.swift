import ThrModel
import ThrSyntax

/// `name = name + more`: lists and texts grow in place where nothing else holds them.
///
/// The value is taken out of its name, made longer and put back, instead of being copied, so that a
/// loop that adds an element a turn takes time in proportion to its turns.
final class Growing: Node {
  private let target: Target
  /// The sum, for all else that it may mean.
  private let sum: Binary
  /// The one element that is added, where it is written as `[element]`.
  private let element: Node?
  private let operatorSpan: Span
  private let span: Span

  /// - Parameters:
  ///   - sum: of the name and of an expression that binds no name.
  init(_ target: Target, _ sum: Binary, _ syntax: Expression.Operation) {
    self.target = target
    self.sum = sum
    let list = sum.right as? ListNode
    element = list?.elements.count == 1 ? list?.elements.first : nil
    operatorSpan = syntax.rest.first?.operatorSpan ?? syntax.span
    span = syntax.span
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    switch target.kind(frame) {
    case .list: try growList(run, frame)
    case .text: try growText(run, frame)
    case .other: target.bind(try sum.evaluate(run, frame), frame)
    }
    return .none
  }

  /// What may grow.
  enum Kind { case list, text, other }

  // MARK: - Lists

  private func growList(_ run: Evaluator, _ frame: Frame) throws(Stop) {
    target.noteRead()
    guard let element else {
      return try add(try sum.right.evaluate(run, frame), run, frame)
    }
    let value = try element.evaluate(run, frame)
    if value.isFlat {
      return try grow(run, frame, adding: 1, depth: 1, parts: 1) { $0.append(value) }
    }
    try add(try run.admitted(.list(List([value])), at: sum.rightSpan), run, frame)
  }

  private func add(_ more: Value, _ run: Evaluator, _ frame: Frame) throws(Stop) {
    guard case .list(let more) = more, !more.isEmpty, !more.isTooLongToHold else {
      let left = target.value(frame) ?? .none
      return target.bind(try sum.apply(left, more, run), frame)
    }
    try grow(run, frame, adding: more.count, depth: more.depth, parts: more.parts) {
      $0.append(contentsOf: more)
    }
  }

  /// Makes the list longer, or refuses and leaves it as it was.
  @inline(__always)
  private func grow(
    _ run: Evaluator, _ frame: Frame, adding count: Int, depth: Int, parts: Int,
    _ append: (inout List) -> Void
  ) throws(Stop) {
    guard case .list(var list) = target.take(frame) else { return }
    do throws(CallError) {
      try list.checkLength(adding: count)
    } catch {
      target.bind(.list(list), frame)
      throw run.failure(error, at: operatorSpan)
    }
    do throws(CallError) {
      try list.checkExtent(adding: depth, parts: parts)
    } catch {
      target.bind(.list(list), frame)
      throw run.failure(error, at: span)
    }
    append(&list)
    if count > 1_000 || list.count.isMultiple(of: 1 << 16) { run.pollSoon() }
    target.bind(.list(list), frame)
  }

  // MARK: - Texts

  private func growText(_ run: Evaluator, _ frame: Frame) throws(Stop) {
    target.noteRead()
    let more = try sum.right.evaluate(run, frame)
    guard case .text(let other) = more, canHold(other, frame) else {
      let left = target.value(frame) ?? .none
      return target.bind(try sum.apply(left, more, run), frame)
    }
    guard case .text(var text) = target.take(frame) else { return }
    text += other
    if other.utf8.count > 1_000 { run.pollSoon() }
    target.bind(.text(text), frame)
  }

  /// Whether the name stands for a text that another may follow.
  private func canHold(_ other: String, _ frame: Frame) -> Bool {
    guard case .text(let text)? = target.value(frame) else { return false }
    return (try? text.checkLength(adding: other)) != nil
  }
}

extension Value {
  /// Whether it holds no other values, so that a list of it alone is never refused.
  fileprivate var isFlat: Bool {
    switch self {
    case .none, .undefined, .boolean, .number, .text: true
    default: false
    }
  }
}
