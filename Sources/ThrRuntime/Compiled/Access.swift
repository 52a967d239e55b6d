import ThrModel
import ThrSyntax

/// A member, `target.name`.
final class MemberNode: Node {
  private let target: Node
  private let name: Name
  /// The member of the type that was read last.
  private var known: (type: ObjectType.Name, member: Member)?

  init(_ target: Node, _ name: Name) {
    self.target = target
    self.name = name
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let target = try target.evaluate(run, frame)
    switch target {
    case .record(let record):
      if let value = record[name.text] { return value }
      throw run.unknownMember(name.text, of: target.type, among: record.names, at: name.span)
    case .object(let object):
      guard let member = member(of: object.typeName, run) else {
        let names = run.library.type(object.typeName)?.facts.members.map { $0.name } ?? []
        throw run.unknownMember(name.text, of: target.type, among: names, at: name.span)
      }
      let value = try run.placing(at: name.span) { () throws(CallError) in
        try member.read(target)
      }
      return try run.admitted(value, at: name.span)
    default:
      throw run.unknownMember(name.text, of: target.type, among: [], at: name.span)
    }
  }

  private func member(of type: ObjectType.Name, _ run: Evaluator) -> Member? {
    if let known, known.type == type { return known.member }
    guard let member = run.library.type(type)?.member(name.text) else { return nil }
    known = (type, member)
    return member
  }
}

extension Evaluator {
  fileprivate func unknownMember(
    _ name: String, of owner: ValueType, among members: [String], at span: Span
  ) -> Stop {
    let isFunction = library.builtin(name) != nil
    return failure(
      .unknownMember(
        name, of: owner, among: members, isFunction: isFunction,
        columnReader: library.vocabulary.columnReader(of: owner),
        functionHere: library.vocabulary.functionHere(for: name)), at: span)
  }
}

/// An element, `target[index]`.
final class IndexNode: Node {
  private let target: Node
  private let index: Node
  private let targetSpan: Span
  private let span: Span

  init(_ target: Node, _ index: Node, _ syntax: Expression.Index) {
    self.target = target
    self.index = index
    targetSpan = syntax.target.span
    span = syntax.index.span
  }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    let target = try target.evaluate(run, frame).asList
    let key = try index.evaluate(run, frame)
    switch (target, key) {
    case (.list(let list), .number(let number)):
      return list[try position(number, count: list.count, of: target, run)]
    case (.text(let text), .number(let number)):
      let position = try position(number, count: text.count, of: target, run)
      return .text(String(text[text.index(text.startIndex, offsetBy: position)]))
    case (.record(let record), .text(let name)):
      if let value = record[name] { return value }
      throw run.unknownMember(name, of: target.type, among: record.names, at: span)
    case (.metric(let metric), .text(let column)):
      do throws(CallError) {
        return .metric(try metric.indexed(by: column))
      } catch { throw run.failure(error, at: span) }
    case (.metric, _): throw run.failure(.badColumn(key.type), at: span)
    case (.list, _), (.text, _), (.record, _):
      throw run.failure(.badIndex(key.type, of: target.type), at: span)
    default:
      let reader = run.library.vocabulary.columnReader(of: target.type)
      throw run.failure(.notIndexable(target.type, columnReader: reader), at: targetSpan)
    }
  }

  /// From 0, negative from the end.
  private func position(
    _ number: Double, count: Int, of target: Value, _ run: Evaluator
  ) throws(Stop) -> Int {
    do throws(CallError) {
      return try target.position(ofIndex: number, among: count)
    } catch { throw run.failure(error, at: span) }
  }
}
