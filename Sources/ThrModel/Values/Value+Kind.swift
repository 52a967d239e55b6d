extension Value {
  /// Kind of a value, known without a look inside.
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case none, undefined, boolean, number, text, numbers, metric, constraint, function
  }

  /// The kind; `nil` for values whose type says more: records, objects and lists of other than
  /// numbers.
  ///
  /// - Complexity: O(1).
  public var kind: Kind? {
    switch self {
    case .none: Kind.none
    case .undefined: .undefined
    case .boolean: .boolean
    case .number: .number
    case .text: .text
    case .list(let list): list.isPacked && !list.isEmpty ? .numbers : nil
    case .metric: .metric
    case .constraint: .constraint
    case .function: .function
    case .record, .object: nil
    }
  }
}

extension Value.Kind {
  /// The type of values of the kind.
  var type: ValueType {
    switch self {
    case .none: .none
    case .undefined: .undefined
    case .boolean: .boolean
    case .number: .number
    case .text: .text
    case .numbers: .list(.number)
    case .metric: .metric
    case .constraint: .constraint
    case .function: .function
    }
  }
}
