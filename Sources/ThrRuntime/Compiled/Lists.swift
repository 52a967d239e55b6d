import ThrModel
import ThrSyntax

/// A list, `[a, b]`.
final class ListNode: Node {
  let elements: [Node]
  let span: Span

  init(_ elements: [Node], _ span: Span) {
    self.elements = elements
    self.span = span
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    var list = GrowingList()
    list.reserve(elements.count)
    for element in elements { list.append(try element.evaluate(run, frame)) }
    return try run.admitted(.list(list.finished()), at: span)
  }
}

/// A record, `{name: a}`.
final class RecordNode: Node {
  private let names: [String]
  private let values: [Node]
  private let span: Span

  init(_ names: [String], _ values: [Node], _ span: Span) {
    self.names = names
    self.values = values
    self.span = span
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    var fields: [Record.Field] = []
    fields.reserveCapacity(names.count)
    for (name, value) in zip(names, values) {
      fields.append(.init(name, try value.evaluate(run, frame)))
    }
    return try run.admitted(.record(Record(fields)), at: span)
  }
}

/// A comprehension, `[element for name in sequence if condition]`.
final class Comprehension: Node {
  private let sequence: SequenceNode
  private let frames: FramePool
  /// Where the name is bound, as the layout numbers places.
  private let place: Int32
  private let condition: (node: Node, span: Span)?
  private let element: Node
  private let span: Span

  init(
    _ element: Node, in layout: FrameLayout, at place: Int32, _ sequence: SequenceNode,
    if condition: (node: Node, span: Span)?, _ span: Span
  ) {
    self.sequence = sequence
    frames = FramePool(layout)
    self.place = place
    self.condition = condition
    self.element = element
    self.span = span
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let sequence = try sequence.elements(run, frame)
    // Known before the first turn where every element gives a value.
    if condition == nil, sequence.isTooLongToHold {
      throw run.failure(.tooLong(sequence.count), at: span)
    }
    if condition == nil { try checkMemory(elements: sequence.count, run) }
    var turns = run.progress?.begin(sequence.count)
    defer { if turns != nil { run.progress?.end() } }
    var list = GrowingList()
    if condition == nil { list.reserve(sequence.count) }
    let inner = frames.frame(in: frame)
    for position in sequence.indices {
      try run.poll()
      defer { turns?.complete() }
      inner.bind(0, sequence[position], at: place)
      if let condition, try !holds(condition, run, inner) { continue }
      if list.count >= List.mostHeld { throw run.failure(.tooLong(sequence.count), at: span) }
      if list.count & 0xFFFF == 0xFFFF { try checkMemory(elements: list.count, run) }
      list.append(try element.evaluate(run, inner))
    }
    frames.giveBack(consume inner)
    return try run.admitted(.list(list.finished()), at: span)
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

/// The list that a loop or comprehension goes through.
struct SequenceNode {
  let node: Node
  let span: Span

  func elements(_ run: Evaluator, _ frame: Frame) throws(Stop) -> List {
    let value = try node.evaluate(run, frame)
    guard case .list(let list) = value else {
      throw run.failure(.notASequence(value.type), at: span)
    }
    return list
  }
}

/// A list while it is made: numbers without a box as long as there is nothing else.
struct GrowingList {
  private var numbers: [Double] = []
  private var values: [Value] = []

  var count: Int { numbers.count + values.count }

  /// Makes room for so many numbers; of very many, only when they come.
  mutating func reserve(_ count: Int) { numbers.reserveCapacity(min(count, 1 << 24)) }

  mutating func append(_ value: Value) {
    if values.isEmpty {
      if case .number(let number) = value { return numbers.append(number) }
      values = numbers.map(Value.number)
      numbers = []
    }
    values.append(value)
  }

  func finished() -> List { values.isEmpty ? List(numbers) : List(values) }
}
