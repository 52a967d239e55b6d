public import ThresholdEngine

/// A Swift type that the language can hand over and take back.
public protocol ValueConvertible: ArgumentConvertible {
  static var valueType: ValueType { get }
  init?(_ value: Value)
  var value: Value { get }
}

extension Value: ValueConvertible {
  public static var valueType: ValueType { .unknown }
  public init?(_ value: Value) { self = value }
  public var value: Value { self }
}

extension Double: ValueConvertible {
  public static var valueType: ValueType { .number }
  public init?(_ value: Value) {
    guard case .number(let number) = value else { return nil }
    self = number
  }
  public var value: Value { isNaN ? .undefined : .number(self) }
}

/// A whole number: a count, a position or a seed.
extension Int: ValueConvertible {
  public static var valueType: ValueType { .number }
  public init?(_ value: Value) {
    guard case .number(let number) = value, let whole = Int(exactly: number) else { return nil }
    self = whole
  }
  public var value: Value { .number(Double(self)) }
}

extension Bool: ValueConvertible {
  public static var valueType: ValueType { .boolean }
  public init?(_ value: Value) {
    guard case .boolean(let boolean) = value else { return nil }
    self = boolean
  }
  public var value: Value { .boolean(self) }
}

extension String: ValueConvertible {
  public static var valueType: ValueType { .text }
  public init?(_ value: Value) {
    guard case .text(let text) = value else { return nil }
    self = text
  }
  public var value: Value { .text(self) }
}

extension Optional: ArgumentConvertible, ValueConvertible where Wrapped: ValueConvertible {
  public static var valueType: ValueType { .either(Wrapped.valueType, .none) }
  public static var whenOmitted: Wrapped?? { .some(nil) }
  public init?(_ value: Value) {
    if case .none = value {
      self = nil as Wrapped?
    } else if let wrapped = Wrapped(value) {
      self = .some(wrapped)
    } else {
      return nil
    }
  }
  public var value: Value { self?.value ?? .none }
}

extension Array: ArgumentConvertible, ValueConvertible where Element: ValueConvertible {
  public static var valueType: ValueType { .list(Element.valueType) }
  public init?(_ value: Value) {
    guard let list = value.elements else { return nil }
    if let numbers = list.numbers as? [Element] {
      self = numbers
      return
    }
    var elements: [Element] = []
    elements.reserveCapacity(list.count)
    for value in list {
      guard let element = Element(value) else { return nil }
      elements.append(element)
    }
    self = elements
  }
  public var value: Value {
    if let numbers = self as? [Double] { return .list(List(numbers)) }
    return .list(List(map(\.value)))
  }
}

extension List: ValueConvertible {
  public static var valueType: ValueType { .list(.unknown) }
  public init?(_ value: Value) {
    guard let list = value.elements else { return nil }
    self = list
  }
  public var value: Value { .list(self) }
}

extension Metric: ValueConvertible {
  public static var valueType: ValueType { .metric }
  public init?(_ value: Value) {
    guard case .metric(let metric) = value else { return nil }
    self = metric
  }
  public var value: Value { .metric(self) }
}

extension Constraint: ValueConvertible {
  public static var valueType: ValueType { .constraint }
  public init?(_ value: Value) {
    guard case .constraint(let constraint) = value else { return nil }
    self = constraint
  }
  public var value: Value { .constraint(self) }
}

extension Record: ValueConvertible {
  public static var valueType: ValueType { .record([]) }
  public init?(_ value: Value) {
    guard case .record(let record) = value else { return nil }
    self = record
  }
  public var value: Value { .record(self) }
}

extension Function: ValueConvertible {
  public static var valueType: ValueType { .function }
  public init?(_ value: Value) {
    guard case .function(let function) = value else { return nil }
    self = function
  }
  public var value: Value { .function(self) }
}

/// A number that its formula may leave undefined.
public struct Outcome: ValueConvertible, Hashable {
  public let number: Double?
  private let mayBeInfinite: Bool

  /// What a computation gave; an overflow is undefined.
  public init(_ number: Double?) { self.init(number, mayBeInfinite: false) }

  /// - Parameter mayBeInfinite: Whether infinity is a result, as of a likelihood ratio, and no
  ///   overflow.
  public init(_ number: Double?, mayBeInfinite: Bool) {
    self.number = number
    self.mayBeInfinite = mayBeInfinite
  }

  /// The result of a function of the number; of an infinite number it may be infinite.
  public func mapped(_ function: (Double) -> Double?) -> Outcome {
    Outcome(number.flatMap(function), mayBeInfinite: number?.isInfinite ?? false)
  }

  public static var valueType: ValueType { .numberOrUndefined }
  public init?(_ value: Value) {
    switch value {
    case .number(let number): self.init(number, mayBeInfinite: true)
    case .undefined: self.init(nil)
    default: return nil
    }
  }
  public var value: Value {
    if mayBeInfinite, let number, !number.isNaN { return .number(number) }
    return Value(computed: number)
  }
}

extension LanguageObject {
  public static var valueType: ValueType { .object(typeName) }
  public init?(_ value: Value) {
    guard case .object(let object) = value, let base = object.base as? Self else { return nil }
    self = base
  }
  public var value: Value { .object(Object(self)) }
}
