import NumberText
import ThrModel
import ThrRuntime
import ThrSyntax

extension Evaluator {
  // MARK: - Members

  func member(_ member: Expression.Member) throws(Stop) -> Value {
    let target = try evaluate(member.target)
    let name = member.name
    switch target {
    case .record(let record):
      if let value = record[name.text] { return value }
      throw unknownMember(name.text, of: target.type, among: record.names, at: name.span)
    case .object(let object):
      guard let type = library.type(object.typeName), let known = type.member(name.text) else {
        let names = library.type(object.typeName)?.facts.members.map(\.name) ?? []
        throw unknownMember(name.text, of: target.type, among: names, at: name.span)
      }
      let value = try placing(at: name.span) { () throws(CallError) in try known.read(target) }
      return try admitted(value, at: name.span)
    default:
      throw unknownMember(name.text, of: target.type, among: [], at: name.span)
    }
  }

  private func unknownMember(
    _ name: String, of owner: ValueType, among members: [String], at span: Span
  ) -> Stop {
    let isFunction = library.builtin(name) != nil
    return failure(
      .unknownMember(
        name, of: owner, among: members, isFunction: isFunction,
        columnReader: library.vocabulary.columnReader(of: owner),
        functionHere: library.vocabulary.functionHere(for: name)), at: span)
  }

  // MARK: - Elements

  func index(_ index: Expression.Index) throws(Stop) -> Value {
    let target = try evaluate(index.target).asList
    let key = try evaluate(index.index)
    let span = index.index.span
    switch (target, key) {
    case (.list(let list), .number(let number)):
      return list[try position(number, count: list.count, of: target, at: span)]
    case (.text(let text), .number(let number)):
      let position = try position(number, count: text.count, of: target, at: span)
      return .text(String(text[text.index(text.startIndex, offsetBy: position)]))
    case (.record(let record), .text(let name)):
      if let value = record[name] { return value }
      throw unknownMember(name, of: target.type, among: record.names, at: span)
    case (.metric(let metric), .text(let column)):
      do throws(CallError) {
        return .metric(try metric.indexed(by: column))
      } catch { throw failure(error, at: span) }
    case (.metric, _): throw failure(.badColumn(key.type), at: span)
    case (.list, _), (.text, _), (.record, _):
      throw failure(.badIndex(key.type, of: target.type), at: span)
    default:
      let reader = library.vocabulary.columnReader(of: target.type)
      throw failure(.notIndexable(target.type, columnReader: reader), at: index.target.span)
    }
  }

  func slice(_ slice: Expression.Slice) throws(Stop) -> Value {
    let target = try evaluate(slice.target).asList
    let from = try slice.lower.map { end throws(Stop) in (try evaluate(end), end.span) }
    let to = try slice.upper.map { end throws(Stop) in (try evaluate(end), end.span) }
    switch target {
    case .list(let list):
      let kept = try kept(from, to, of: list.count, target)
      return .list(List(kept.map { list[$0] }))
    case .text(let text):
      let kept = try kept(from, to, of: text.count, target)
      return .text(String(text.enumerated().filter { kept.contains($0.offset) }.map(\.element)))
    default: throw failure(.notSliceable(target.type), at: slice.target.span)
    }
  }

  /// The positions from the lower end up to the upper one; ends below 0 count from the end.
  private func kept(
    _ from: (Value, Span)?, _ to: (Value, Span)?, of count: Int, _ target: Value
  ) throws(Stop) -> Range<Int> {
    let lower = max(0, min(Double(count), try end(from, count, target) ?? 0))
    let upper = min(Double(count), try end(to, count, target) ?? Double(count))
    return lower < upper ? Int(lower)..<Int(upper) : 0..<0
  }

  private func end(
    _ end: (value: Value, span: Span)?, _ count: Int, _ target: Value
  ) throws(Stop) -> Double? {
    guard let end else { return nil }
    guard case .number(let number) = end.value else {
      throw failure(.badIndex(end.value.type, of: target.type), at: end.span)
    }
    guard number == number.rounded() else { throw failure(.fractionalIndex(number), at: end.span) }
    return number < 0 ? number + Double(count) : number
  }

  /// From 0, negative from the end.
  private func position(
    _ number: Double, count: Int, of target: Value, at span: Span
  ) throws(Stop) -> Int {
    guard number == number.rounded() else {
      throw failure(.fractionalIndex(number), at: span)
    }
    let position = number < 0 ? number + Double(count) : number
    guard position >= 0, position < Double(count) else {
      throw failure(.indexOutOfRange(number, count: count, of: target), at: span)
    }
    return Int(position)
  }
}

extension CallError {
  fileprivate static func indexOutOfRange(
    _ number: Double, count: Int, of target: Value
  ) -> CallError {
    let isText = if case .text = target { true } else { false }
    let parts = isText ? "character" : "element"
    let size = count == 1 ? "1 \(parts)" : "\(Double(count).countText) \(parts)s"
    return CallError(
      .indexOutOfRange,
      "there is no `[\(number.shortestText)]` in a \(isText ? "text" : "list") of \(size)",
      remedy: count == 0
        ? nil : "indices go from `[0]` to `[\(count - 1)]`; `[-1]` is the last")
  }
}
