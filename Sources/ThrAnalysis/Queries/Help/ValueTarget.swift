import ThrModel
public import ThrSyntax

/// What has a value at a place of the text, and where that value comes from.
public struct ValueTarget: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    /// The value that a top-level name has before the statement at an offset, or after it.
    case name(String, before: Int)
    /// The value of a whole top-level statement.
    case statement(Span)
    /// The values of a part of a statement, each time that it is computed.
    case recorded(Recording)
  }

  /// The part that has the value.
  public var span: Span
  /// The text of the part, in one line.
  public var label: String
  public var origin: Origin
}

/// Edits that have a text record values as it runs, without changing what it computes.
public struct Recording: Hashable, Sendable {
  /// The function that takes a number and a value, and returns the value; no one writes this name.
  public static let function = "__record__"

  /// One value that is recorded.
  public struct Column: Hashable, Sendable {
    public var label: String
    /// Written around the expression, or, for a name that has its value from a loop or a call, at
    /// the place where its scope begins.
    fileprivate var place: Place
  }

  fileprivate enum Place: Hashable, Sendable {
    case expression(Span)
    case beginning(of: Span, name: String)
    case element(Span, name: String)
  }

  public var columns: [Column]
  /// The statement at the top of the file that holds the part.
  public var statement: Span
  /// Whether the part runs only where others call it.
  public var isFunction: Bool

  /// The edits, in order; the first column is recorded under the number `first`, the next under the
  /// one after it.
  public func edits(numberedFrom first: Int) -> [Edit] {
    var edits: [(offset: Int, order: Int, text: String)] = []
    for (index, column) in columns.enumerated() {
      let call = "\(Self.function)(\(first + index), "
      switch column.place {
      // Of two that begin at one place the longer encloses the shorter.
      case .expression(let span):
        edits.append((span.start, -span.end, call))
        edits.append((span.end, -span.start, ")"))
      case .beginning(let block, let name):
        edits.append((block.start + 1, 0, " __seen__ = \(call)\(name)); "))
      case .element(let span, let name):
        edits.append((span.start, .min, "[\(call)\(name)), "))
        edits.append((span.end, .max, "][1]"))
      }
    }
    var merged: [Edit] = []
    for edit in edits.sorted(by: { ($0.offset, $0.order) < ($1.offset, $1.order) }) {
      if merged.last?.span.start == edit.offset {
        merged[merged.count - 1].replacement += edit.text
      } else {
        merged.append(Edit(Span(edit.offset, edit.offset), edit.text))
      }
    }
    return merged
  }
}

extension Document {
  /// The expression at `offset` whose value can be shown; `nil` for literals, words of the
  /// language, columns, and functions that are not called there.
  public func valueTarget(at offset: Int) -> ValueTarget? {
    let offset = clamped(offset)
    guard parse.comment(at: offset) == nil else { return nil }
    return ValueTargetFinder(self, at: offset).target
  }
}

/// Looks for the part with a value around one place, from the inside out.
private struct ValueTargetFinder {
  let document: Document
  let offset: Int
  let nodes: [SyntaxNode]

  init(_ document: Document, at offset: Int) {
    self.document = document
    self.offset = offset
    nodes = SyntaxPath(to: offset, in: document.parse.program).nodes
  }

  var target: ValueTarget? {
    guard case .statement(let statement)? = nodes.first, let last = nodes.last else { return nil }
    switch last {
    case .binding(let name, let kind): return target(ofBinding: name, kind, in: statement)
    case .label:
      guard case .argument(let argument, _)? = nodes.dropLast().last else { return nil }
      return isLiteral(argument.value) ? nil : target(of: argument.value, nodes.count - 2)
    case .field:
      guard case .expression(.record(let record))? = nodes.dropLast().last,
        let field = record.fields.first(where: { $0.name.span == last.span }),
        !isLiteral(field.value)
      else { return nil }
      return target(of: field.value, nodes.count - 2)
    case .member, .format: return targetAround(nodes.count - 2)
    case .expression: return targetAround(nodes.count - 1)
    case .statement, .block, .argument, .path: return nil
    }
  }

  // MARK: - Expressions

  /// The part that stands at a node, or the nearest around it that has a value of its own.
  private func targetAround(_ index: Int) -> ValueTarget? {
    var index = index
    while index > 0, case .expression(let expression) = nodes[index] {
      if isLiteral(expression) { return nil }
      if case .name(let name) = expression, let target = target(ofName: name, index) {
        return target
      }
      if isStage(index) { return target(of: expression, index) }
      if isCallee(index) {
        index -= 1
        continue
      }
      // A name that no value of this run is known of.
      if case .name(let name) = expression, !isVariable(name) { return nil }
      return target(of: expression, index)
    }
    return nil
  }

  private func isVariable(_ name: Name) -> Bool {
    guard case .variable? = document.facts.reference(at: name.span)?.symbol else { return false }
    return document.facts.callee(at: name.span) == nil
  }

  private func isCallee(_ index: Int) -> Bool {
    guard index > 0, case .expression(.call(let call)) = nodes[index - 1] else { return false }
    return call.callee.span == nodes[index].span
  }

  private func isStage(_ index: Int) -> Bool {
    guard index > 0, case .expression(.pipe(let pipe)) = nodes[index - 1] else { return false }
    return pipe.stages.contains { $0.span == nodes[index].span }
  }

  /// A top-level name, whose value is known from the statement that gave it.
  private func target(ofName name: Name, _ index: Int) -> ValueTarget? {
    guard case .statement(let statement)? = nodes.first,
      let reference = document.facts.reference(at: name.span),
      case .variable(.file, _) = reference.symbol, !isCallee(index),
      rowArgument(above: index) == nil, !isStage(index), !isInFunctionOrLoop
    else { return nil }
    if let origin = reference.origin, origin.file == nil,
      statement.span.start <= origin.span.start, origin.span.start < statement.span.end
    {
      return nil
    }
    return ValueTarget(
      span: name.span, label: name.text, origin: .name(name.text, before: statement.span.start))
  }

