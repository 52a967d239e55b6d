import ThrModel
import ThrSyntax

/// What the checker notes of places in the text, for the questions asked later.
struct Facts: Sendable {
  /// What a name in the text stands for.
  enum Symbol: Hashable, Sendable {
    case variable(ScopeID, String)
    case builtin(String)
    case constant(String)
  }

  struct Typed: Sendable {
    let span: Span
    let type: ValueType
  }

  struct Reference: Hashable, Sendable {
    let span: Span
    let symbol: Symbol
    let isDeclaration: Bool
  }

  /// Later entries know more of the same place.
  private(set) var types: [Typed] = []
  private(set) var references: [Span: Reference] = [:]

  mutating func note(_ type: ValueType, at span: Span) {
    types.append(Typed(span: span, type: type))
  }

  mutating func note(_ symbol: Symbol, at span: Span, isDeclaration: Bool = false) {
    references[span] = Reference(span: span, symbol: symbol, isDeclaration: isDeclaration)
  }
}
