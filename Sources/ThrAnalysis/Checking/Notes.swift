import Algorithms
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

    var name: String {
      switch self {
      case .variable(_, let name), .builtin(let name), .constant(let name), .parameter(_, let name):
        name
      }
    }
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

  /// What is called, by the place of the expression before the parentheses.
  struct Called: Sendable {
    let span: Span
    let callee: Callee
  }

  /// Later entries know more of the same place, here as below.
  private var types: [Typed] = []
  private(set) var references: [Reference] = []
  private var callees: [Called] = []

  mutating func note(_ type: ValueType, at span: Span) {
    types.append(Typed(span: span, type: type))
  }

  mutating func note(
    _ symbol: Symbol, at span: Span, isDeclaration: Bool = false, origin: Origin? = nil
  ) {
    references.append(
      Reference(span: span, symbol: symbol, isDeclaration: isDeclaration, origin: origin))
  }

  mutating func note(_ callee: Callee, at span: Span) {
    callees.append(Called(span: span, callee: callee))
  }

  /// Puts all in order, once each, so that it can be found; to be called when all is noted.
  mutating func settle() {
    types = types.lastOfEach(\.span)
    references = references.lastOfEach(\.span)
    callees = callees.lastOfEach(\.span)
  }

  // Complexity of all three: O(log n).

  func reference(at span: Span) -> Reference? { references.element(at: span, \.span) }

  func callee(at span: Span) -> Callee? { callees.element(at: span, \.span)?.callee }

  /// The type of the expression at exactly this place.
  func type(at span: Span) -> ValueType? { types.element(at: span, \.span)?.type }
}

extension Array {
  /// In the order of the places, of each place the last one.
  fileprivate func lastOfEach(_ place: (Element) -> Span) -> [Element] {
    let spans = map(place)
    if zip(spans, spans.dropFirst()).allSatisfy({ $0.isBefore($1) }) { return self }
    let order = indices.sorted {
      spans[$0] == spans[$1] ? $0 < $1 : spans[$0].isBefore(spans[$1])
    }
    var result: [Element] = []
    result.reserveCapacity(count)
    for (position, index) in order.enumerated() {
      if position + 1 < count, spans[order[position + 1]] == spans[index] { continue }
      result.append(self[index])
    }
    return result
  }

  /// The element at exactly this place, in an array in the order of places.
  fileprivate func element(at span: Span, _ place: (Element) -> Span) -> Element? {
    let index = partitioningIndex { !place($0).isBefore(span) }
    return index < count && place(self[index]) == span ? self[index] : nil
  }
}

extension Span {
  fileprivate func isBefore(_ other: Span) -> Bool {
    start == other.start ? end < other.end : start < other.start
  }
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

  /// The scopes around the place, the innermost first.
  private let scopes: [NameFrame]

  init(_ scopes: [NameFrame] = []) { self.scopes = scopes }

  /// Whether the names of columns stand here too.
  var isRow: Bool { scopes.contains(where: \.isRow) }

  func knows(_ name: String) -> Bool { scopes.contains { $0.bindings[name] != nil } }

  /// The innermost of each name that is wanted.
  func names(where isWanted: (String) -> Bool) -> [Visible] {
    var names: [Visible] = []
    var met: Set<String> = []
    for (distance, scope) in scopes.enumerated() {
      scope.bindings.forEach { name, binding in
        guard isWanted(name), scopes.count == 1 || met.insert(name).inserted else { return }
        names.append(
          Visible(
            name: name, type: binding.value.type, callee: binding.value.callee,
            distance: distance, scope: scope.scope, origin: binding.origin))
      }
    }
    return names
  }
}
