public import ThrSyntax

/// Arithmetic element by element: of two lists of equal length, or of a list and one number.
///
/// An undefined element stays undefined, and so does what is no finite number.
struct ListArithmetic {
  private enum Side {
    case one(Double)
    case list([Double])

    /// NaN where undefined.
    subscript(position: Int) -> Double {
      switch self {
      case .one(let number): number
      case .list(let numbers): numbers[position]
      }
    }

    var count: Int? {
      if case .list(let numbers) = self { numbers.count } else { nil }
    }
  }

  private let symbol: Expression.BinaryOperator
  private let left: Side
  private let right: Side
  private let count: Int

  /// `nil` where neither is a list, or one is no list of numbers and no number.
  init?(
    _ symbol: Expression.BinaryOperator, _ left: Value, _ right: Value
  ) throws(CallError) {
    guard let left = try Self.side(left), let right = try Self.side(right),
      let count = left.count ?? right.count
    else { return nil }
    if let other = right.count, other != count {
      throw .unequalLists(symbol.rawValue, count, other)
    }
    self.symbol = symbol
    self.left = left
    self.right = right
    self.count = count
  }

  private static func side(_ value: Value) throws(CallError) -> Side? {
    switch value {
    case .number(let number): return .one(number)
    case .undefined: return .one(.nan)
    case .list(let list):
      if list.isTooLongToHold { throw .tooLong(list.count) }
      return numbers(in: list).map(Side.list)
    default: return nil
    }
  }

  private static func numbers(in list: List) -> [Double]? {
    if let numbers = list.numbers { return numbers }
    var numbers: [Double] = []
    numbers.reserveCapacity(list.count)
    for element in list {
      guard let outcome = Outcome(element) else { return nil }
      numbers.append(outcome.number ?? .nan)
    }
    return numbers
  }

  /// The results.
  ///
  /// - Parameter pause: called every few milliseconds; what it throws ends the work.
  /// - Complexity: O(*n*).
  func list<Stop: Error>(pause: () throws(Stop) -> Void) throws(Stop) -> List {
    var results: [Double] = []
    results.reserveCapacity(count)
    var hasUndefined = false
    for start in stride(from: 0, to: count, by: stretch) {
      try pause()
      for position in start..<min(start + stretch, count) {
        let result = result(left[position], right[position])
        if result.isNaN { hasUndefined = true }
        results.append(result)
      }
    }
    guard hasUndefined else { return List(results) }
    return List(results.map { $0.isNaN ? .undefined : .number($0) })
  }

  private func result(_ left: Double, _ right: Double) -> Double {
    if left.isNaN || right.isNaN { return .nan }
    guard let result = symbol.arithmetic(left, right), result.isFinite else { return .nan }
    return result
  }
}

/// Elements between two pauses: a few milliseconds at the most.
private let stretch = 1 << 18

extension CallError {
  fileprivate static func unequalLists(_ symbol: String, _ left: Int, _ right: Int) -> CallError {
    CallError(
      .unequalLengths,
      "`\(symbol)` of two lists works element by element, but they have \(left) and \(right) "
        + "elements",
      remedy: "make the lists equally long")
  }
}

extension Diagnostic.Kind {
  public static let unequalLengths = Diagnostic.Kind(
    "E0406", "unequal-lengths",
    explanation: .init(
      """
      Lists that are combined element by element, or matched row by row as scores and labels are, \
      must have the same length.
      """,
      wrong: "scores([0.9, 0.2, 0.4], [1, 0])",
      right: "scores([0.9, 0.2, 0.4], [1, 0, 1])"))
}
