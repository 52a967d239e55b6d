import ThrModel
import ThrSyntax

/// Makes nodes of statements and expressions: each name becomes the places where it may be bound.
struct Compiler {
  /// The names of the file.
  let scope: Scope
  let file: SourceFile
  /// The calls around, outermost first; none at top level.
  let layouts: [FrameLayout]

  init(_ scope: Scope, _ file: SourceFile, _ layouts: [FrameLayout] = []) {
    self.scope = scope
    self.file = file
    self.layouts = layouts
  }

  /// The same inside another call, comprehension or row.
  func inside(_ layout: FrameLayout) -> Compiler { Compiler(scope, file, layouts + [layout]) }

  /// Whether an expression is evaluated for rows here.
  var isInRow: Bool { layouts.contains { $0.kind == .row } }

  // MARK: - Names

  func path(_ name: Name) -> NamePath {
    var steps: [NamePath.Step] = []
    for (depth, layout) in layouts.reversed().enumerated() {
      if layout.kind == .row { steps.append(.row(depth: depth)) }
      if let index = layout.index(of: name.text) {
        steps.append(.slot(depth: depth, index: index))
      } else if layout.bringsNames {
        steps.append(.brought(depth: depth))
      }
    }
    return NamePath(
      name: name, steps: steps, scope: scope, cell: scope.cell(name.text),
      given: scope.parent?.boundCell(name.text), file: file.name)
  }

  private func name(_ name: Name) -> Node {
    let path = path(name)
    switch path.steps.first {
    case nil: return FileName(path)
    case .slot(depth: 0, let index)?: return LocalName(path, at: index)
    default: return NameNode(path)
    }
  }

  // MARK: - Expressions

  func expression(_ expression: Expression) -> Node {
    switch expression {
    case .number(let number, _): Literal(.number(number))
    case .text(let text): self.text(text)
    case .boolean(let boolean, _): Literal(.boolean(boolean))
    case .none: Literal(.none)
    case .undefined: Literal(.undefined)
    case .name(let name): self.name(name)
    case .list(let elements, let span): ListNode(elements.map { self.expression($0) }, span)
    case .record(let record): self.record(record)
    case .comprehension(let comprehension): self.comprehension(comprehension)
    case .call(let call): self.call(call, piping: nil)
    case .member(let member): MemberNode(self.expression(member.target), member.name)
    case .index(let index):
      IndexNode(self.expression(index.target), self.expression(index.index), index)
    case .slice(let slice):
      SliceNode(
        self.expression(slice.target), slice.lower.map(self.expression),
        slice.upper.map(self.expression), slice)
    case .unary(let unary): Unary(unary, self.expression(unary.operand))
    case .operation(let operation): self.operation(operation)
    case .pipe(let pipe): self.pipe(pipe)
    case .conditional(let conditional): choice(conditional, .inner)
    case .parenthesized(let inner, _): self.expression(inner)
    case .missing(let span): Missing(span)
    }
  }

  private func text(_ text: Expression.Text) -> Node {
    if let literal = text.literal { return Literal(.text(literal)) }
    let pieces = text.pieces.map { piece -> TextNode.Piece in
      switch piece {
      case .literal(let literal): .literal(literal)
      case .interpolation(let value, let format): .value(expression(value), format)
      }
    }
    return TextNode(pieces, text.span)
  }

  private func record(_ record: Expression.Record) -> Node {
    RecordNode(
      record.fields.map(\.name.text), record.fields.map { expression($0.value) }, record.span)
  }

  private func comprehension(_ comprehension: Expression.Comprehension) -> Node {
    let layout = layout(
      .call, comprehension.turns.map(\.variable.text), comprehension.innerParts)
    let inner = inside(layout)
    let rest = comprehension.rest.map { inner.turns($0, inner.sequence($0.sequence), layout) }
    let first = inner.turns(comprehension.first, sequence(comprehension.first.sequence), layout)
    return Comprehension(
      inner.expression(comprehension.element), in: layout, [first] + rest, comprehension.span)
  }

  private func turns(
    _ turns: Expression.Comprehension.Turns, _ sequence: SequenceNode, _ layout: FrameLayout
  ) -> Comprehension.Turns {
    Comprehension.Turns(
      sequence: sequence, index: layout.index(of: turns.variable.text) ?? 0,
      place: layout.place(turns.variable.span),
      condition: turns.condition.map { (expression($0), $0.span) })
  }

  func sequence(_ sequence: Expression) -> SequenceNode {
    SequenceNode(node: expression(sequence), span: sequence.span)
  }

  /// The layout of names that parameters or a comprehension bind, and those that expressions do.
  func layout(_ kind: FrameLayout.Kind, _ own: [String], _ parts: [Expression]) -> FrameLayout {
    let block = parts.map(Statement.expression)
    return layout(kind, own, block)
  }

  func layout(_ kind: FrameLayout.Kind, _ own: [String], _ block: [Statement]) -> FrameLayout {
    var names: [String] = []
    var seen: Set<String> = []
    let bound = block.reduce(into: Set<String>()) { $0.formUnion($1.namesBound) }
    for name in own + bound.sorted() where seen.insert(name).inserted { names.append(name) }
    return FrameLayout(
      kind, names, in: file, bringsNames: block.contains { !$0.uses.isEmpty })
  }

  // MARK: - Operators

  private func operation(_ operation: Expression.Operation) -> Node {
    let first = expression(operation.first)
    guard operation.rest.count <= 16 else {
      return Chain(
        first, operation.rest.map { binary(Literal(.none), $0, operation.span) })
    }
    return operation.rest.reduce(first) { left, link in binary(left, link, operation.span) }
  }

  func binary(_ left: Node, _ link: Expression.Operation.Link, _ span: Span) -> Binary {
    let right = expression(link.operand)
    return switch link.operator {
    case .plus: Plus(left, link, right, in: span)
    case .minus: Minus(left, link, right, in: span)
    case .times: Times(left, link, right, in: span)
    case .divide: Divide(left, link, right, in: span)
    case .remainder: Remainder(left, link, right, in: span)
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
      Comparison(left, link, right, in: span)
    case .and, .or: Connective(left, link, right, in: span)
    case .power, .in: Binary(left, link, right, in: span)
    }
  }

  // MARK: - Calls

  private func pipe(_ pipe: Expression.Pipe) -> Node {
    var span = pipe.first.span
    var stages: [CallNode] = []
    for stage in pipe.stages {
      let piped = CallSite.Argument(label: nil, span: span, node: nil, row: nil)
      if case .call(let call) = stage {
        stages.append(self.call(call, piping: piped))
      } else {
        stages.append(call(stage, [piped], stage.span))
      }
      span = Span(pipe.first.span.start, stage.span.end)
    }
    return Pipe(expression(pipe.first), stages)
  }

  private func call(_ call: Expression.Call, piping piped: CallSite.Argument?) -> CallNode {
    let written = call.arguments.map { argument in
      CallSite.Argument(
        label: argument.label, span: argument.value.span, node: expression(argument.value),
        row: RowCode(argument.value, self))
    }
    return self.call(call.callee, (piped.map { [$0] } ?? []) + written, call.span)
  }

  private func call(
    _ callee: Expression, _ arguments: [CallSite.Argument], _ span: Span
  ) -> CallNode {
    guard case .name(let name) = callee.bare else {
      let site = CallSite(Name("", callee.bare.span), arguments, span)
      return ComputedCall(expression(callee), site, isInRow: isInRow)
    }
    return NamedCall(path(name), CallSite(name, arguments, span), isInRow: isInRow)
  }
}
