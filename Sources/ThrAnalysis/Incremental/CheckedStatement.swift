import ThrModel
import ThrSyntax

/// A statement of the file with what checking it noted, perhaps when it stood elsewhere.
struct CheckedStatement: Sendable {
  let record: StatementRecord
  /// Where it begins now.
  let start: Int
  /// Where the names that it reads from outside have their values now.
  let origins: [String: Origin]

  private var shift: Int { start - record.span.start }

  func reference(at span: Span) -> Notes.Reference? {
    record.notes.references[span.moved(by: -shift)].map(current)
  }

  func callee(at span: Span) -> Callee? { record.notes.callees[span.moved(by: -shift)] }

  func type(at span: Span) -> ValueType? { record.notes.type(at: span.moved(by: -shift)) }

  var references: [Notes.Reference] { record.notes.references.values.map(current) }

  /// What was noted, with the places of now.
  private func current(_ noted: Notes.Reference) -> Notes.Reference {
    if shift == 0, !record.isReused { return noted }
    var reference = noted
    reference.span = noted.span.moved(by: shift)
    if case .variable(let scope, let name) = noted.symbol {
      if record.span.holds(scope.offset) {
        reference.symbol = .variable(ScopeID(offset: scope.offset + shift), name)
      }
      reference.origin = origin(of: name, noted.origin)
    }
    return reference
  }

  private func origin(of name: String, _ noted: Origin?) -> Origin? {
    guard let noted, noted.file == nil, record.span.holds(noted.span.start) else {
      return origins[name]
    }
    return Origin(file: nil, span: noted.span.moved(by: shift))
  }
}

/// What checking a statement of the file found and did, so that it need not be checked again where
/// everything that it reads is the same.
final class StatementRecord: Sendable {
  /// The names that it reads or gives values, as they were before it.
  struct Input: Hashable, Sendable {
    let value: StaticValue?
    let isCertain: Bool
    /// Whether the file gives the name a value anywhere.
    let isAssigned: Bool
  }

  struct Effects: Sendable {
    let inputs: [String: Input]
    /// The number of writings before it, and how many it adds.
    let epoch: Int
    let writings: Int
    let steps: Int
    let isOpen: Bool
    /// Every value that it gave a name of the file on any way through it, in order.
    let bindings: [(name: String, binding: Binding)]
    /// What the names are behind it.
    let final: [(name: String, binding: Binding)]
  }

  /// Where it stood.
  let span: Span
  let notes: Notes
  /// `nil` where it must be checked again each time.
  let effects: Effects?
  let isReused: Bool

  init(span: Span, notes: Notes, effects: Effects?) {
    self.span = span
    self.notes = notes
    self.effects = effects
    isReused = effects != nil
  }
}

extension Span {
  func moved(by distance: Int) -> Span { Span(start + distance, end + distance) }

  /// Whether a place lies within, the end not counted.
  func holds(_ offset: Int) -> Bool { start <= offset && offset < end }
}
