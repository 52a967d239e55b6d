public import ParallelWork
public import ThrSyntax

/// Operators on lists so long that the user may want to stop them.
extension List {
  /// Elements between two questions whether to go on: a few milliseconds at the most.
  private static let stride = 1 << 18

  /// Whether the operator takes longer on these values than a caller may have to wait.
  public static func isLong(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.list(let left), .list(let right)): left.count + right.count > stride
    case (.list(let list), _), (_, .list(let list)): list.count > stride
    default: false
    }
  }

  private func parts(asking isCancelled: () -> Bool) throws(Cancelled) -> [Range<Int>] {
    if isCancelled() { throw Cancelled() }
    return Swift.stride(from: 0, to: count, by: Self.stride).map {
      $0..<Swift.min($0 + Self.stride, count)
    }
  }

  /// One list after the other, as `appending` says.
  public func appending(_ other: List, isCancelled: () -> Bool) throws -> List {
    guard isPacked, other.isPacked, !isEmpty, !other.isEmpty, count + other.count > Self.stride
    else { return try appending(other) }
    try refuseTooLong(with: other)
    var numbers: [Double] = []
    numbers.reserveCapacity(count + other.count)
    for list in [self, other] {
      for part in try list.parts(asking: isCancelled) {
        if isCancelled() { throw Cancelled() }
        list.appendNumbers(part, to: &numbers)
      }
    }
    return List(numbers)
  }

  /// As `==`.
  public func equals(_ other: List, isCancelled: () -> Bool) throws(Cancelled) -> Bool {
    guard count == other.count else { return false }
    // Two lists that exist as rules only are compared at once.
    if isTooLongToHold || count <= Self.stride { return self == other }
    for part in try parts(asking: isCancelled) {
      if isCancelled() { throw Cancelled() }
      guard self[part].elementsEqual(other[part]) else { return false }
    }
    return true
  }

  /// As `holds`.
  public func holds(_ value: Value, isCancelled: () -> Bool) throws(Cancelled) -> Bool {
    // Of evenly spaced numbers it is known at once.
    if isTooLongToHold || count <= Self.stride { return holds(value) }
    for part in try parts(asking: isCancelled) {
      if isCancelled() { throw Cancelled() }
      if self[part].contains(value) { return true }
    }
    return false
  }

  /// The last element first.
  public func reversed(isCancelled: () -> Bool) throws(Cancelled) -> List {
    var parts: [Range<Int>] = try self.parts(asking: isCancelled)
    parts.reverse()
    guard isPacked else {
      var values: [Value] = []
      values.reserveCapacity(count)
      for part in parts {
        if isCancelled() { throw Cancelled() }
        values.append(contentsOf: self[part].reversed())
      }
      return List(values)
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for part in parts {
      if isCancelled() { throw Cancelled() }
      let start = numbers.count
      appendNumbers(part, to: &numbers)
      numbers[start...].reverse()
    }
    return List(numbers)
  }
}

extension Expression.BinaryOperator {
  /// As `apply`, asking on the way whether to go on where lists are long.
  public func apply(
    _ left: Value, _ right: Value, isCancelled: () -> Bool
  ) throws -> Value {
    switch (self, left, right) {
    case (.plus, .list(let left), .list(let right)):
      .list(try left.appending(right, isCancelled: isCancelled))
    case (.equal, .list(let left), .list(let right)):
      .boolean(try left.equals(right, isCancelled: isCancelled))
    case (.notEqual, .list(let left), .list(let right)):
      .boolean(try !left.equals(right, isCancelled: isCancelled))
    case (.in, _, .list(let list)):
      .boolean(try list.holds(left, isCancelled: isCancelled))
    case (.minus, _, _), (.times, _, _), (.divide, _, _), (.remainder, _, _), (.power, _, _),
      (.plus, _, _):
      try computed(left, right, isCancelled: isCancelled)
    default: try apply(left, right)
    }
  }

  private func computed(
    _ left: Value, _ right: Value, isCancelled: () -> Bool
  ) throws -> Value {
    guard let arithmetic = try ListArithmetic(self, left, right) else {
      return try apply(left, right)
    }
    return .list(
      try arithmetic.list { () throws(Cancelled) in
        if isCancelled() { throw Cancelled() }
      })
  }
}
