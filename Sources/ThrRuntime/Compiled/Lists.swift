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

/// The list that a loop or comprehension goes through.
struct SequenceNode {
  let node: Node
  let span: Span

  func elements(_ run: Evaluator, _ frame: Frame) throws(Stop) -> List {
    let value = try node.evaluate(run, frame)
    guard let list = value.elements else {
      throw run.failure(.notASequence(value.type), at: span)
    }
    return list
  }
}