  private func target(of expression: Expression, _ index: Int) -> ValueTarget? {
    guard case .statement(let statement)? = nodes.first else { return nil }
    if let call = rowArgument(above: index) { return target(ofNode: call) }
    if let stage = stage(of: expression, index) { return stage }
    if isWhole(expression, of: statement) {
      return ValueTarget(
        span: expression.span, label: line(expression.span), origin: .statement(statement.span))
    }
    return recorded([column(expression.span)], over: expression.span, in: statement)
  }

  private func target(ofNode index: Int) -> ValueTarget? {
    guard case .expression(let expression) = nodes[index] else { return nil }
    return target(of: expression, index)
  }

  /// What a pipe gives up to a stage, beside what it gave the stage.
  private func stage(of expression: Expression, _ index: Int) -> ValueTarget? {
    guard index > 0, case .statement(let statement)? = nodes.first,
      case .expression(.pipe(let pipe)) = nodes[index - 1],
      let place = pipe.stages.firstIndex(where: { $0.span == expression.span })
    else { return nil }
    let before = place == 0 ? pipe.first.span : pipe.stages[place - 1].span
    let start = pipe.first.span.start
    var whole = column(Span(start, expression.span.end))
    whole.label = "|> " + line(expression.span)
    var given = column(Span(start, before.end))
    given.label = (place == 0 ? "" : "|> ") + line(before)
    return recorded([given, whole], over: expression.span, in: statement)
  }

  /// The innermost call around a node that evaluates it row by row, by its index.
  private func rowArgument(above index: Int) -> Int? {
    for outer in nodes.indices.prefix(index).reversed() {
      guard case .expression(.call(let call)) = nodes[outer],
        case .argument(let argument, let number) = nodes[min(outer + 1, nodes.count - 1)],
        case .builtin(let name)? = document.facts.callee(at: call.callee.span),
        document.vocabulary.signature(name)?.hasRowExpressions == true
      else { continue }
      let isPiped =
        if outer > 0, case .expression(.pipe) = nodes[outer - 1] { true } else { false }
      if number > 0 || isPiped || argument.label != nil { return outer }
    }
    return nil
  }

  private func isWhole(_ expression: Expression, of statement: Statement) -> Bool {
    switch statement {
    case .assignment(let assignment): assignment.value.span == expression.span
    case .expression(let whole): whole.span == expression.span
    default: false
    }
  }

  private func isLiteral(_ expression: Expression) -> Bool {
    switch expression.bare {
    case .number, .boolean, .none, .undefined, .missing: true
    case .text(let text): text.literal != nil
    case .unary(let unary): isLiteral(unary.operand)
    default: false
    }
  }

  // MARK: - Declarations

  private func target(
    ofBinding name: Name, _ kind: SyntaxNode.Binding, in statement: Statement
  ) -> ValueTarget? {
    guard let outer = nodes.dropLast().last else { return nil }
    func seen(_ place: Recording.Place) -> ValueTarget? {
      recorded([.init(label: name.text, place: place)], over: name.span, in: statement)
    }
    switch (kind, outer) {
    case (.assignment, .statement(.assignment(let assignment))):
      if nodes.count == 2 {
        return ValueTarget(span: name.span, label: name.text, origin: .statement(statement.span))
      }
      return seen(.expression(assignment.value.span))
    case (.loop, .statement(.loop(let loop))):
      return seen(.beginning(of: loop.body.span, name: name.text))
    case (.comprehension, .expression(.comprehension(let comprehension))):
      return seen(.element(comprehension.element.span, name: name.text))
    case (.parameter, .statement(.function(let function))):
      switch function.body {
      case .block(let block): return seen(.beginning(of: block.span, name: name.text))
      case .expression(let body): return seen(.element(body.span, name: name.text))
      }
    default: return nil
    }
  }

  // MARK: - Recording

  private var isInFunction: Bool {
    nodes.contains { if case .statement(.function) = $0 { true } else { false } }
  }

  /// Whether a name may have another value each time that the place is reached.
  private var isInFunctionOrLoop: Bool {
    isInFunction
      || nodes.contains { if case .statement(.loop) = $0 { true } else { false } }
  }

  private func column(_ span: Span) -> Recording.Column {
    .init(label: line(span), place: .expression(span))
  }

  /// The value with that of the innermost loop's variable beside it, so that each turn is known.
  private func recorded(
    _ columns: [Recording.Column], over span: Span, in statement: Statement
  ) -> ValueTarget? {
    guard let value = columns.last else { return nil }
    var columns = columns
    if let loop = innermostLoop(around: span), loop.variable.text != value.label {
      columns.insert(
        .init(
          label: loop.variable.text,
          place: .beginning(of: loop.body.span, name: loop.variable.text)),
        at: 0)
    }
    return ValueTarget(
      span: span, label: value.label,
      origin: .recorded(
        Recording(columns: columns, statement: statement.span, isFunction: isInFunction)))
  }

  private func innermostLoop(around span: Span) -> Statement.Loop? {
    for node in nodes.reversed() {
      switch node {
      case .statement(.loop(let loop)):
        return loop.body.span.start <= span.start ? loop : nil
      case .statement(.function), .expression(.comprehension): return nil
      default: continue
      }
    }
    return nil
  }

  /// The text of a part in one line, cut where it is long.
  private func line(_ span: Span) -> String {
    let words = document.text(span).split { $0.isWhitespace }.joined(separator: " ")
    return words.count <= 48 ? words : words.prefix(47) + "…"
  }
}
