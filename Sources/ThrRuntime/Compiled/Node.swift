import ThrModel
public import ThrSyntax

/// A part of a compiled program: an expression or a statement.
///
/// It knows where its names stand, and the places to blame. A statement without a value gives `none`.
class Node {
  /// - Parameters:
  ///   - run: what is under way: the session or notebook, and how deep calls are nested.
  ///   - frame: the names of the innermost call; at top level a frame without names.
  func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value { .none }
}

/// A value that stands in the text.
final class Literal: Node {
  let value: Value

  init(_ value: Value) { self.value = value }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value { value }
}

/// Text that the parser did not understand, and has reported.
final class Missing: Node {
  private let span: Span

  init(_ span: Span) { self.span = span }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    throw run.failure(.incomplete(at: span))
  }
}

/// Statements one after the other; the value is the last one's, `none` without one.
final class Sequence: Node {
  private let statements: [Node]

  init(_ statements: [Node]) { self.statements = statements }

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    guard let last = statements.last else { return .none }
    for statement in statements.dropLast() { _ = try statement.evaluate(run, frame) }
    return try last.evaluate(run, frame)
  }
}

extension Diagnostic {
  static func incomplete(at span: Span) -> Diagnostic {
    Diagnostic(.incompleteProgram, at: span, "the program is incomplete here")
  }
}

extension Diagnostic.Kind {
  /// A tree with gaps, which the parser has reported, was run all the same.
  public static let incompleteProgram = Diagnostic.Kind(
    "E0301", "incomplete-program",
    explanation: .init(
      """
      A program runs only if it has no syntax errors. The marked place could not be parsed; the \
      other errors say why.
      """,
      wrong: "a program with syntax errors that is run",
      right: "x = 1 + 2"))
}
