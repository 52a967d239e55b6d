import Synchronization

/// Which rows a value came from: a source's content, the rows in it, and what they are set aside
/// for.
///
/// Two reads of one file have the same source, so their rows are the same rows.
public struct Provenance: Hashable, Sendable {
  /// Identifies the content, not the place, of the data.
  public let source: UInt64
  public let rows: RowSet
  public let role: Role

  public init(source: UInt64, rows: RowSet, role: Role) {
    self.source = source
    self.rows = rows
    self.role = role
  }

  /// Whether any row belongs to both.
  ///
  /// - Complexity: O(*n* + *m*) for parts of one source, otherwise O(1).
  public func overlaps(_ other: Provenance) -> Bool {
    source == other.source && rows.intersects(other.rows)
  }

  /// The same source with only the rows at `positions` of these.
  public func selecting(_ positions: [Int], as role: Role) -> Provenance {
    Provenance(source: source, rows: rows.selecting(positions), role: role)
  }
}

/// Row numbers of one source, in any order.
public enum RowSet: Hashable, Sendable {
  case all(count: Int)
  /// Ascending row numbers.
  case some([Int])

  /// The row numbers at `positions`, themselves positions within this set's ascending order.
  func selecting(_ positions: [Int]) -> RowSet {
    switch self {
    case .all: .some(positions.sorted())
    case .some(let rows): .some(positions.map { rows[$0] }.sorted())
    }
  }

  func intersects(_ other: RowSet) -> Bool {
    switch (self, other) {
    case (.all(let count), .all(let otherCount)): return count > 0 && otherCount > 0
    case (.all(let count), .some(let rows)), (.some(let rows), .all(let count)):
      return rows.first.map { $0 < count } ?? false
    case (.some(let rows), .some(let others)):
      var left = rows[...]
      var right = others[...]
      while let first = left.first, let second = right.first {
        if first == second { return true }
        if first < second { left.removeFirst() } else { right.removeFirst() }
      }
      return false
    }
  }
}

/// Earlier use of rows on the way to a value.
public struct PastUse: Hashable, Sendable {
  public let use: RowsUse
  public let rows: Provenance

  public init(_ use: RowsUse, of rows: Provenance) {
    self.use = use
    self.rows = rows
  }
}

/// A value that remembers rows: those it holds, and those it was made from.
public protocol RemembersRows: LanguageObject {
  /// The rows that the value holds; `nil` for a model or a tuning, and for plain lists.
  var provenance: Provenance? { get }
  /// Earlier uses of rows on the way to this value.
  var history: [PastUse] { get }
}

/// Remembers which decision was reported on which test rows, for one session.
public final class UsageLedger: Sendable {
  /// A look at what was reported on some rows.
  public struct Consultation: Hashable, Sendable {
    public let rows: Provenance
    /// The decision that stood there before; `nil` for none.
    public let before: JudgedDecision?
    /// The decision that stands there since.
    public let after: JudgedDecision
  }

  private struct State {
    var reports: [Provenance: JudgedDecision] = [:]
    /// How many comparisons around the present call are being made.
    var comparisons = 0
    /// The rows that were first judged within them: each judges all its decisions at once.
    var judgedTogether: Set<Provenance> = []
    /// The looks since the last mark; `nil` where no one asks.
    var consultations: [Consultation]?
  }

  private let state = Mutex(State())

  public init() {}

  /// From here on, looks are noted, and reports can be taken back.
  public func mark() { state.withLock { $0.consultations = [] } }

  /// The looks since the last mark.
  public var consultations: [Consultation] { state.withLock { $0.consultations ?? [] } }

  /// Takes back the reports since the last mark: what they said was never seen.
  public func rollBack() {
    state.withLock { state in
      for look in (state.consultations ?? []).reversed() { state.reports[look.rows] = look.before }
      state.consultations = []
    }
  }

  /// The decision that stands for some rows.
  public func decision(on rows: Provenance) -> JudgedDecision? {
    state.withLock { $0.reports[rows] }
  }

  /// Notes a decision as a report would.
  public func note(_ decision: JudgedDecision, on rows: Provenance) {
    state.withLock { $0.reports[rows] = decision }
  }

  /// Decisions reported until `endComparison` are compared with each other: of rows that nothing
  /// was reported on before, all are one use.
  public func beginComparison() { state.withLock { $0.comparisons += 1 } }

  public func endComparison() {
    state.withLock { state in
      state.comparisons = max(state.comparisons - 1, 0)
      if state.comparisons == 0 { state.judgedTogether = [] }
    }
  }

  /// Forgets every report.
  public func clear() { state.withLock { $0 = State() } }

  /// Notes a report and says whether an earlier one on these rows was of another decision.
  func isSecondDecision(_ decision: JudgedDecision, on rows: Provenance) -> Bool {
    state.withLock { state in
      let earlier = state.reports[rows]
      if earlier == nil, state.comparisons > 0 { state.judgedTogether.insert(rows) }
      let standing = decision.after(earlier)
      state.reports[rows] = standing
      state.consultations?.append(Consultation(rows: rows, before: earlier, after: standing))
      if state.judgedTogether.contains(rows) { return false }
      return earlier.map(decision.isOther) ?? false
    }
  }
}
