import ThrModel
import ThrSyntax

/// What the checker notes of places in the text, for the questions asked later.
struct Notes: Sendable {
  /// What a name in the text stands for.
  enum Symbol: Hashable, Sendable {
    /// A variable, a parameter or a function of the text, or of what came before it.
    case variable(ScopeID, String)
    case builtin(String)
    case constant(String)
    /// The parameter of a function whose text is elsewhere, by the function's name.
    case parameter(of: String, String)
  }

  struct Typed: Sendable {
    let span: Span
    let type: ValueType
  }

  struct Reference: Hashable, Sendable {
    var span: Span
    var symbol: Symbol
    let isDeclaration: Bool
    /// The place that gave the name the value that is meant here.
    var origin: Origin?
  }

  /// Later entries know more of the same place.
  private(set) var types: [Typed] = []
  private(set) var references: [Span: Reference] = [:]
  /// What is called, by the place of the expression before the parentheses.
  private(set) var callees: [Span: Callee] = [:]
  mutating func note(_ type: ValueType, at span: Span) {
    types.append(Typed(span: span, type: type))
  }

  mutating func note(
    _ symbol: Symbol, at span: Span, isDeclaration: Bool = false, origin: Origin? = nil
  ) {
    references[span] = Reference(
      span: span, symbol: symbol, isDeclaration: isDeclaration, origin: origin)
  }

  mutating func note(_ callee: Callee, at span: Span) { callees[span] = callee }

  /// The type of the expression at exactly this place; complexity O(n).
  func type(at span: Span) -> ValueType? { types.last { $0.span == span }?.type }
}

/// Where a name was given its value.
struct Origin: Hashable, Sendable {
  /// The path of the file; `nil` for the analysed text.
  var file: String?
  var span: Span
}

/// The names that can be written at one place, with what is known of them there.
struct Scene: Sendable {
  struct Visible: Sendable {
    let name: String
    let type: ValueType
    let callee: Callee?
    /// How many scopes further out the name lives: 0 for the innermost.
    let distance: Int
    let scope: ScopeID
    let origin: Origin?
  }

  /// The innermost of each name.
  var names: [Visible] = []
  /// Whether the names of columns stand here too.
  var isRow = false
}
