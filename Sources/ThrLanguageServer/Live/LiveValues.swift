import ThrSyntax

/// What is known of the values of one text: only of the text as it is now.
struct LiveValues {
  /// In the order of the text.
  private(set) var statements: [EvaluatedStatement] = []

  /// The statement that holds an offset, or ends there.
  func statement(at offset: Int) -> EvaluatedStatement? {
    statements.last { $0.span.touches(offset) }
  }

  /// The statement that gave a name the value that it has at an offset.
  func statement(giving name: String, before offset: Int) -> EvaluatedStatement? {
    statements.last { $0.span.start <= offset && $0.names.contains(name) }
  }

  /// Takes a result in; one of the same statement gives way to it.
  mutating func insert(_ statement: EvaluatedStatement) {
    statements.removeAll {
      $0.span.start < statement.span.end && statement.span.start < $0.span.end
    }
    let index = statements.firstIndex { $0.span.start > statement.span.start }
    statements.insert(statement, at: index ?? statements.count)
  }

  mutating func drop() { self = LiveValues() }

  /// Forgets what stands at or behind an offset, because the text may mean something else there.
  mutating func keep(before offset: Int) {
    statements.removeAll { $0.span.end > offset }
  }
}
