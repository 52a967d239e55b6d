import ThrModel

// Types of nested lists and records can grow with every turn of a loop and double with every line;
// beyond these limits the checker knows less instead of taking longer.
extension ValueType {
  private static let maximumAlternatives = 12
  private static let maximumSize = 200

  /// The type of a value that is of the one or the other type.
  func joined(_ other: ValueType) -> ValueType {
    if self == other { return self }
    if self == .unknown || other == .unknown { return .unknown }
    if case .list(let element) = self, case .list(let otherElement) = other {
      return ValueType.list(element.joined(otherElement)).limited
    }
    let type = ValueType.either(self, other)
    return type.alternatives.count > Self.maximumAlternatives ? .unknown : type.limited
  }

  static func joined(_ types: some Sequence<ValueType>) -> ValueType? {
    var joined: ValueType?
    for type in types { joined = joined?.joined(type) ?? type }
    return joined
  }

  /// The type itself, or what of it is small enough to be kept.
  var limited: ValueType {
    if size <= Self.maximumSize { return self }
    switch self {
    case .list: return .list(.unknown)
    case .record(let fields) where fields.count < Self.maximumSize:
      return .record(fields.map { Field($0.name, $0.type.size > 1 ? .unknown : $0.type) })
    default: return .unknown
    }
  }

  private var size: Int {
    switch self {
    case .list(let element): 1 + element.size
    case .record(let fields): fields.reduce(1) { $0 + $1.type.size }
    case .oneOf(let types): types.reduce(1) { $0 + $1.size }
    default: 1
    }
  }

  /// The type without some of its alternatives; `nil` where none remains.
  func removing(_ excluded: ValueType) -> ValueType? {
    let rest = alternatives.filter { $0 != excluded }
    return rest.isEmpty ? nil : .either(of: rest)
  }
}
