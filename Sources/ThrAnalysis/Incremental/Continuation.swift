import ThrSyntax

/// The analysis of a text before edits, for that of the text behind them.
struct Continuation: Sendable {
  /// A stretch of the old text, and the length of what stands there now.
  struct Change {
    let span: Span
    let count: Int
  }

  let numbering: ValueNumbering
  /// The checked statements that the edits left alone, by where they begin now.
  private let statements: [Int: CheckedStatement]
  private let tokensBefore: [Token]
  private let tokensNow: [Token]

  // Numbers of values that are no more are kept; now and then all begins anew.
  private static let maximumNumbers = 50_000

  /// - Parameter changes: in order, not overlapping. `nil` where it is time to begin anew.
  init?(of analysis: Analysis, _ old: Parse, _ changes: [Change], _ new: Parse) {
    guard analysis.numbering.size < Self.maximumNumbers + old.tokens.count else { return nil }
    var kept: [Int: CheckedStatement] = [:]
    kept.reserveCapacity(analysis.facts.statements.count)
    var rest = changes[...]
    var shift = 0
    for statement in analysis.facts.statements where statement.record.effects != nil {
      let end = statement.start + statement.record.span.count
      while let change = rest.first, change.span.end < statement.start {
        shift += change.count - change.span.count
        rest.removeFirst()
      }
      if let change = rest.first, change.span.start <= end { continue }
      kept[statement.start + shift] = statement
    }
    statements = kept
    numbering = analysis.numbering
    tokensBefore = old.tokens
    tokensNow = new.tokens
  }

  /// The record of the statement at a place, if the very same tokens stand there.
  func record(at span: Span) -> StatementRecord? {
    guard let statement = statements[span.start], statement.record.span.count == span.count else {
      return nil
    }
    let distance = span.start - statement.start
    var before = tokensBefore.firstIndex(notBefore: statement.start)
    var now = tokensNow.firstIndex(notBefore: span.start)
    while now < tokensNow.count, tokensNow[now].start < span.end {
      guard before < tokensBefore.count,
        tokensBefore[before].isSame(as: tokensNow[now], movedBy: distance)
      else { return nil }
      before += 1
      now += 1
    }
    return statement.record
  }
}
