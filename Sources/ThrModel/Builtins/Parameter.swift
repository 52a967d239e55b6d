/// A parameter's declaration, typed so that the compiler checks the body that receives it; or a
/// group of parameters that a body receives as one value.
public struct Parameter<Input: Sendable>: Sendable {
  /// One for each argument that it takes, in order.
  let facts: [Signature.Parameter]
  private let read: @Sendable (inout ArraySlice<Argument?>) throws(CallError) -> Input

  /// Parameters that several forms share, declared once and taken as one value.
  ///
  /// - Parameter make: what is made of their arguments: mostly the initialiser of a structure.
  public init<each Part>(
    _ parts: repeat Parameter<each Part>,
    make: @escaping @Sendable (repeat each Part) throws(CallError) -> Input
  ) {
    var facts: [Signature.Parameter] = []
    for part in repeat each parts { facts += part.facts }
    self.facts = facts
    read = { arguments throws(CallError) in
      try make(repeat try (each parts).take(from: &arguments))
    }
  }

  /// Takes its arguments off the front.
  func take(from arguments: inout ArraySlice<Argument?>) throws(CallError) -> Input {
    try read(&arguments)
  }
}

extension Parameter where Input: ArgumentConvertible {
  /// - Parameters:
  ///   - range: the numbers allowed, both ends included.
  ///   - defaultInput: what stands in when the argument is left out. Without one the argument is
  ///     required, unless its type is optional.
  ///   - words: the texts allowed, where the argument is an option.
  ///   - unit: what the number counts or measures.
  ///   - use: what its rows are used for.
  ///   - summary: one sentence with its full stop.
  public init(
    _ name: String, in range: ClosedRange<Double>? = nil, excludingLowerBound: Bool = false,
    default defaultInput: Input? = nil, words: [String] = [], unit: String? = nil,
    use: RowsUse? = nil, kind: Signature.Parameter.Kind = .ordinary, _ summary: String
  ) {
    let defaultInput = defaultInput ?? Input.whenOmitted
    let facts = Signature.Parameter(
      .init(
        name: name, type: Input.valueType, defaultValue: defaultInput?.defaultValue, range: range,
        excludesLowerBound: excludingLowerBound, words: words, unit: unit, use: use, kind: kind,
        summary: summary, isWhole: Input.self == Int.self || Input.self == Int?.self))
    self.init(facts: [facts]) { arguments throws(CallError) in
      if let argument = arguments.popFirst() ?? nil { return try facts.input(argument) }
      if let defaultInput { return defaultInput }
      throw CallError(.missingArgument, "`\(name)` is missing", parameter: name)
    }
  }
}

extension Parameter {
  fileprivate init(
    facts: [Signature.Parameter],
    read: @escaping @Sendable (inout ArraySlice<Argument?>) throws(CallError) -> Input
  ) {
    self.facts = facts
    self.read = read
  }
}

extension Signature.Parameter {
  fileprivate func input<Input: ArgumentConvertible>(
    _ argument: Argument
  ) throws(CallError) -> Input {
    if case .value(let value) = argument {
      try check(value)
      if case .list(let list) = value, list.isTooLongToHold, Input.self != List.self {
        throw .tooLong(list.count, parameter: self.name)
      }
      if case .list(let list) = value, Input.self != List.self {
        try CallError.checkMemory(for: 16 * list.count, parameter: self.name)
      }
    }
    guard let input = Input(argument: argument) else { throw mismatch(argument) }
    return input
  }
}

/// Argument of a call for one parameter.
public enum Argument: Sendable {
  case value(Value)
  case rowExpression(RowExpression)
  case rowExpressions(RowExpressions)
}

/// A Swift type that a builtin's parameter may have.
public protocol ArgumentConvertible: Sendable {
  static var valueType: ValueType { get }
  init?(argument: Argument)
  /// The value as signatures show a default.
  var defaultValue: Value { get }
  /// Default of an argument of an optional type: `none`; otherwise `nil`.
  static var whenOmitted: Self? { get }
}

extension ArgumentConvertible {
  public static var whenOmitted: Self? { nil }
}

extension ArgumentConvertible where Self: ValueConvertible {
  public init?(argument: Argument) {
    guard case .value(let value) = argument else { return nil }
    self.init(value)
  }
  public var defaultValue: Value { value }
}
