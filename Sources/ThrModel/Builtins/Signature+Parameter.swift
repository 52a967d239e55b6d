extension Signature {
  /// What a form takes in one place; a copy is a reference.
  public struct Parameter: Hashable, Sendable {
    /// How the argument is given.
    public enum Kind: Hashable, Sendable {
      case ordinary
      /// Takes all remaining positional arguments, as a list.
      case variadic
      /// An expression that is evaluated for every row, with the columns of the first argument's
      /// table in scope.
      case rowExpression
      /// A text that names a file, for completion.
      case path
      /// A text that names a column of the first argument.
      case column
      /// The metric that the call makes best, in the direction that the argument for one parameter
      /// names, under the constraint given for another.
      case objective(goal: String, constraint: String)
    }

    private struct Facts: Hashable, Sendable {
      let name: String
      let type: ValueType
      let argumentType: ValueType
      let defaultValue: Value?
      let range: ClosedRange<Double>?
      let excludesLowerBound: Bool
      let words: [String]
      let unit: String?
      let use: RowsUse?
      let kind: Kind
      let summary: String
      let isWhole: Bool
      /// The kinds of values that are taken whatever they are, as bits.
      let kinds: UInt16
    }

    private let facts: Shared<Facts>

    init(
      name: String, type: ValueType, defaultValue: Value?, range: ClosedRange<Double>?,
      excludesLowerBound: Bool, words: [String], unit: String?, use: RowsUse?, kind: Kind,
      summary: String, isWhole: Bool
    ) {
      facts = Shared(
        Facts(
          name: name, type: type, argumentType: kind == .variadic ? type.elementType : type,
          defaultValue: defaultValue, range: range, excludesLowerBound: excludesLowerBound,
          words: words, unit: unit, use: use, kind: kind, summary: summary, isWhole: isWhole,
          kinds: isWhole || range != nil || !words.isEmpty ? 0 : Self.kinds(takenBy: type)))
    }

    private static func kinds(takenBy type: ValueType) -> UInt16 {
      Value.Kind.allCases.reduce(0) { kinds, kind in
        type.accepts(kind.type) == .always ? kinds | 1 << UInt16(kind.rawValue) : kinds
      }
    }

    /// Whether every value of the kind is taken.
    func takes(_ kind: Value.Kind) -> Bool {
      facts.content.kinds & 1 << UInt16(kind.rawValue) != 0
    }

    public var name: String { facts.content.name }
    public var type: ValueType { facts.content.type }
    /// The type of one argument: a variadic parameter's `type` is the list of them all.
    public var argumentType: ValueType { facts.content.argumentType }
    /// What stands in when the argument is left out; `nil` where it is required.
    public var defaultValue: Value? { facts.content.defaultValue }
    /// The numbers allowed, both ends included unless `excludesLowerBound`.
    public var range: ClosedRange<Double>? { facts.content.range }
    public var excludesLowerBound: Bool { facts.content.excludesLowerBound }
    /// The words allowed where the argument is an option; empty where any text is.
    public var words: [String] { facts.content.words }
    /// What the number counts or measures: “rows”, “share”.
    public var unit: String? { facts.content.unit }
    /// What its rows are used for, from which leakage is derived.
    public var use: RowsUse? { facts.content.use }
    public var kind: Kind { facts.content.kind }
    public var summary: String { facts.content.summary }
    /// Whether only whole numbers are taken.
    public var isWhole: Bool { facts.content.isWhole }

    /// Equal for copies of one declaration.
    public var identity: ObjectIdentifier { ObjectIdentifier(facts) }

    public var isRequired: Bool { facts.content.defaultValue == nil && kind != .variadic }
  }
}

extension ValueType {
  /// What a list of this type holds.
  fileprivate var elementType: ValueType {
    if case .list(let element) = self { element } else { .unknown }
  }

  /// The type without its alternative `none`, where another is left.
  fileprivate var withoutNone: ValueType {
    guard case .oneOf(let types) = self else { return self }
    let others = types.filter { $0 != .none }
    return others.count == 1 ? others[0] : .oneOf(others)
  }
}

extension Signature.Parameter: CustomStringConvertible {
  /// `step: number = none`, `values: value …`.
  public var description: String {
    if kind == .variadic { return "\(name): \(argumentType) …" }
    guard let defaultValue else { return "\(name): \(argumentType)" }
    // The default itself says that `none` is taken.
    let type = defaultValue == .none ? argumentType.withoutNone : argumentType
    return "\(name): \(type) = \(defaultValue.sourceText)"
  }
}
