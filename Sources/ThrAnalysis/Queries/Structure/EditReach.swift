import Algorithms
public import ThrSyntax

/// How far a change of a text reaches: which statements at its top certainly have the same results as
/// to before.
///
/// A statement is affected where it has changed itself, or mentions a name that an affected one may
/// give a value; where an affected one uses a file, everything is. More may count as affected than
/// is, never less, as long as what stands outside the text is the same.
public struct EditReach: Sendable {
  /// A statement that is not affected.
  public struct Unaffected: Hashable, Sendable {
    /// Its place in the earlier text.
    public var earlier: Span
    public var now: Span
    /// Whether all that stands before it is as it was.
    public var standsBeforeTheChange: Bool
  }

  /// In the order of the text.
  public private(set) var unaffected: [Unaffected] = []
  /// The earlier text that has changed: what stands before is where it was.
  private let changed: Span
  /// How far the text after it has moved.
  private let distance: Int

  public init(from earlier: Document, to now: Document) {
    self.init(of: EditedProgram(from: earlier.parse, to: now.parse))
  }

  public init(of edited: EditedProgram) {
    let (old, new) = (ReachedText(edited.old), ReachedText(edited.new))
    distance = edited.new.source.bytes.count - edited.old.source.bytes.count
    func isSame(_ position: Int, as other: Int, movedBy distance: Int) -> Bool {
      edited.same[position] == other && new.isBroken[position] == old.isBroken[other]
        && new.statements[position].span.start == old.statements[other].span.start + distance
    }
    let most = min(old.count, new.count)
    var head = 0
    while head < most, isSame(head, as: head, movedBy: 0) { head += 1 }
    var tail = 0
    while tail < most - head,
      isSame(new.count - 1 - tail, as: old.count - 1 - tail, movedBy: distance)
    {
      tail += 1
    }
    changed = Span(
      head == 0 ? 0 : old.statements[head - 1].span.end,
      tail == 0 ? edited.old.source.bytes.count : old.statements[old.count - tail].span.start)
    var names = AffectedNames()
    names.add(new.names(in: head..<(new.count - tail)))
    names.add(old.names(in: head..<(old.count - tail)))
    let isAffected = names.affected(new.statements, before: head, after: new.count - tail)
    for position in 0..<new.count where !isAffected[position] {
      let span = new.statements[position].span
      let isBefore = position < head
      unaffected.append(
        Unaffected(
          earlier: isBefore ? span : Span(span.start - distance, span.end - distance), now: span,
          standsBeforeTheChange: isBefore))
    }
  }

  /// Where a stretch of the earlier text stands now; `nil` where it has changed.
  public func place(of earlier: Span) -> Span? {
    if earlier.end <= changed.start { return earlier }
    guard earlier.start >= changed.end else { return nil }
    return Span(earlier.start + distance, earlier.end + distance)
  }
}

/// The statements at the top of a text, to be compared with another's.
private struct ReachedText {
  private let parse: Parse
  let statements: [Statement]
  /// For each statement whether an error lies in it, or after it and before the next one.
  let isBroken: [Bool]

  var count: Int { statements.count }

  init(_ parse: Parse) {
    self.parse = parse
    let statements = parse.program.statements
    self.statements = statements
    var isBroken = [Bool](repeating: false, count: statements.count)
    for fault in parse.diagnostics where fault.severity == .error {
      let next = statements.partitioningIndex { $0.span.start > fault.span.start }
      if next > 0 { isBroken[next - 1] = true }
    }
    self.isBroken = isBroken
  }

  /// The names that statements give values, those with errors too as far as can be seen.
  func names(in positions: Range<Int>) -> AffectedNames.Given {
    var given = AffectedNames.Given()
    guard let first = positions.first, let last = positions.last else { return given }
    given.add(AssignedNames(Array(statements[positions])))
    let tokens = parse.tokens
    let start = tokens.partitioningIndex { $0.start >= statements[first].span.start }
    let end = tokens.partitioningIndex { $0.start >= statements[last].span.end }
    for index in start..<max(start, end) {
      if tokens[index].kind == .use { given.isEverything = true }
      guard index + 1 < end else { break }
      let (token, next) = (tokens[index], tokens[index + 1])
      if token.kind == .name, next.kind == .assign { given.names.insert(text(token)) }
      if token.kind == .fn, next.kind == .name { given.functions.insert(text(next)) }
    }
    return given
  }

  private func text(_ token: Token) -> String {
    parse.source.text(Span(token.start, token.end))
  }
}

/// The names that may have other values than before.
private struct AffectedNames {
  struct Given {
    var names: Set<String> = []
    var functions: Set<String> = []
    /// Whether a file is used, whose names are not known here.
    var isEverything = false

    mutating func add(_ assigned: AssignedNames) {
      names.formUnion(assigned.first.keys)
      functions.formUnion(assigned.functions.map(\.name.text))
    }
  }

  /// After the change.
  private var afterChange: Set<String> = []
  /// Throughout the text: functions are known before they are declared.
  private var throughout: Set<String> = []
  private var isEverythingAfter = false

  mutating func add(_ given: Given) {
    afterChange.formUnion(given.names)
    afterChange.formUnion(given.functions)
    throughout.formUnion(given.functions)
    if given.isEverything { isEverythingAfter = true }
  }

  /// - Parameters:
  ///   - head: the position of the first statement that has changed.
  ///   - tail: that of the first one after the change.
  mutating func affected(_ statements: [Statement], before head: Int, after tail: Int) -> [Bool] {
    var isAffected = statements.indices.map { $0 >= head && ($0 < tail || isEverythingAfter) }
    guard !afterChange.isEmpty else { return isAffected }
    let open = statements.indices.filter { !isAffected[$0] }.map {
      OpenStatement($0, statements[$0])
    }
    // What mentions an affected name affects the names that it gives values, and so on.
    var known = 0
    while known != afterChange.count + throughout.count {
      known = afterChange.count + throughout.count
      for statement in open {
        let isBefore = statement.position < head
        if !statement.mentioned.isDisjoint(with: throughout) {
          throughout.formUnion(isBefore ? statement.given : statement.functions)
        } else if statement.mentioned.isDisjoint(with: afterChange) {
          continue
        } else if isBefore {
          // What runs before the change is the same; calls after it see the other value.
          guard !statement.functions.isEmpty else { continue }
          if statement.usesFile { isEverythingAfter = true }
          afterChange.formUnion(statement.functions)
          continue
        }
        if statement.usesFile { isEverythingAfter = true }
        if statement.usesFile, isBefore { return isAffected.map { _ in true } }
        afterChange.formUnion(statement.given)
        isAffected[statement.position] = true
      }
    }
    return isEverythingAfter ? statements.indices.map { $0 >= head || isAffected[$0] } : isAffected
  }
}

/// A statement that the change may still turn out to affect.
private struct OpenStatement {
  let position: Int
  let mentioned: Set<String>
  let given: Set<String>
  let functions: Set<String>
  let usesFile: Bool

  init(_ position: Int, _ statement: Statement) {
    self.position = position
    mentioned = MentionedNames(in: statement).all
    let assigned = AssignedNames([statement])
    given = Set(assigned.first.keys)
    functions = Set(assigned.functions.map(\.name.text))
    usesFile = !Uses(in: [statement]).statements.isEmpty
  }
}

extension MentionedNames {
  fileprivate init(in statement: Statement) {
    self.init()
    collect([statement])
  }
}
