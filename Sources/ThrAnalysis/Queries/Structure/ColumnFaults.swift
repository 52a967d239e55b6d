import ThrModel
public import ThrSyntax

extension Document {
  /// Names in conditions on rows that are neither columns of the table nor anything else, and texts
  /// that should name a column of the table, as in `column(t, "score")`.
  ///
  /// Only tables are looked at whose columns are certain: those that the text reads from a file by
  /// nothing but its path. Of what a function computes at its calls nothing is known.
  ///
  /// - Parameter columns: the columns of a table's file by its path as written.
  public func columnFaults(_ columns: @escaping @Sendable (String) -> [String]?) -> [Diagnostic] {
    // Most texts read no table, and an edit of a long one must not walk through it for nothing.
    guard source.mentionsReading else { return [] }
    return columnFaults(in: Surroundings(columns: columns))
  }

  /// The same, where tables are also known by the present values of names.
  public func columnFaults(in surroundings: Surroundings) -> [Diagnostic] {
    // A file that is not known may bring any name.
    guard Uses(parse).statements.allSatisfy({ uses.interfaces[$0.path] != nil }) else { return [] }
    let finder = ColumnFinder(document: self, surroundings: surroundings, isCertain: true)
    var faults: [Diagnostic] = []
    for call in calls(of: \.namesColumns) {
      let unknown = rowExpressions(of: call).flatMap(unknownNames)
      let texts = columnTexts(of: call)
      guard !unknown.isEmpty || !texts.isEmpty,
        let columns = finder.columns(ofFirstArgumentOf: call)?.names
      else { continue }
      faults += unknown.filter { !columns.contains($0.text) }
        .map { .unknownColumn($0, among: columns) }
      faults += texts.filter { !columns.contains($0.literal ?? "") }
        .map { .absentColumn($0, among: columns) }
    }
    return parse.withoutIgnored(faults)
  }

  /// Calls that evaluate an argument row by row, outside of functions.
  var rowCalls: [Expression.Call] { calls(of: \.hasRowExpressions) }

  /// Calls of some of the builtins, outside of functions.
  private func calls(of isMeant: (Signature) -> Bool) -> [Expression.Call] {
    let called = builtinsCalled(isMeant)
    let names = Set(called.map(\.name))
    var calls: [Expression.Call] = []
    for statement in statements(at: called.map(\.place)) {
      if case .function = statement { continue }
      Program(statements: [statement], span: statement.span).walk { node in
        guard case .expression(.call(let call)) = node,
          case .builtin(let name)? = facts.callee(at: call.callee.span), names.contains(name)
        else { return }
        calls.append(call)
      }
    }
    return calls
  }

  /// The literal texts that a call gives for columns of its first argument.
  private func columnTexts(of call: Expression.Call) -> [Expression.Text] {
    guard case .builtin(let name)? = facts.callee(at: call.callee.span),
      let signature = vocabulary.signature(name), signature.hasColumns
    else { return [] }
    let path = SyntaxPath(to: call.callee.span.start, in: parse.program).nodes
    guard let place = path.lastIndex(where: { $0.isCall(at: call.span) }) else { return [] }
    let piped = pipedType(into: call, around: path[..<place]) == nil ? 0 : 1
    let labels = Array(repeating: nil, count: piped) + call.arguments.map { $0.label?.text }
    let possible = forms(of: signature, calledBy: call, in: path[..<place])
    guard possible.count == 1 else { return [] }
    let slots = ArgumentMatch(labels: labels, to: possible[0].shapes).slots
    return zip(possible[0].parameters, slots).flatMap { parameter, slot in
      parameter.kind != .column
        ? [] : slot.filter { $0 >= piped }.flatMap { call.arguments[$0 - piped].value.texts }
    }
  }

  /// The statements that some places in order are in, each once.
  private func statements(at places: [Int]) -> [Statement] {
    let statements = parse.program.statements
    var found: [Statement] = []
    for place in places {
      guard place >= found.last?.span.end ?? 0,
        let statement = statements.statement(touching: place)
      else { continue }
      found.append(statement)
    }
    return found
  }

  /// Names of some builtins before a parenthesis, and where that is, in order.
  ///
  /// What is known of a builtin is made when it is first asked for: only of those that are called.
  private func builtinsCalled(_ isMeant: (Signature) -> Bool) -> [(name: String, place: Int)] {
    var known: [UInt64: (bytes: Range<Int>, name: String?)] = [:]
    return source.namesBeforeParentheses.compactMap { bytes, hash in
      if let known = known[hash], source.bytes[known.bytes] == source.bytes[bytes] {
        return known.name.map { ($0, bytes.upperBound) }
      }
      let signature = vocabulary.signature(String(decoding: source.bytes[bytes], as: UTF8.self))
      let name = signature.flatMap { isMeant($0) ? $0.name : nil }
      known[hash] = (bytes, name)
      return name.map { ($0, bytes.upperBound) }
    }
  }

