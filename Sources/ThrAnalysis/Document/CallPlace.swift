import ThrModel
import ThrSyntax

/// A call around a place of the text, and which of its arguments the place belongs to.
struct CallPlace {
  let call: Expression.Call
  let callee: Callee?
  /// Whether a value is piped in before the first argument.
  let isPiped: Bool
  /// The types of the arguments in the order written, a piped value first.
  let types: [ValueType]
  /// The arguments' names in the same order, with one for the place itself where none is written.
  let labels: [String?]
  /// The position of the argument that the place belongs to.
  let current: Int

  /// - Parameter argument: how many commas of the call stand before the place.
  init(_ call: Expression.Call, callee: Callee?, argument: Int, piped: ValueType?, _ facts: Facts) {
    self.call = call
    self.callee = callee
    isPiped = piped != nil
    var labels = call.arguments.map { $0.label?.text }
    var types = call.arguments.map { facts.type(at: $0.value.span) ?? .unknown }
    while labels.count <= argument {
      labels.append(nil)
      types.append(.unknown)
    }
    self.labels = (piped == nil ? [] : [nil]) + labels
    self.types = (piped.map { [$0] } ?? []) + types
    current = argument + (piped == nil ? 0 : 1)
  }

  /// The forms that the call may mean, by their indices, the likeliest first.
  func possibleForms(in vocabulary: Vocabulary) -> [Int] {
    guard case .builtin(let name)? = callee, let signature = vocabulary.signature(name) else {
      return callee == nil ? [] : [0]
    }
    let possible = signature.forms(labels: labels, types: types)
    return possible.isEmpty ? Array(signature.forms.indices) : possible
  }

  /// The parameter of a form that the argument of the place is for.
  func parameter(in form: CallForm) -> Int? {
    slots(in: form).firstIndex { $0.contains(current) }
  }

  /// The parameters of a form that no other argument fills.
  func openParameters(in form: CallForm) -> [Int] {
    zip(form.parameters.indices, slots(in: form)).compactMap { index, slot in
      slot.allSatisfy { $0 == current } || form.parameters[index].shape.isVariadic ? index : nil
    }
  }

  private func slots(in form: CallForm) -> [[Int]] {
    ArgumentMatch(labels: labels, to: form.parameters.map(\.shape)).slots
  }

  /// Whether a named argument stands before the place, so that only named ones may follow.
  var isAfterNamed: Bool { labels.prefix(current).contains { $0 != nil } }
}

extension Document {
  /// The innermost call whose parentheses hold the place, closed or not yet.
  func call(around offset: Int) -> CallPlace? {
    let place = lastCodePlace(upTo: offset)
    let nodes = SyntaxPath(to: place, in: parse.program).nodes
    for (index, node) in nodes.enumerated().reversed() {
      // Inside a block of an argument, the call is far away.
      if case .block = node { return nil }
      guard case .expression(.call(let call)) = node, isInside(call, offset, place) else {
        continue
      }
      return CallPlace(
        call, callee: facts.callee(at: call.callee.span),
        argument: commas(in: call.argumentsSpan, before: offset),
        piped: pipedType(into: call, around: nodes[..<index]), facts)
    }
    return nil
  }

  /// Where the last token before the place ends, if only space is between them and the place goes
  /// on with what the token is in: on the same line, or further in on a later one.
  private func lastCodePlace(upTo offset: Int) -> Int {
    let index = parse.tokens[..<parse.tokens.firstIndex(notBefore: offset)]
      .lastIndex { $0.kind != .newline }
    guard let token = index.map({ parse.tokens[$0] }), token.end < offset else { return offset }
    let line = source.lines.line(at: token.start)
    let other = source.lines.line(at: offset)
    let goesOn = line == other || indent(ofLine: other, upTo: offset) > indent(ofLine: line)
    return goesOn ? token.end : offset
  }

  private func indent(ofLine line: Int, upTo offset: Int? = nil) -> Int {
    let span = source.lines.span(ofLine: line)
    let end = max(span.start, min(offset ?? span.end, span.end))
    return source.bytes[span.start..<end].prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  /// The forms that a finished call can mean; all where it fits none.
  func forms(
    of signature: Signature, calledBy call: Expression.Call, in outer: ArraySlice<SyntaxNode>
  ) -> [Signature.Form] {
    let piped = pipedType(into: call, around: outer)
    let labels = call.arguments.map { $0.label?.text }
    let types = call.arguments.map { facts.type(at: $0.value.span) ?? .unknown }
    let possible = signature.forms(
      labels: (piped == nil ? [] : [nil]) + labels, types: (piped.map { [$0] } ?? []) + types)
    return possible.isEmpty ? signature.forms : possible.map { signature.forms[$0] }
  }

  private func isInside(_ call: Expression.Call, _ offset: Int, _ place: Int) -> Bool {
    let span = call.argumentsSpan
    guard span.start < offset, !span.isEmpty else { return false }
    return isClosed(span) ? offset < span.end : place <= span.end
  }

  /// Whether the parenthesis that a span begins with is closed by its last character.
  private func isClosed(_ span: Span) -> Bool {
    guard source.bytes[span.end - 1] == UInt8(ascii: ")") else { return false }
    let first = parse.tokens.firstIndex(notBefore: span.start)
    let last = parse.tokens.firstIndex(notBefore: span.end) - 1
    guard first < last else { return false }
    var depth = 0
    for token in parse.tokens[first...last] { depth += token.depthChange }
    return depth == 0
  }

  /// The commas directly inside a bracket that stand before a place.
  private func commas(in span: Span, before offset: Int) -> Int {
    var depth = 0
    var count = 0
    for token in parse.tokens[parse.tokens.firstIndex(notBefore: span.start)...] {
      if token.start >= offset { break }
      depth += token.depthChange
      if depth == 1, token.kind == .comma { count += 1 }
    }
    return count
  }

  /// The type of the value that a pipe hands to the call; `nil` where none does.
  func pipedType(into call: Expression.Call, around nodes: ArraySlice<SyntaxNode>)
    -> ValueType?
  {
    guard case .expression(.pipe(let pipe))? = nodes.last,
      let stage = pipe.stages.firstIndex(where: { $0.span == call.span })
    else { return nil }
    let source = stage == 0 ? pipe.first : pipe.stages[stage - 1]
    return facts.type(at: source.span) ?? .unknown
  }
}

extension Token {
  /// How many brackets deeper the text is after the token.
  fileprivate var depthChange: Int {
    switch kind {
    case .leftParenthesis, .leftBracket, .leftBrace, .interpolationStart: 1
    case .rightParenthesis, .rightBracket, .rightBrace, .interpolationEnd: -1
    default: 0
    }
  }
}
