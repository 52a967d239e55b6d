import Algorithms
import DocumentEvaluation
import ThrAnalysis
import ThrSyntax

/// What is known of the values of one text: only of the text as it is now.
struct LiveValues {
  /// In the order of the text; none overlaps another.
  private(set) var statements: [EvaluatedStatement] = []

  /// The statement that holds an offset, or ends there.
  func statement(at offset: Int) -> EvaluatedStatement? {
    let after = statements.partitioningIndex { $0.span.start > offset }
    guard after > 0, statements[after - 1].span.touches(offset) else { return nil }
    return statements[after - 1]
  }

  /// The statement that gave a name the value that it has at an offset.
  func statement(giving name: String, before offset: Int) -> EvaluatedStatement? {
    statements.last { $0.span.start <= offset && $0.names.contains(name) }
  }

  /// Takes a result in; one of the same statement gives way to it.
  ///
  /// A value that someone asked for stays where a run by itself may not go that far.
  ///
  /// - Returns: whether it says anything new.
  mutating func insert(_ statement: EvaluatedStatement) -> Bool {
    let first = statements.partitioningIndex { $0.span.end > statement.span.start }
    let end = max(first, statements.partitioningIndex { $0.span.start >= statement.span.end })
    if end - first == 1, statements[first].span == statement.span {
      let known = statements[first]
      guard statement.isSkipped ? known.isSkipped : true, !known.saysTheSame(as: statement) else {
        return false
      }
    }
    statements.replaceSubrange(first..<end, with: CollectionOfOne(statement))
    return true
  }

  mutating func drop() { self = LiveValues() }

  /// Forgets what a change of the text may have given another value, and moves the rest along.
  ///
  /// - Parameter isStrict: whether what other statements do can make one fail that mentions none of
  ///   their names.
  mutating func follow(_ reach: EditReach, isStrict: Bool) {
    guard !statements.isEmpty else { return }
    var places: [Span: EditReach.Unaffected] = [:]
    for statement in reach.unaffected where statement.standsBeforeTheChange || !isStrict {
      places[statement.earlier] = statement
    }
    statements = statements.compactMap { statement in
      places[statement.span].map { statement.moved($0, by: reach) }
    }
  }
}

extension EvaluatedStatement {
  var isSkipped: Bool {
    if case .skipped = state { true } else { false }
  }

  /// Whether a client would be shown nothing else.
  fileprivate func saysTheSame(as other: EvaluatedStatement) -> Bool {
    state == other.state && names == other.names && hint == other.hint && full == other.full
      && remark == other.remark && diagnostics == other.diagnostics
  }

  fileprivate func moved(_ place: EditReach.Unaffected, by reach: EditReach) -> EvaluatedStatement {
    var copy = self
    copy.span = place.now
    // Warnings may be about what statements between do with the same rows.
    copy.diagnostics = diagnostics.compactMap { diagnostic in
      place.standsBeforeTheChange || diagnostic.severity == .error
        ? diagnostic.moved(by: reach) : nil
    }
    return copy
  }
}

extension Diagnostic {
  /// The diagnostic where its text stands now; `nil` where some of that has changed.
  fileprivate func moved(by reach: EditReach) -> Diagnostic? {
    guard let span = reach.place(of: span) else { return nil }
    var copy = self
    copy.span = span
    for index in fixes.indices {
      guard let span = reach.place(of: fixes[index].span) else { return nil }
      copy.fixes[index].span = span
    }
    for index in notes.indices where notes[index].file == nil {
      guard let span = reach.place(of: notes[index].span) else { return nil }
      copy.notes[index].span = span
    }
    return copy
  }
}
