public import ThresholdEngine

/// A value of the language; immutable, compared by content.
///
/// A number is never NaN. It is infinite only where data are: arithmetic that leaves the finite
/// numbers gives `undefined`.
public enum Value: Hashable, Sendable {
  case none
  case undefined
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list(List)
  case record(Record)
  case metric(Metric)
  case constraint(Constraint)
  case function(Function)
  case object(Object)

  /// The result of a computation: `undefined` where it is not a finite number.
  public init(computed number: Double?) {
    if let number, number.isFinite { self = .number(number) } else { self = .undefined }
  }

  public var type: ValueType {
    switch self {
    case .none: .none
    case .undefined: .undefined
    case .boolean: .boolean
    case .number: .number
    case .text: .text
    case .list(let list): .list(list.elementType)
    case .record(let record): .record(record.fields.map { .init($0.name, $0.value.type) })
    case .metric: .metric
    case .constraint: .constraint
    case .function: .function
    case .object(let object): .object(object.typeName)
    }
  }
}

/// A record: named values in the order in which they were written.
public struct Record: Hashable, Sendable {
  public struct Field: Hashable, Sendable {
    public let name: String
    public let value: Value

    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  public let fields: [Field]

  public init(_ fields: [Field]) { self.fields = fields }

  public subscript(name: String) -> Value? { fields.first { $0.name == name }?.value }

  public var names: [String] { fields.map(\.name) }
}

/// A value of a type that the library declares.
public protocol LanguageObject: Hashable, ValueConvertible {
  static var typeName: ObjectType.Name { get }
}

/// Holds any `LanguageObject`, compared by content.
public struct Object: Hashable, Sendable {
  public let base: any LanguageObject

  public init(_ base: some LanguageObject) { self.base = base }

  public var typeName: ObjectType.Name { type(of: base).typeName }

  public static func == (left: Object, right: Object) -> Bool { left.isEqual(left.base, right) }

  public func hash(into hasher: inout Hasher) { base.hash(into: &hasher) }

  private func isEqual<Base: LanguageObject>(_ base: Base, _ other: Object) -> Bool {
    other.base as? Base == base
  }
}

/// A function as a value: the user's own, or a builtin's name without its parentheses.
///
/// Two functions are equal when they are the same declaration.
public struct Function: Hashable, Sendable {
  public let name: String
  /// Distinguishes declarations of one name; the runtime gives it.
  public let identity: Int

  public init(name: String, identity: Int) {
    self.name = name
    self.identity = identity
  }
}
