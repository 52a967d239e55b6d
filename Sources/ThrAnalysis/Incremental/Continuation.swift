import ThrSyntax

/// The analysis of a text before edits, for that of the text behind them.
struct Continuation: Sendable {
  /// A stretch of the old text, and the length of what stands there now.
  struct Change {
    let span: Span
    let count: Int
  }

  let numbering: ValueNumbering
  /// The largest serial that a function of any text before has had.
  let lastSerial: Int
  /// Where the names of the file are kept.
  let slots: [String: Int]
  let lastStamp: Int
  /// For each statement of the new text the record of the old one that the edits left alone.
  let records: [StatementRecord?]
  /// The names that the functions mention whose declarations were left alone.
  let functions: [FunctionID: UserFunction]
  /// What checking their bodies found.
  let bodies: [FunctionID: StatementRecord]

  // Numbers of values and names that are no more are kept; now and then all begins anew.
  private static let maximumNumbers = 50_000

  /// - Parameter changes: in order, not overlapping. `nil` where it is time to begin anew.
  init?(of analysis: Analysis, _ old: Parse, _ changes: [Change], _ new: Parse) {
    guard analysis.isThorough,
      analysis.numbering.size < Self.maximumNumbers + old.tokens.count,
      analysis.ending.bindings.slots.count < Self.maximumNumbers + old.tokens.count
    else { return nil }
    var matching = Matching(old.tokens, new.tokens)
    var rest = analysis.facts.statements(untouchedBy: changes)[...]
    records = new.program.statements.map { statement in
      let span = statement.span
      while let first = rest.first, first.start < span.start { rest.removeFirst() }
      guard let kept = rest.first, kept.start == span.start else { return nil }
      let record = kept.statement.record
      guard record.span.count == span.count,
        matching.holdsSame(span, from: kept.statement.start)
      else { return nil }
      return record
    }
    functions = analysis.functions
    bodies = analysis.facts.bodies.reduce(into: [:]) { bodies, body in
      if let id = body.record.function { bodies[id] = body.record }
    }
    numbering = analysis.numbering
    lastSerial = analysis.lastSerial
    slots = analysis.ending.bindings.slots
    lastStamp = analysis.lastStamp
  }
}

extension Facts {
  /// The statements that lie between edits, without touching one, with where they begin now.
  fileprivate func statements(
    untouchedBy changes: [Continuation.Change]
  ) -> [(start: Int, statement: CheckedStatement)] {
    var kept: [(start: Int, statement: CheckedStatement)] = []
    kept.reserveCapacity(statements.count)
    var rest = changes[...]
    var shift = 0
    for statement in statements {
      let end = statement.start + statement.record.span.count
      while let change = rest.first, change.span.end < statement.start {
        shift += change.count - change.span.count
        rest.removeFirst()
      }
      if let change = rest.first, change.span.start <= end { continue }
      kept.append((statement.start + shift, statement))
    }
    return kept
  }
}

/// Compares stretches of two texts token by token, in the order of the texts.
private struct Matching {
  private let old: [Token]
  private let new: [Token]
  private var before = 0
  private var now = 0

  init(_ old: [Token], _ new: [Token]) {
    self.old = old
    self.new = new
  }

  /// Whether within `span` stand the very tokens that the old text has from `start` on.
  mutating func holdsSame(_ span: Span, from start: Int) -> Bool {
    while before < old.count, old[before].start < start { before += 1 }
    while now < new.count, new[now].start < span.start { now += 1 }
    let distance = span.start - start
    while now < new.count, new[now].start < span.end {
      guard before < old.count, old[before].isSame(as: new[now], movedBy: distance) else {
        return false
      }
      before += 1
      now += 1
    }
    return true
  }
}
