import Algorithms
import ThrModel
import ThrSyntax

/// What the checker noted of places in the text, statement by statement.
struct Facts: Sendable {
  /// The file's statements in order, each with its notes.
  let statements: [CheckedStatement]
  /// The bodies of the file's functions in order, which are checked once for all calls.
  let bodies: [CheckedStatement]
  /// What is known at the place that was asked about.
  let scene: Scene?

  /// What a name at exactly this place stands for.
  func reference(at span: Span) -> Notes.Reference? {
    statements.last(notAfter: span).flatMap { statements[$0].reference(at: span) }
      ?? bodies.last(notAfter: span).flatMap { bodies[$0].reference(at: span) }
  }

  /// What is called at exactly this place.
  func callee(at span: Span) -> Callee? {
    statements.last(notAfter: span).flatMap { statements[$0].callee(at: span) }
      ?? bodies.last(notAfter: span).flatMap { bodies[$0].callee(at: span) }
  }

  /// The type of the expression or name at exactly this place.
  func type(at span: Span) -> ValueType? {
    statements.last(notAfter: span).flatMap { statements[$0].type(at: span) }
      ?? bodies.last(notAfter: span).flatMap { bodies[$0].type(at: span) }
  }

  /// Every place of a name where it stands for something, in order; complexity O(n).
  func references(named name: String) -> [Notes.Reference] {
    (statements + bodies).flatMap { $0.references(named: name) }
      .sorted { $0.span.start < $1.span.start }
  }
}

extension [CheckedStatement] {
  /// The index of the last that begins where the span does, or before; complexity O(log n).
  fileprivate func last(notAfter span: Span) -> Int? {
    let next = partitioningIndex { $0.start > span.start }
    return next > 0 ? next - 1 : nil
  }
}
