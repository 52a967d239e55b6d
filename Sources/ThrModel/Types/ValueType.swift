/// Type of a value, as far as it is known before the program runs.
///
/// Types are inferred, never written by users. `unknown` means that run time answers.
public indirect enum ValueType: Hashable, Sendable {
  case unknown
  case none
  case undefined
  case boolean
  case number
  case text
  case list(ValueType)
  /// A record whose fields are all known, in order.
  case record([Field])
  case metric
  case constraint
  case function
  /// A type that the library declares, such as `dataset` or `tuning`.
  case object(ObjectType.Name)
  /// Any of several types, none of which is itself `oneOf` or `unknown`; made by `either`.
  case oneOf([ValueType])

  public struct Field: Hashable, Sendable {
    public var name: String
    public var type: ValueType

    public init(_ name: String, _ type: ValueType) {
      self.name = name
      self.type = type
    }
  }

  /// The type of a value that is the one or the other; `unknown` absorbs all.
  public static func either(_ types: ValueType...) -> ValueType { either(of: types) }

  public static func either(of types: [ValueType]) -> ValueType {
    var distinct: [ValueType] = []
    for type in types.flatMap(\.alternatives) where !distinct.contains(type) {
      if type == .unknown { return .unknown }
      distinct.append(type)
    }
    if distinct.count == 1 { return distinct[0] }
    return distinct.isEmpty ? .unknown : .oneOf(distinct)
  }

  /// The types that a value of this type may have.
  public var alternatives: [ValueType] {
    if case .oneOf(let types) = self { types } else { [self] }
  }

  /// A number that a formula may fail to define.
  public static let numberOrUndefined = ValueType.either(.number, .undefined)
  public static let numberOrNone = ValueType.either(.number, .none)
}

/// Whether something holds for every value of a type, for some, or for none.
public enum Certainty: Hashable, Sendable {
  case always, sometimes, never

  static func over(_ parts: [Certainty]) -> Certainty {
    if parts.allSatisfy({ $0 == .always }) { return .always }
    return parts.allSatisfy { $0 == .never } ? .never : .sometimes
  }
}

extension ValueType {
  /// Whether values of type `other` may stand where this type is asked for.
  public func accepts(_ other: ValueType) -> Certainty {
    switch (self, other) {
    case (.unknown, _): .always
    case (_, .unknown): .sometimes
    case (_, .oneOf(let alternatives)): .over(alternatives.map(accepts))
    case (.oneOf(let alternatives), _): Self.any(alternatives.map { $0.accepts(other) })
    case (.list(let element), .list(let otherElement)):
      // An empty list fits every list type, so elements of the wrong type are no proof.
      element.accepts(otherElement) == .always ? .always : .sometimes
    case (.list(let element), .object(let name)):
      name.elements.map { element.accepts($0) } ?? .never
    case (.record(let fields), .record(let otherFields)): Self.fit(fields, otherFields)
    default: self == other ? .always : .never
    }
  }

  private static func any(_ parts: [Certainty]) -> Certainty {
    if parts.contains(.always) { return .always }
    return parts.contains(.sometimes) ? .sometimes : .never
  }

  private static func fit(_ wanted: [Field], _ given: [Field]) -> Certainty {
    .over(
      wanted.map { field in
        given.first { $0.name == field.name }.map { field.type.accepts($0.type) } ?? .never
      })
  }
}

extension ValueType: CustomStringConvertible {
  /// The type as messages name it, without an article: “number”, “list of numbers”.
  public var description: String {
    switch self {
    case .unknown: "value"
    case .none: "none"
    case .undefined: "undefined"
    case .boolean: "boolean"
    case .number: "number"
    case .text: "text"
    case .list(.unknown): "list"
    case .list(let element): "list of \(element.plural)"
    case .record: "record"
    case .metric: "metric"
    case .constraint: "constraint"
    case .function: "function"
    case .object(let name): name.rawValue
    case .oneOf(let types): types.map(\.description).joined(separator: " or ")
    }
  }

  /// “a number”, “an evaluation”, “none”: for the middle of a sentence.
  public var withArticle: String {
    switch self {
    case .none, .undefined, .text: description
    case .oneOf(let types): types.map(\.withArticle).joined(separator: " or ")
    case .object(let name) where name.isPlural: description
    default: ("aeiou".contains(description.first ?? "x") ? "an " : "a ") + description
    }
  }

  private var plural: String {
    switch self {
    case .none, .undefined, .text: description
    case .list: "lists"
    case .object(let name) where name.isPlural: description
    case .oneOf: "(\(description))"
    default: description + "s"
    }
  }
}
