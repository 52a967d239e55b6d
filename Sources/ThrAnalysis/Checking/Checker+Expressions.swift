import ThrModel
public import ThrSyntax

extension Checker {
  func value(of expression: Expression) -> StaticValue {
    effort.enter(context)
    defer { effort.leave() }
    if context.purpose == .call, effort.isSpentOnCalls {
      context.isCutShort = true
      return .unknown
    }
    let value = unnotedValue(of: expression)
    if context.isNoting { notes.note(value.type, at: expression.span) }
    return value
  }

  private func unnotedValue(of expression: Expression) -> StaticValue {
    switch expression {
    case .number(let number, let span): value(of: number, at: span)
    case .boolean(let boolean, _): StaticValue(constant: .boolean(boolean))
    case .none: StaticValue(constant: .none)
    case .undefined: StaticValue(constant: .undefined)
    case .text(let text): value(of: text)
    case .name(let name): value(of: name)
    case .list(let elements, _): value(ofList: elements)
    case .record(let record): value(of: record)
    case .comprehension(let comprehension): value(of: comprehension)
    case .call(let call): value(of: call, piped: nil)
    case .member(let member): value(of: member)
    case .index(let index): value(of: index)
    case .slice(let slice): value(of: slice)
    case .unary(let unary): value(of: unary)
    case .operation(let operation): value(of: operation)
    case .pipe(let pipe): value(of: pipe)
    case .conditional(let conditional): value(of: conditional)
    case .parenthesized(let inner, _): value(of: inner)
    case .missing: .unknown
    }
  }

  // MARK: - Literals

  /// A number; a whole one that no number holds exactly is reported.
  private func value(of number: Double, at span: Span) -> StaticValue {
    if number >= 0x1p53, let written = UInt64(source.text(span).filter { $0 != "_" }),
      UInt64(exactly: number) != written
    {
      report(.roundedNumber(source.text(span), number, at: span))
    }
    return StaticValue(constant: .number(number))
  }

  private func value(of text: Expression.Text) -> StaticValue {
    for piece in text.pieces {
      guard case .interpolation(let part, let format) = piece else { continue }
      let value = value(of: part)
      if let format { check(format, writing: value, at: part) }
    }
    guard let literal = text.literal else { return StaticValue(.text) }
    return StaticValue(constant: .text(literal))
  }

  private func check(
    _ format: Expression.Text.Format, writing value: StaticValue, at part: Expression
  ) {
    do throws(CallError) {
      let format = try ValueFormat.read(format)
      if format.valueType.accepts(value.type) == .never {
        report(format.mismatch(value.type), at: part.span, of: part)
      }
    } catch {
      report(error, at: format.span)
    }
  }

  private func value(ofList elements: [Expression]) -> StaticValue {
    // Longer lists are known by their type alone.
    let longestConstant = 32
    var types: [ValueType] = []
    var constants: [Value] = []
    var history: Set<SymbolicUse> = []
    for element in elements {
      let value = value(of: element)
      history.formUnion(value.history)
      if types.last != value.type { types.append(value.type) }
      if let constant = value.constant, constants.count < longestConstant {
        constants.append(constant)
      }
    }
    if constants.count == elements.count { return StaticValue(constant: .list(List(constants))) }
    var list = StaticValue(ValueType.list(.joined(types) ?? .unknown).limited)
    list.isNonEmpty = !elements.isEmpty
    list.holdsEachType = types.allSatisfy { $0 != .unknown && $0.alternatives.count == 1 }
    list.history = history
    return list
  }

  private func value(of record: Expression.Record) -> StaticValue {
    var seen: Set<String> = []
    var history: Set<SymbolicUse> = []
    let fields = record.fields.map { field in
      if !field.name.text.isEmpty, !seen.insert(field.name.text).inserted {
        report(.repeatedField(field.name))
      }
      let value = value(of: field.value)
      history.formUnion(value.history)
      return ValueType.Field(field.name.text, value.type)
    }
    var record = StaticValue(ValueType.record(fields).limited)
    record.history = history
    return record
  }

