import ThrModel
import ThrSyntax

/// A statement of the file, or the body of a function, with what checking it noted, perhaps when
/// it stood elsewhere.
struct CheckedStatement: Sendable {
  let record: CheckRecord
  /// Where it begins now.
  let start: Int
  /// Where the names among the record's inputs, in their order, have their values now.
  let origins: [Origin?]
  /// Where the functions begin now whose parameters the record's labels name, in their order.
  let labelled: [Int]

  private var shift: Int { start - record.span.start }

  func reference(at span: Span) -> Notes.Reference? {
    record.notes.reference(at: span.moved(by: -shift)).map(current)
  }

  /// What a name at exactly this place stands for, without where that has its value.
  func symbol(at span: Span) -> (symbol: Notes.Symbol, isDeclaration: Bool)? {
    guard let noted = record.notes.reference(at: span.moved(by: -shift)) else { return nil }
    return (symbol(noted.symbol), noted.isDeclaration)
  }

  /// A symbol that was noted, with its scope where that is now.
  private func symbol(_ noted: Notes.Symbol) -> Notes.Symbol {
    guard case .variable(let scope, let name) = noted, scope != .file, record.effects != nil else {
      return noted
    }
    if record.span.holds(scope.offset) {
      return .variable(ScopeID(offset: scope.offset + shift), name)
    }
    return labelledIndex(of: scope).map { .variable(ScopeID(offset: labelled[$0]), name) } ?? noted
  }

  /// Which of the functions elsewhere has the scope, whose parameters labels name.
  private func labelledIndex(of scope: ScopeID) -> Int? {
    record.effects?.labelled.firstIndex { $0.start == scope.offset }
  }

  /// Where names inside the function are given values that nothing reads.
  var unread: [Span] { record.unread.map { $0.moved(by: shift) } }

  func callee(at span: Span) -> Callee? { record.notes.callee(at: span.moved(by: -shift)) }

  func type(at span: Span) -> ValueType? { record.notes.type(at: span.moved(by: -shift)) }

  /// All names that stand for something, in order.
  var references: [Notes.Reference] { record.notes.references.map(current) }

  /// Those of one name.
  func references(named name: String) -> [Notes.Reference] {
    // Where things are now is looked up only for what has the right name.
    record.notes.references.compactMap { $0.symbol.name == name ? current($0) : nil }
  }

  /// What was noted, with the places of now.
  private func current(_ noted: Notes.Reference) -> Notes.Reference {
    guard let effects = record.effects else { return noted }
    var reference = noted
    reference.span = noted.span.moved(by: shift)
    reference.symbol = symbol(noted.symbol)
    guard case .variable(let scope, let name) = noted.symbol else { return reference }
    if let index = labelledIndex(of: scope) {
      let distance = labelled[index] - scope.offset
      if let place = noted.origin?.span { reference.origin?.span = place.moved(by: distance) }
    } else {
      reference.origin = origin(of: name, noted.origin, effects)
    }
    return reference
  }

  private func origin(
    of name: String, _ noted: Origin?, _ effects: CheckRecord.Effects
  ) -> Origin? {
    guard let noted, noted.file == nil, record.span.holds(noted.span.start) else {
      return effects.inputs.firstIndex { $0.name == name }.flatMap { origins[$0] }
    }
    return Origin(file: nil, span: noted.span.moved(by: shift))
  }
}

/// What checking a statement of the file, or a function's body, found and did, so that it need not
/// be checked again where everything that it reads is the same.
final class CheckRecord: Sendable {
  /// A name as it was before.
  struct Input: Sendable {
    let name: String
    let slot: Int
    let binding: Binding?
    let assigned: Assigned
  }

  /// Where the file first gives a name a value, if it does.
  enum Assigned: Hashable, Sendable {
    case nowhere, elsewhere
    /// Within, counted from where it begins.
    case here(Int)
  }

  /// What was judged on which rows: the decision known before, and after.
  struct Judged: Sendable {
    let judgement: Judgement
    let before: SymbolicDecision?
    let after: SymbolicDecision?
  }

  /// A function declared elsewhere in the text, of which a label names a parameter.
  struct Labelled: Hashable, Sendable {
    let function: FunctionID
    /// Where its declaration began.
    let start: Int
  }

  struct Effects: Sendable {
    /// All names that it reads or gives values, and those that the functions read that it can
    /// call, directly or indirectly.
    let inputs: [Input]
    /// The number of writings before it, where it reads files.
    let epoch: Int?
    /// How many writings it adds.
    let writings: Int
    let weight: Effort.Weight
    let isOpen: Bool
    /// Every value that it gave a name of the file on any way through it, in order.
    let bindings: [BoundName]
    /// What the names are after it.
    let final: [BoundName]
    let diagnostics: [Diagnostic]
    let reported: [Finding]
    let judged: [Judged]
    let labelled: [Labelled]
  }

  /// Where it stood.
  let span: Span
  let names: StatementNames?
  /// The function whose declaration or body it is.
  let function: FunctionID?
  let notes: Notes
  /// `nil` where it must be checked again each time.
  let effects: Effects?
  /// Of a function's body, where its names are given values that nothing reads.
  let unread: [Span]

  init(
    span: Span, names: StatementNames?, function: FunctionID?, notes: Notes, effects: Effects?
  ) {
    self.span = span
    self.names = names
    self.function = function
    self.notes = notes
    self.effects = effects
    unread = names == nil ? notes.unread : []
  }
}

/// A value that a name of the file was given.
struct BoundName: Sendable {
  let slot: Int
  let name: String
  let binding: Binding
}

extension Span {
  func moved(by distance: Int) -> Span { Span(start + distance, end + distance) }

  /// Whether a place lies within, the end not counted.
  func holds(_ offset: Int) -> Bool { start <= offset && offset < end }

  /// Whether the other lies within, touching the ends or not.
  func holds(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}
