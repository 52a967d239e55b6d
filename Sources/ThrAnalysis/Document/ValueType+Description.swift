import ThrModel

extension ValueType {
  /// The type with the fields of records: `{fp: number, fn: number}`.
  var fullDescription: String {
    switch self {
    case .record(let fields):
      "{" + fields.map { "\($0.name): \($0.type.fullDescription)" }.joined(separator: ", ") + "}"
    case .list(let element):
      if case .record = element { "list of \(element.fullDescription)" } else { description }
    case .oneOf(let types): types.map(\.fullDescription).joined(separator: " or ")
    default: description
    }
  }
}
