import ThrModel

/// What static analysis knows of an expression's value.
///
/// Everything in it holds in every run that reaches the expression; what is not certain is left
/// out.
struct StaticValue: Hashable, Sendable {
  var type: ValueType
  /// The value itself, where every run gives this one.
  private(set) var constant: Value?
  /// How many operands made the constant.
  private(set) var size = 1
  /// What runs where the value is called.
  var callee: Callee?
  /// Whether a list has at least one element.
  var isNonEmpty = false
  /// Whether a list holds an element of each of the types that its elements may have.
  var holdsEachType = false
  /// Equal numbers stand for equal values; `nil` where nothing is known.
  var number: ValueNumber?
  /// The rows that the value holds.
  var rows: SymbolicRows?
  /// What was certainly done with rows on the way to the value.
  var history: Set<SymbolicUse> = []

  init(_ type: ValueType) { self.type = type }

  // A metric that doubles with every line would take ever longer to compare.
  private static let maximumSize = 64

  /// - Parameter size: how many operands made the value.
  init(constant: Value, size: Int = 1) {
    type = constant.type
    guard size <= Self.maximumSize else { return }
    self.constant = constant
    self.size = size
    if case .list(let list) = constant {
      isNonEmpty = !list.isEmpty
      holdsEachType = true
    }
  }

  static let unknown = StaticValue(.unknown)

  /// What holds for the one value as well as for the other.
  func joined(_ other: StaticValue) -> StaticValue {
    if self == other { return self }
    var joined = StaticValue(type.joined(other.type))
    if constant == other.constant { (joined.constant, joined.size) = (constant, size) }
    if callee == other.callee { joined.callee = callee }
    if number == other.number { joined.number = number }
    if rows == other.rows { joined.rows = rows }
    joined.isNonEmpty = isNonEmpty && other.isNonEmpty
    joined.holdsEachType = type == other.type && holdsEachType && other.holdsEachType
    joined.history = history.intersection(other.history)
    return joined
  }

  /// What decides how a function's body is checked: all but single values, so that calls with
  /// other numbers need no check of their own.
  var forBody: StaticValue {
    var value = self
    (value.constant, value.size) = (nil, 1)
    if rows == nil { value.number = nil }
    return value
  }

  /// The same value with a number, if it has none yet.
  func numbered(_ fresh: @autoclosure () -> ValueNumber) -> StaticValue {
    var value = self
    if value.number == nil { value.number = fresh() }
    return value
  }

  /// The value as another file may know it, whose rows are numbered again.
  var withoutRows: StaticValue {
    var value = self
    value.number = nil
    value.rows = nil
    value.history = []
    return value
  }
}

/// What a name or a value stands for when it is called.
enum Callee: Hashable, Sendable {
  case builtin(String)
  case function(FunctionID)
}

/// One `fn` of one text.
struct FunctionID: Hashable, Sendable {
  /// The text: 0 for the one that is analysed; others have the numbers that `Interface` gave.
  var unit: Int
  /// Distinguishes the functions of one text; stays the same through edits that leave a declaration
  /// alone, and is never given to another.
  var serial: Int
}
