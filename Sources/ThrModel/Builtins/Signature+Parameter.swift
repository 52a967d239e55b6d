extension Signature {
  /// Parameter of a form; a copy is a reference.
  @dynamicMemberLookup
  public struct Parameter: Hashable, Sendable {
    /// How the argument is given.
    public enum Kind: Hashable, Sendable {
      case ordinary
      /// Takes all remaining positional arguments, as a list.
      case variadic
      /// An expression that is evaluated for every row, with the columns of the first argument's
      /// table in scope.
      case rowExpression
      /// All further named arguments, each such an expression: the name is any.
      case rowExpressions
      /// A text that names a file, for completion.
      case path
      /// A text that names a column of the first argument.
      case column
      /// The metric that the call makes best, in the direction that the argument for one parameter
      /// names, under the constraints given for others.
      case objective(goal: String, constraints: [String])
    }

    /// Whether the argument is evaluated for every row.
    public var isByRow: Bool { self.kind == .rowExpression || self.kind == .rowExpressions }

    /// Facts of a declaration; each is read as a member of the parameter itself.
    public struct Facts: Hashable, Sendable {
      public let name: String
      public let type: ValueType
      /// Default of an argument that is left out; `nil` where it is required.
      public let defaultValue: Value?
      /// The numbers allowed, both ends included unless `excludesLowerBound`.
      public let range: ClosedRange<Double>?
      public let excludesLowerBound: Bool
      /// The words allowed where the argument is an option; empty where any text is.
      public let words: [String]
      /// Unit of the number: “rows”, “share”.
      public let unit: String?
      /// Use of its rows, from which leakage is derived.
      public let use: RowsUse?
      public let kind: Kind
      public let summary: String
      /// Whether only whole numbers are taken.
      public let isWhole: Bool
    }

    @usableFromInline
    struct Content: Hashable, Sendable {
      @usableFromInline let facts: Facts
      let argumentType: ValueType
      /// The kinds of values that are taken without a look at the value, as bits.
      let kinds: UInt16

      init(_ facts: Facts) {
        let isLimited = facts.isWhole || facts.range != nil || !facts.words.isEmpty
        self.facts = facts
        argumentType = facts.kind == .variadic ? facts.type.elementType : facts.type
        kinds = isLimited ? 0 : Self.kinds(takenBy: facts.type)
      }

      private static func kinds(takenBy type: ValueType) -> UInt16 {
        Value.Kind.allCases.reduce(0) { kinds, kind in
          type.accepts(kind.type) == .always ? kinds | 1 << UInt16(kind.rawValue) : kinds
        }
      }
    }

    @usableFromInline let shared: Shared<Content>

    init(_ facts: Facts) { shared = Shared(Content(facts)) }

    @inlinable
    public subscript<Fact>(dynamicMember fact: KeyPath<Facts, Fact>) -> Fact {
      shared.content.facts[keyPath: fact]
    }

    /// The type of one argument: a variadic parameter's `type` is the list of them all.
    public var argumentType: ValueType { shared.content.argumentType }

    /// Whether every value of the kind is taken.
    func takes(_ kind: Value.Kind) -> Bool {
      shared.content.kinds & 1 << UInt16(kind.rawValue) != 0
    }

    /// Equal for copies of one declaration.
    public var identity: ObjectIdentifier { ObjectIdentifier(shared) }

    public var isRequired: Bool { self.defaultValue == nil && self.kind != .variadic }
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
    if self.kind == .rowExpressions { return "name = expression, …" }
    if self.kind == .variadic { return "\(self.name): \(argumentType) …" }
    guard let defaultValue = self.defaultValue else { return "\(self.name): \(argumentType)" }
    // The default itself says that `none` is taken.
    let type = defaultValue == .none ? argumentType.withoutNone : argumentType
    return "\(self.name): \(type) = \(defaultValue.sourceText)"
  }
}
