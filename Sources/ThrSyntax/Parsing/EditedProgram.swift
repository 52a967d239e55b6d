/// A program before and after edits, and which of its statements are the same.
///
/// A statement at the top is the same where no edit reaches into it and the very same tokens stand
/// there, wherever it has moved. Everything known of a statement is carried over an edit by this:
/// what the checker found, the values that an editor shows.
public struct EditedProgram: Sendable {
  public let old: Parse
  public let new: Parse
  /// For each statement of the new program the position of the same one in the old; `nil` where
  /// there is none.
  ///
  /// Ascending.
  public let same: [Int?]

  /// The program once bytes stand in the places of spans, which are in order and do not overlap.
  ///
  /// - Complexity: O(n) in the length of the text; only the lines that the edits touch are lexed,
  ///   and only what stands after them is parsed again.
  public init(_ old: Parse, replacing edits: [(span: Span, bytes: [UInt8])]) {
    self.old = old
    guard let first = edits.first?.span.start, let last = edits.last?.span.end else {
      new = old
      same = Array(old.program.statements.indices)
      return
    }
    let source = old.source.replacing(edits)
    let replaced = Span(first, last)
    new = old.edited(
      replaced, toBytes: replaced.count + source.bytes.count - old.source.bytes.count,
      giving: source)
    same = Self.same(old, new, edits.map { Change(span: $0.span, count: $0.bytes.count) })
  }

  /// A program and another one in its place: all between the first and the last byte that differ
  /// was edited.
  public init(from old: Parse, to new: Parse) {
    self.old = old
    self.new = new
    let (span, bytes) = old.source.difference(to: new.source)
    same = Self.same(old, new, [Change(span: span, count: bytes.count)])
  }

  /// A stretch of the old text, and the length of what stands there now.
  private struct Change {
    let span: Span
    let count: Int
  }

  private static func same(_ old: Parse, _ new: Parse, _ changes: [Change]) -> [Int?] {
    var tokens = TokenComparison(old.tokens, new.tokens)
    let statements = old.program.statements
    var rest = untouched(statements, by: changes)[...]
    return new.program.statements.map { statement in
      let span = statement.span
      while let first = rest.first, first.start < span.start { rest.removeFirst() }
      guard let kept = rest.first, kept.start == span.start else { return nil }
      let earlier = statements[kept.index].span
      guard earlier.count == span.count, tokens.holdsSame(span, from: earlier.start) else {
        return nil
      }
      return kept.index
    }
  }

  /// The statements that no change reaches into, with where they begin now.
  private static func untouched(
    _ statements: [Statement], by changes: [Change]
  ) -> [(start: Int, index: Int)] {
    var kept: [(start: Int, index: Int)] = []
    kept.reserveCapacity(statements.count)
    var rest = changes[...]
    var shift = 0
    for (index, statement) in statements.enumerated() {
      let span = statement.span
      while let change = rest.first, change.span.end <= span.start {
        shift += change.count - change.span.count
        rest.removeFirst()
      }
      if let change = rest.first, change.span.start < span.end { continue }
      kept.append((span.start + shift, index))
    }
    return kept
  }
}

/// Compares stretches of two texts token by token, in the order of the texts.
private struct TokenComparison {
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