  /// The arguments that are evaluated in each row: all but the table itself.
  func rowExpressions(of call: Expression.Call) -> [Expression] {
    guard case .builtin(let name)? = facts.callee(at: call.callee.span),
      let signature = vocabulary.signature(name)
    else { return [] }
    let byRow = Set(signature.forms.flatMap(\.parameters).filter(\.isByRow).map(\.name))
    let place = self.call(around: call.argumentsSpan.start + 1)
    let isPiped = place?.call.span == call.span && place?.isPiped == true
    return call.arguments.enumerated().compactMap { index, argument in
      if let label = argument.label { return byRow.contains(label.text) ? argument.value : nil }
      return index > 0 || isPiped ? argument.value : nil
    }
  }

  /// The names in an expression that stand for nothing in the text or the library.
  private func unknownNames(in expression: Expression) -> [Name] {
    var names: [Name] = []
    let statement = Statement.expression(expression)
    Program(statements: [statement], span: statement.span).walk { node in
      if case .expression(.name(let name)) = node, !name.text.isEmpty,
        facts.reference(at: name.span) == nil
      {
        names.append(name)
      }
    }
    return names
  }
}

extension Signature {
  /// Whether an argument names a column of the first argument.
  fileprivate var hasColumns: Bool {
    forms.contains { $0.parameters.contains { $0.kind == .column } }
  }

  fileprivate var namesColumns: Bool { hasRowExpressions || hasColumns }
}

extension SyntaxNode {
  fileprivate func isCall(at span: Span) -> Bool {
    if case .expression(.call(let call)) = self { call.span == span } else { false }
  }
}

extension Expression {
  /// A literal text, or those of a list.
  fileprivate var texts: [Text] {
    switch bare {
    case .text(let text): text.literal == nil ? [] : [text]
    case .list(let elements, _): elements.flatMap(\.texts)
    default: []
    }
  }
}

extension Source {
  /// The names that parentheses follow, in order, each with a hash (FNV-1a, from its end): a long
  /// text has many calls of few functions.
  fileprivate var namesBeforeParentheses: [(bytes: Range<Int>, hash: UInt64)] {
    bytes.withUnsafeBufferPointer { bytes in
      var names: [(Range<Int>, UInt64)] = []
      for end in bytes.indices where bytes[end] == UInt8(ascii: "(") {
        var (start, hash) = (end, UInt64(0xCBF2_9CE4_8422_2325))
        while start > 0, bytes[start - 1].isNamePart {
          start -= 1
          hash = (hash ^ UInt64(bytes[start])) &* 0x100_0000_01B3
        }
        if start < end { names.append((start..<end, hash)) }
      }
      return names
    }
  }

  /// Whether a quote stands after a parenthesis somewhere, as before the path of a table.
  fileprivate var mentionsReading: Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var previous: UInt8 = 0
      for byte in bytes {
        if byte == UInt8(ascii: "\""), previous == UInt8(ascii: "(") { return true }
        previous = byte
      }
      return false
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownColumn(_ name: Name, among columns: [String]) -> Diagnostic {
    let near = Spelling.nearest(to: name.text, among: columns)
    return Diagnostic(
      .unknownName, at: name.span,
      "`\(name.text)` is not defined, and the table has no column of this name",
      remedy: remedy(near, among: columns),
      fixes: near.map { [Fix("replace with `\($0)`", replacing: name.span, with: $0)] } ?? [])
  }

  /// In the words of the run.
  fileprivate static func absentColumn(
    _ text: Expression.Text, among columns: [String]
  ) -> Diagnostic {
    let name = text.literal ?? ""
    let near = Spelling.nearest(to: name, among: columns)
    return Diagnostic(
      .unknownField, at: text.span, "the table has no column `\(name)`",
      remedy: remedy(near, among: columns),
      fixes: near.map { [Fix("replace with `\($0)`", replacing: text.span, with: $0.quoted)] } ?? []
    )
  }

  private static func remedy(_ near: String?, among columns: [String]) -> String {
    let shown = columns.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return near.map { "did you mean `\($0)`?" }
      ?? "the columns are \(shown)\(columns.count > 8 ? ", …" : "")"
  }
}

extension UInt8 {
  /// Whether names of builtins may hold it.
  fileprivate var isNamePart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