  private func value(of comprehension: Expression.Comprehension) -> StaticValue {
    let first = comprehension.first
    let sequence = value(of: first.sequence)
    let element = element(of: sequence, at: first.sequence)
    let isSure = sequence.isNonEmpty && first.condition == nil
    let flow = muted(element == nil ? .all : .none) {
      branch(isCertain: isSure) { turn(comprehension, element ?? .unknown) }
    }
    var list = StaticValue(ValueType.list(flow.value.type).limited)
    list.isNonEmpty = isSure && comprehension.rest.isEmpty
    list.history = flow.value.history
    // One element for each of the list: the rows stay the same.
    if first.condition == nil, comprehension.rest.isEmpty { list.rows = sequence.rows }
    return list
  }

  /// One turn of a comprehension, in a scope of its own.
  private func turn(
    _ comprehension: Expression.Comprehension, _ element: StaticValue
  ) -> StaticValue {
    var frame = NameFrame(ScopeID(offset: comprehension.span.start), inside: names.current)
    frame.isRow = names.frames[names.current].isRow
    frame.assigned = AssignedNames(comprehension.element).first
    // What one turn's blocks assign may be there in the next.
    for name in frame.assigned.keys {
      frame.bindings[name] = Binding(value: .unknown, isCertain: false)
    }
    let outside = names.enter(frame)
    defer { names.leave(to: outside) }
    begin(comprehension.first, element)
    return turns(comprehension.rest[...], comprehension.element)
  }

  /// The turns of the `for`s that are left, one inside the other, and the element in the innermost.
  private func turns(
    _ rest: ArraySlice<Expression.Comprehension.Turns>, _ element: Expression
  ) -> StaticValue {
    guard let next = rest.first else { return value(of: element) }
    let sequence = value(of: next.sequence)
    let each = self.element(of: sequence, at: next.sequence)
    let isSure = sequence.isNonEmpty && next.condition == nil
    return muted(each == nil ? .all : .none) {
      branch(isCertain: isSure) {
        begin(next, each ?? .unknown)
        return turns(rest.dropFirst(), element)
      }
    }.value
  }

  private func begin(_ turns: Expression.Comprehension.Turns, _ element: StaticValue) {
    assign(turns.variable, element.numbered(numbering.opaque()))
    guard let condition = turns.condition else { return }
    self.condition(condition)
    narrow(condition, to: true)
  }

  // MARK: - Parts of values

  private func value(of member: Expression.Member) -> StaticValue {
    let target = value(of: member.target)
    if member.name.text.isEmpty { return .unknown }
    var types: [ValueType] = []
    for type in target.type.alternatives {
      if let member = memberType(member.name.text, of: type) { types.append(member) }
    }
    guard let type = ValueType.joined(types) else {
      reportUnknownMember(member, of: target)
      return .unknown
    }
    var value = StaticValue(type)
    follow(member.name.text, of: target, into: &value)
    return value
  }

  private func memberType(_ name: String, of type: ValueType) -> ValueType? {
    switch type {
    case .unknown: .unknown
    case .record(let fields): fields.last { $0.name == name }?.type
    case .object(let object):
      // A type that the vocabulary does not describe may have any member.
      vocabulary.type(object).map { $0.members.first { $0.name == name }?.type } ?? .unknown
    default: nil
    }
  }

  private func reportUnknownMember(_ member: Expression.Member, of target: StaticValue) {
    let name = member.name.text
    let isFunction = isFunction(name)
    let error = CallError.unknownMember(
      name, of: target.type, among: members(of: target.type), isFunction: isFunction,
      columnReader: vocabulary.columnReader(of: target.type),
      functionHere: vocabulary.functionHere(for: name))
    var diagnostic = error.diagnostic(at: member.name.span, notes: hidingNotes(member.target))
    if isFunction, error.replacement == nil {
      let call = "\(name)(\(source.text(member.target.span)))"
      diagnostic.fixes = [.init("write `\(call)`", replacing: member.span, with: call)]
    }
    report(diagnostic)
  }

  private func isFunction(_ name: String) -> Bool {
    switch resolve(unmentioned: name) {
    case .builtin: true
    case .bound(let value): value.type == .function
    default: false
    }
  }

