import ThrModel

/// Stands for a value: equal numbers stand for equal values.
struct ValueNumber: Hashable, Sendable {
  let serial: Int
  /// Whether something in its making is not known, so that another number may be an equal value.
  let isOpaque: Bool
}

/// Gives equal numbers to values that are made alike from alike values.
///
/// Builtins are deterministic, so a call with the same arguments gives the same value.
struct ValueNumbering: Sendable {
  private enum Recipe: Hashable, Sendable {
    case constant(Value)
    case call(String, form: Int, [ValueNumber], epoch: Int)
    case member(ValueNumber, String)
    case list([ValueNumber])
  }

  private var numbers: [Recipe: ValueNumber] = [:]
  private var count = 0
  /// Files may read otherwise after something was written.
  private(set) var epoch = 0

  /// The number of a value of which nothing is known but that it is one value.
  mutating func opaque() -> ValueNumber { next(isOpaque: true) }

  private mutating func next(isOpaque: Bool) -> ValueNumber {
    count += 1
    return ValueNumber(serial: count, isOpaque: isOpaque)
  }

  mutating func constant(_ value: Value) -> ValueNumber { number(.constant(value), of: []) }

  mutating func list(_ elements: [ValueNumber]) -> ValueNumber {
    number(.list(elements), of: elements)
  }

  mutating func member(_ name: String, of value: ValueNumber) -> ValueNumber {
    number(.member(value, name), of: [value])
  }

  /// - Parameter arguments: one per parameter.
  mutating func call(
    _ name: String, form: Int, _ arguments: [ValueNumber], effect: Effect
  ) -> ValueNumber {
    if effect == .writesFiles { noteWriting() }
    let epoch = effect == .readsFiles ? epoch : 0
    return number(.call(name, form: form, arguments, epoch: epoch), of: arguments)
  }

  /// Files may read otherwise from now on.
  mutating func noteWriting() { noteWritings(1) }

  mutating func noteWritings(_ count: Int) { epoch += count }

  /// The numbers given so far, for another look at a text that is much the same.
  func restarted(at epoch: Int) -> ValueNumbering {
    var copy = self
    copy.epoch = epoch
    return copy
  }

  /// How many values have numbers.
  var size: Int { numbers.count }

  private mutating func number(_ recipe: Recipe, of parts: [ValueNumber]) -> ValueNumber {
    if let known = numbers[recipe] { return known }
    let number = next(isOpaque: parts.contains(where: \.isOpaque))
    numbers[recipe] = number
    return number
  }

  /// The numbers given from now on are above this.
  var mark: Int { count }
}
