public import ThrSyntax

extension Expression.BinaryOperator {
  /// The type of `left op right`; `nil` where every run would fail.
  ///
  /// The checker's half of the operators; `apply` is the runtime's.
  public func resultType(_ left: ValueType, _ right: ValueType) -> ValueType? {
    var results: [ValueType] = []
    for left in left.alternatives {
      for right in right.alternatives {
        if let result = simpleResultType(left, right) { results.append(result) }
      }
    }
    return results.isEmpty ? nil : .either(of: results)
  }

  private func simpleResultType(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch self {
    case .equal, .notEqual: .boolean
    case .or, .and: Self.joined(left, right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: Self.compared(left, right)
    case .in: Self.contained(left, right)
    case .plus: Self.appended(left, right) ?? Self.computed(left, right)
    case .minus, .times, .divide, .power: Self.computed(left, right)
    case .remainder: Self.divided(left, right)
    }
  }

  private static func joined(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.unknown, _), (_, .unknown): .unknown
    case (.boolean, .boolean): .boolean
    case (.constraint, .constraint): .constraint
    case (.boolean, .undefined), (.undefined, .boolean), (.undefined, .undefined):
      .either(.boolean, .undefined)
    default: nil
    }
  }

  private static func compared(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.unknown, .unknown): .unknown
    case (.metric, .metric), (.metric, .number), (.number, .metric): .constraint
    case (.unknown, .metric), (.metric, .unknown): .constraint
    case (.unknown, .number), (.number, .unknown): .unknown
    case (.unknown, .text), (.text, .unknown), (.text, .text), (.number, .number): .boolean
    case (.undefined, .unknown), (.unknown, .undefined): .unknown
    case _ where left.isNumeric && right.isNumeric: .undefined
    default: nil
    }
  }

  private static func contained(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch right {
    case .unknown, .list: .boolean
    case .text, .record: [.text, .unknown].contains(left) ? .boolean : nil
    default: nil
    }
  }

  private static func computed(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.unknown, .unknown): .unknown
    case (.metric, .metric), (.metric, .number), (.number, .metric): .metric
    case (.metric, .unknown), (.unknown, .metric): .metric
    case (.unknown, _) where right.isNumeric: .unknown
    case (_, .unknown) where left.isNumeric: .unknown
    case _ where left.isNumeric && right.isNumeric: .numberOrUndefined
    default: eachComputed(left, right)
    }
  }

  /// Arithmetic of lists goes element by element; two lists after `+` are joined instead.
  ///
  /// Elements of another type are no proof of a fault, as the list may be empty.
  private static func eachComputed(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.list, .list), (.list, .unknown), (.unknown, .list): .list(.numberOrUndefined)
    case (.list, _) where right.isNumeric: .list(.numberOrUndefined)
    case (_, .list) where left.isNumeric: .list(.numberOrUndefined)
    default: nil
    }
  }

  /// Metrics have no remainder.
  private static func divided(_ left: ValueType, _ right: ValueType) -> ValueType? {
    if left.isNumeric, right.isNumeric { return .numberOrUndefined }
    let mayBe = [left, right].allSatisfy { $0 == .unknown || $0.isNumeric }
    return mayBe ? .unknown : eachComputed(left, right)
  }

  private static func appended(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.text, .text), (.text, .unknown), (.unknown, .text): .text
    case (.list(let element), .list(let other)): .list(.either(element, other))
    case (.list, .unknown), (.unknown, .list): .list(.unknown)
    default: nil
    }
  }
}

extension Expression.UnaryOperator {
  /// The type of the operator's result; `nil` where every run would fail.
  public func resultType(_ operand: ValueType) -> ValueType? {
    let results = operand.alternatives.compactMap { type -> ValueType? in
      switch (self, type) {
      case (_, .unknown), (_, .undefined), (.minus, .number), (.minus, .metric), (.not, .boolean),
        (.not, .constraint):
        type
      case (.minus, .list): .list(.numberOrUndefined)
      default: nil
      }
    }
    return results.isEmpty ? nil : .either(of: results)
  }
}

extension ValueType {
  /// Whether arithmetic takes it: a number, or the `undefined` that a formula gave instead.
  var isNumeric: Bool { self == .number || self == .undefined }
}