  /// The members that a value of some type may have.
  func members(of type: ValueType) -> [String] {
    type.alternatives.flatMap { type -> [String] in
      switch type {
      case .record(let fields): fields.map(\.name)
      case .object(let object): vocabulary.type(object)?.members.map(\.name) ?? []
      default: []
      }
    }
  }

  private func value(of index: Expression.Index) -> StaticValue {
    let target = value(of: index.target)
    let position = value(of: index.index)
    var types: [ValueType] = []
    var unknown: String?
    var isIndexable = false
    for type in target.type.alternatives {
      guard let wanted = type.indexType else { continue }
      isIndexable = true
      if wanted.accepts(position.type) == .never { continue }
      if let missing = missingField(of: type, position) {
        unknown = missing
        continue
      }
      types.append(element(of: type, position))
    }
    if types.isEmpty, let unknown {
      reportUnknownField(unknown, of: target, at: index.index)
      return .unknown
    }
    checkPosition(position, in: target, at: index.index)
    if let type = ValueType.joined(types) {
      var element = StaticValue(type)
      element.history = target.history
      guard case .metric(let metric)? = target.constant, case .text(let column)? = position.constant
      else { return element }
      do throws(CallError) {
        element = StaticValue(
          constant: .metric(try metric.indexed(by: column)), size: target.size + 1)
        element.history = target.history
      } catch { report(error, at: index.index.span, of: index.index) }
      return element
    }
    if target.type == .metric {
      report(.badColumn(position.type), at: index.index.span, of: index.index)
    } else if isIndexable {
      report(.badIndex(position.type, of: target.type), at: index.index.span, of: index.index)
    } else {
      let reader = vocabulary.columnReader(of: target.type)
      report(
        .notIndexable(target.type, columnReader: reader), at: index.target.span, of: index.target)
    }
    return .unknown
  }

  private func value(of slice: Expression.Slice) -> StaticValue {
    let target = value(of: slice.target)
    let ends = slice.ends.map { (end: $0, value: value(of: $0)) }
    let types = target.type.alternatives.compactMap(\.part)
    guard let type = ValueType.joined(types) else {
      report(.notSliceable(target.type), at: slice.target.span, of: slice.target)
      return .unknown
    }
    for (end, value) in ends where ValueType.number.accepts(value.type) == .never {
      report(.badIndex(value.type, of: type), at: end.span, of: end)
    }
    var part = StaticValue(type)
    part.history = target.history
    return part
  }

  private func element(of type: ValueType, _ position: StaticValue) -> ValueType {
    if let element = type.elementsOfList { return element }
    switch type {
    case .text: return .text
    case .metric: return .metric
    case .record(let fields):
      guard case .text(let name)? = position.constant else { return .unknown }
      return fields.last { $0.name == name }?.type ?? .unknown
    default: return .unknown
    }
  }
}

extension ValueType {
  /// What a slice of such a value is; `nil` where there is none.
  fileprivate var part: ValueType? {
    switch self {
    case .unknown, .text: self
    default: elementsOfList.map { .list($0) }
    }
  }

  /// What stands between the brackets after a value of this type; `nil` where none may.
  fileprivate var indexType: ValueType? {
    switch self {
    case .unknown: .unknown
    case .list, .text: .number
    case .record, .metric: .text
    case .object: elementsOfList.map { _ in .number }
    default: nil
    }
  }
}

extension Diagnostic.Kind {
  public static let roundedNumber = Diagnostic.Kind(
    "W0628", "rounded-number", .warning,
    explanation: .init(
      """
      Numbers have 53 bits, so above 9007199254740992 not every whole number exists, and the \
      nearest one is taken. Write an identifier of many digits as a text.
      """,
      wrong: "id = 9007199254740993", right: "id = \"9007199254740993\""))
}

extension Diagnostic {
  fileprivate static func roundedNumber(
    _ written: String, _ number: Double, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .roundedNumber, at: span,
      "no number holds `\(written)` exactly; it is rounded to \(UInt64(exactly: number) ?? 0)",
      remedy: "write an identifier as a text, in quotes")
  }
}
