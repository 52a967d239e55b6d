public import ThrSyntax

/// A statement at the top of a text, for what is run or shown statement by statement.
public struct StatementOutline: Hashable, Sendable {
  public var span: Span
  /// Whether it shows a value when it runs: a bare expression.
  public var showsValue: Bool
}

extension Document {
  /// The statements at the top of the text, in order.
  public var statements: [StatementOutline] {
    parse.program.statements.map { statement in
      if case .expression = statement {
        return StatementOutline(span: statement.span, showsValue: true)
      }
      return StatementOutline(span: statement.span, showsValue: false)
    }
  }

  /// The statement at the top of the text that holds an offset, or ends there.
  public func statement(at offset: Int) -> StatementOutline? {
    statements.last { $0.span.touches(offset) }
  }

  /// Where the first statement ends or begins that may have another value than in an earlier text:
  /// what stands before is the same, and means the same.
  ///
  /// Functions are known throughout their file, so that a changed one may mean something else
  /// anywhere.
  public func end(ofPartSharedWith earlier: Document) -> Int {
    guard functionTexts == earlier.functionTexts else { return 0 }
    var shared = 0
    for (new, old) in zip(parse.program.statements, earlier.parse.program.statements) {
      guard new.span == old.span,
        source.bytes[new.span.start..<new.span.end]
          == earlier.source.bytes[old.span.start..<old.span.end]
      else { break }
      shared = new.span.end
    }
    return shared
  }

  private var functionTexts: [String] {
    parse.program.statements.compactMap { statement in
      if case .function = statement { text(statement.span) } else { nil }
    }
  }
}
