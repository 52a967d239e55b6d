import ThrModel
import ThrSyntax

extension Evaluator {
  func evaluate(_ expression: Expression) throws(Stop) -> Value {
    switch expression {
    case .number(let number, _): .number(number)
    case .text(let text): try self.text(text)
    case .boolean(let boolean, _): .boolean(boolean)
    case .none: .none
    case .undefined: .undefined
    case .name(let name): try value(of: name)
    case .list(let elements, let span): try list(elements, span)
    case .record(let record): try self.record(record)
    case .comprehension(let comprehension): try self.comprehension(comprehension)
    case .call(let call): try self.call(call)
    case .member(let member): try self.member(member)
    case .index(let index): try self.index(index)
    case .slice(let slice): try self.slice(slice)
    case .unary(let unary): try self.unary(unary)
    case .operation(let operation): try self.operation(operation)
    case .pipe(let pipe): try self.pipe(pipe)
    case .conditional(let conditional): try choose(conditional, .inner)
    case .parenthesized(let inner, _): try evaluate(inner)
    case .missing(let span): throw failure(.incomplete(at: span))
    }
  }

  // MARK: - Names

  private func value(of name: Name) throws(Stop) -> Value {
    if let (binding, home) = scope.find(name.text) {
      switch binding.content {
      case .value(let value): return value
      case .function(let declaration): return .function(Function(declaration, in: home))
      case .unavailable(let unavailable): throw .refused(.needs(unavailable.name))
      }
    }
    if let constant = library.constant(name.text) { return constant }
    if library.builtin(name.text) != nil { return .function(Function(builtin: name.text)) }
    let here = library.vocabulary.nameHere(for: name.text)
    throw failure(
      .unknownName(
        name.text, among: knownNames, nameHere: here, columns: scope.columnsAround), at: name.span)
  }

  var knownNames: [String] { scope.names + library.vocabulary.names }

  // MARK: - Lists and records

  private func list(_ elements: [Expression], _ span: Span) throws(Stop) -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for element in elements { values.append(try evaluate(element)) }
    return try admitted(.list(List(values)), at: span)
  }

  private func record(_ record: Expression.Record) throws(Stop) -> Value {
    var fields: [Record.Field] = []
    for field in record.fields {
      fields.append(.init(field.name.text, try evaluate(field.value)))
    }
    return try admitted(.record(Record(fields)), at: record.span)
  }

  private func comprehension(_ comprehension: Expression.Comprehension) throws(Stop) -> Value {
    let sequence = try elements(of: comprehension.first.sequence)
    // Known before the first turn where every element gives a value.
    if comprehension.rest.isEmpty, comprehension.first.condition == nil, sequence.isTooLongToHold {
      throw failure(.tooLong(sequence.count), at: comprehension.span)
    }
    var values: [Value] = []
    try within(Scope(parent: scope)) { () throws(Stop) in
      try go(through: sequence, comprehension.turns[...], of: comprehension, &values)
    }
    return try admitted(.list(List(values)), at: comprehension.span)
  }

  private func go(
    through sequence: List, _ turns: ArraySlice<Expression.Comprehension.Turns>,
    of comprehension: Expression.Comprehension, _ values: inout [Value]
  ) throws(Stop) {
    guard let outer = turns.first else { return }
    let inner = turns.dropFirst()
    for element in sequence {
      try checkCancelled()
      scope.bind(outer.variable.text, .value(element), at: outer.variable.span, in: file.name)
      if let condition = outer.condition, try !holds(condition) { continue }
      if let next = inner.first {
        try go(through: try elements(of: next.sequence), inner, of: comprehension, &values)
        continue
      }
      if values.count >= List.mostHeld {
        throw failure(.tooLong(sequence.count), at: comprehension.span)
      }
      values.append(try evaluate(comprehension.element))
    }
  }

  private func holds(_ condition: Expression) throws(Stop) -> Bool {
    let value = try evaluate(condition)
    guard case .boolean(let holds) = value else {
      throw failure(.notACondition(value.type), at: condition.span)
    }
    return holds
  }

  // MARK: - Operators

  private func unary(_ unary: Expression.Unary) throws(Stop) -> Value {
    let operand = try evaluate(unary.operand)
    return try placing(at: unary.span) { () throws(CallError) in
      try unary.operator.apply(operand)
    }
  }

  private func operation(_ operation: Expression.Operation) throws(Stop) -> Value {
    var value = try evaluate(operation.first)
    for link in operation.rest {
      // What decides alone leaves the rest unread; constraints need both sides.
      if case .boolean(let known) = value, link.operator.isDecided(by: known) { continue }
      let operand = try evaluate(link.operand)
      let left = value
      if List.isLong(left, operand) {
        value = try long(link, left, operand)
      } else {
        value = try placing(at: link.operatorSpan) { () throws(CallError) in
          try link.operator.apply(left, operand)
        }
      }
      if link.operator == .plus, case .list = value {
        value = try admitted(value, at: operation.span)
      }
    }
    return value
  }

  /// An operator on long lists, which may be interrupted.
  private func long(
    _ link: Expression.Operation.Link, _ left: Value, _ right: Value
  ) throws(Stop) -> Value {
    do {
      return try link.operator.apply(left, right, isCancelled: context.isCancelled)
    } catch let error as CallError {
      throw failure(error, at: link.operatorSpan)
    } catch { throw .cancelled }
  }
}

extension Expression.BinaryOperator {
  fileprivate func isDecided(by left: Bool) -> Bool {
    self == .and && !left || self == .or && left
  }
}
