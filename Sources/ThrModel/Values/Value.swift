public import ThresholdEngine

/// A value of the language; immutable, compared by content.
///
/// A number is never NaN. It is infinite only where data are: arithmetic that leaves the finite
/// numbers gives `undefined`.
///
/// The evaluator copies values all the time: those that take more room than a text stand in a box,
/// so that a value has 17 bytes, and one that is no number costs one reference to copy.
public enum Value: Hashable, Sendable {
  case none
  case undefined
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list(List)
  indirect case record(Record)
  indirect case metric(Metric)
  indirect case constraint(Constraint)
  indirect case function(Function)
  indirect case object(Object)

  /// The result of a computation: `undefined` where it is not a finite number.
  public init(computed number: Double?) {
    if let number, number.isFinite { self = .number(number) } else { self = .undefined }
  }

  /// The type; within lists and records known to a depth of `typeDepth`, as deeper ones are of no
  /// use to anybody.
  public var type: ValueType { type(toDepth: Self.typeDepth) }

  static let typeDepth = 4

  func type(toDepth depth: Int) -> ValueType {
    switch self {
    case .none: .none
    case .undefined: .undefined
    case .boolean: .boolean
    case .number: .number
    case .text: .text
    case .list(let list): .list(list.elementType(toDepth: depth - 1))
    case .record(let record): .record(record.fieldTypes(toDepth: depth - 1))
    case .metric: .metric
    case .constraint: .constraint
    case .function: .function
    case .object(let object): .object(object.typeName)
    }
  }
}

/// A record: named values, shown in the order in which they were written.
public struct Record: Sendable {
  public struct Field: Hashable, Sendable {
    public let name: String
    public let value: Value

    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  public let fields: [Field]
  let extent: Extent

  public init(_ fields: [Field]) {
    self.fields = fields
    extent = Extent(around: fields.lazy.map(\.value))
  }

  public subscript(name: String) -> Value? { fields.first { $0.name == name }?.value }

  public var names: [String] { fields.map(\.name) }

  func fieldTypes(toDepth depth: Int) -> [ValueType.Field] {
    fields.map { .init($0.name, depth > 0 ? $0.value.type(toDepth: depth) : .unknown) }
  }
}

extension Record: Hashable {
  /// The order of the fields does not count.
  public static func == (left: Record, right: Record) -> Bool {
    guard left.extent == right.extent, left.fields.count == right.fields.count else { return false }
    // Each value is compared once: values may nest deeply.
    return zip(left.fieldsByName, right.fieldsByName).allSatisfy { $0 == $1 }
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(fieldsByName) }

  private var fieldsByName: [Field] {
    let isSorted = zip(fields, fields.dropFirst()).allSatisfy { $0.name <= $1.name }
    return isSorted ? fields : fields.sorted { $0.name < $1.name }
  }
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
/// Two functions are equal when they are the same declaration, seen from the same scope.
public struct Function: Sendable {
  public let name: String
  /// The user's function, known to the runtime alone; `nil` for a builtin.
  public let target: (any FunctionTarget)?
  /// How deep the values nest that the function may reach.
  let depth: Int

  public init(builtin name: String) {
    self.name = name
    target = nil
    depth = 0
  }

  /// - Parameter depth: how deep the values nest that the function holds on to.
  public init(name: String, target: any FunctionTarget, depth: Int = 0) {
    self.name = name
    self.target = target
    self.depth = depth
  }
}

/// The contents of a user's function; only the runtime that made it knows what it is.
public protocol FunctionTarget: AnyObject, Sendable {
  func isEqual(_ other: any FunctionTarget) -> Bool
}

extension Function: Hashable {
  public static func == (left: Function, right: Function) -> Bool {
    switch (left.target, right.target) {
    case (nil, nil): left.name == right.name
    case (let target?, let other?): target === other || target.isEqual(other)
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
