import ThrModel
import ThrSyntax

extension Checker {
  // Loops deeper than this are walked once, since each level is walked several times.
  private static let deepest = 2

  func check(_ loop: Statement.Loop) {
    let sequence = value(of: loop.sequence)
    guard let element = element(of: sequence, at: loop.sequence) else {
      return walkUnreachable { self.turn(loop, .unknown) }
    }
    if case .list(let elements, _) = loop.sequence.bare, elements.isEmpty {
      report(.emptyLoop(at: loop.sequence.span))
      return walkUnreachable { self.turn(loop, .unknown) }
    }
    context.loops += 1
    defer { context.loops -= 1 }
    if context.loops > Self.deepest || effort.isSpentOnLoops || !settle(loop, element) {
      forget(AssignedNames(loop.body.statements))
    }
    let flow = branch(isCertain: sequence.isNonEmpty) { self.turn(loop, element) }
    merge(sequence.isNonEmpty ? [flow] : [flow, Flow()])
  }

  /// One turn of a loop.
  private func turn(_ loop: Statement.Loop, _ element: StaticValue) -> StaticValue {
    assign(loop.variable, element.numbered(numbering.opaque()))
    return value(of: loop.body.statements)
  }

  /// Lets the names before the loop be all that they are before any of its turns.
  ///
  /// - Returns: whether their types stopped changing.
  private func settle(_ loop: Statement.Loop, _ element: StaticValue) -> Bool {
    let outer = context.isRehearsal
    context.isRehearsal = true
    defer { context.isRehearsal = outer }
    for _ in 0..<3 {
      var flow = muted(.all) { branch(isCertain: false) { self.turn(loop, element) } }
      // Rows that one turn makes are others in the next.
      flow.changes = flow.changes.mapValues { $0.with($0.value.withoutRows) }
      let changed = Array(flow.changes.keys)
      let before = changed.map { names.frames[names.current].bindings[$0] }
      merge([flow, Flow()])
      let after = changed.map { names.frames[names.current].bindings[$0] }
      if before.map(\.?.value) == after.map(\.?.value) { return true }
    }
    return false
  }

  /// Lets names be anything, and be there or not.
  private func forget(_ assigned: AssignedNames) {
    for name in assigned.first.keys.sorted() {
      bind(name, Binding(value: .unknown, isCertain: false))
    }
  }

  /// What a list's elements are; `nil` where there certainly is no list.
  func element(of sequence: StaticValue, at expression: Expression) -> StaticValue? {
    if ValueType.list(.unknown).accepts(sequence.type) == .never {
      var error = CallError.notASequence(sequence.type)
      let text = source.text(expression.span)
      // Of `1..3` the lexer has said what to write.
      if sequence.type == .number, !text.contains("..") { error.replacement = "range(\(text))" }
      report(error, at: expression.span, of: expression)
      return nil
    }
    if sequence.type.alternatives.contains(.unknown) { return .unknown }
    let elements = sequence.type.alternatives.compactMap(\.elementsOfList)
    return StaticValue(.joined(elements) ?? .unknown)
  }
}

extension Diagnostic {
  fileprivate static func emptyLoop(at span: Span) -> Diagnostic {
    Diagnostic(
      .unreachable, at: span, "this loop never runs, because its list is empty",
      remedy: "add elements to the list, or remove the loop")
  }
}
