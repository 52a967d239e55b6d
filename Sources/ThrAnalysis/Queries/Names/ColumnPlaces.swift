import ThrModel
public import ThrSyntax

/// The places of a column's name in a text.
public struct ColumnPlaces: Hashable, Sendable {
  public var name: String
  /// The file that has the column, by its path as written.
  public var file: String
  /// The places in conditions on rows, in order.
  public var spans: [Span]
}

extension Document {
  /// The column whose name stands at a place in a condition on rows of a table that the text reads.
  ///
  /// - Parameter columns: the columns of a table's file by its path as written.
  public func column(
    at offset: Int, _ columns: @escaping @Sendable (String) -> [String]?
  ) -> ColumnPlaces? {
    guard let word = parse.word(at: clamped(offset)), isInRowCall(word.span.start) else {
      return nil
    }
    let name = text(word.span)
    let finder = ColumnFinder(document: self, surroundings: Surroundings(columns: columns))
    let uses = rowCalls.flatMap { call -> [(file: String, span: Span)] in
      let spans = rowExpressions(of: call).flatMap { names($0, called: name) }
      guard !spans.isEmpty, let table = finder.columns(ofFirstArgumentOf: call),
        let file = table.file, table.names.contains(name)
      else { return [] }
      return spans.map { (file, $0) }
    }
    guard let file = uses.first(where: { $0.span == word.span })?.file else { return nil }
    return ColumnPlaces(
      name: name, file: file, spans: uses.filter { $0.file == file }.map(\.span))
  }

  /// Whether a call around a place evaluates an argument row by row: elsewhere nothing need be
  /// looked for.
  private func isInRowCall(_ offset: Int) -> Bool {
    SyntaxPath(to: offset, in: parse.program).nodes.contains { node in
      guard case .expression(.call(let call)) = node,
        case .builtin(let name)? = facts.callee(at: call.callee.span)
      else { return false }
      return vocabulary.signature(name)?.hasRowExpressions == true
    }
  }

  private func names(_ expression: Expression, called name: String) -> [Span] {
    var spans: [Span] = []
    Program(statements: [.expression(expression)], span: expression.span).walk { node in
      if case .expression(.name(let found)) = node, found.text == name { spans.append(found.span) }
    }
    return spans
  }
}
