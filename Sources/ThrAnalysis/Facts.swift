import ThrModel
import ThrSyntax

/// What the checker noted of places in the text, statement by statement.
struct Facts: Sendable {
  /// The file's statements in order, each with its notes.
  let statements: [CheckedStatement]
  /// What was noted of functions' bodies, which are checked once for all.
  let bodies: Notes
  /// What is known at the place that was asked about.
  let scene: Scene?

  /// What a name at exactly this place stands for.
  func reference(at span: Span) -> Notes.Reference? {
    statement(at: span)?.reference(at: span) ?? bodies.references[span]
  }

  /// What is called at exactly this place.
  func callee(at span: Span) -> Callee? {
    statement(at: span)?.callee(at: span) ?? bodies.callees[span]
  }

  /// The type of the expression or name at exactly this place.
  func type(at span: Span) -> ValueType? {
    statement(at: span)?.type(at: span) ?? bodies.type(at: span)
  }

  /// Every name that stands for something, in no order; complexity O(n).
  var references: [Notes.Reference] {
    let inBodies = bodies.references.values
    var all = Array(inBodies)
    for statement in statements {
      for reference in statement.references where bodies.references[reference.span] == nil {
        all.append(reference)
      }
    }
    return all
  }

  private func statement(at span: Span) -> CheckedStatement? {
    var low = 0
    var high = statements.count
    while low < high {
      let middle = (low + high) / 2
      if statements[middle].start <= span.start { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? statements[low - 1] : nil
  }
}
