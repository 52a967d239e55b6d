import ThrModel
import ThrSyntax

/// A comprehension, `[element for name in sequence if condition]`, with as many `for` as it has.
final class Comprehension: Node {
  struct Turns {
    let sequence: SequenceNode
    /// Where the frame holds the name, and where the text binds it, as the layout numbers places.
    let index: Int
    let place: Int32
    let condition: (node: Node, span: Span)?
  }

  private let frames: FramePool
  private let turns: [Turns]
  private let element: Node
  private let span: Span

  /// - Parameter turns: the first computes its list outside the comprehension.
  init(_ element: Node, in layout: FrameLayout, _ turns: [Turns], _ span: Span) {
    frames = FramePool(layout)
    self.turns = turns
    self.element = element
    self.span = span
  }

  /// Whether each element of the one list gives a value.
  private var keepsAll: Bool { turns.count == 1 && turns[0].condition == nil }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let sequence = try turns[0].sequence.elements(run, frame)
    // Known before the first turn where every element gives a value.
    if keepsAll, sequence.isTooLongToHold {
      throw run.failure(.tooLong(sequence.count), at: span)
    }
    if keepsAll { try checkMemory(elements: sequence.count, run) }
    var progress = run.progress?.begin(sequence.count)
    defer { if progress != nil { run.progress?.end() } }
    var list = GrowingList()
    if keepsAll { list.reserve(sequence.count) }
    let inner = frames.frame(in: frame)
    for position in sequence.indices {
      defer { progress?.complete() }
      try turn(0, sequence[position], of: sequence.count, &list, run, inner)
    }
    frames.giveBack(consume inner)
    return try run.admitted(.list(list.finished()), at: span)
  }

  /// One turn of a `for`: the turns of the one after it, or an element.
  private func turn(
    _ depth: Int, _ value: Value, of count: Int, _ list: inout GrowingList, _ run: Evaluator,
    _ inner: Frame
  ) throws(Stop) {
    try run.poll()
    let turns = turns[depth]
    inner.bind(turns.index, value, at: turns.place)
    if let condition = turns.condition, try !holds(condition, run, inner) { return }
    guard depth + 1 == self.turns.count else {
      let sequence = try self.turns[depth + 1].sequence.elements(run, inner)
      for position in sequence.indices {
        try turn(depth + 1, sequence[position], of: sequence.count, &list, run, inner)
      }
      return
    }
    if list.count >= List.mostHeld {
      throw run.failure(.tooLong(max(count, list.count + 1)), at: span)
    }
    if list.count & 0xFFFF == 0xFFFF { try checkMemory(elements: list.count, run) }
    list.append(try element.evaluate(run, inner))
  }

  /// Refuses where there is no room for so many numbers; for more than these it asks again.
  private func checkMemory(elements count: Int, _ run: Evaluator) throws(Stop) {
    do throws(CallError) {
      try CallError.checkMemory(for: 16 * count)
    } catch {
      throw run.failure(error, at: span)
    }
  }

  private func holds(
    _ condition: (node: Node, span: Span), _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Bool {
    let value = try condition.node.evaluate(run, frame)
    guard case .boolean(let holds) = value else {
      throw run.failure(.notACondition(value.type), at: condition.span)
    }
    return holds
  }
}
