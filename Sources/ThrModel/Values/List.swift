/// A list; numbers are packed, so that ten million scores take eight bytes each, and evenly spaced
/// ones are not even stored.
public struct List: Sendable {
  enum Storage: Sendable {
    case numbers([Double])
    indirect case values([Value], Extent)
    indirect case steps(NumberSteps)
  }

  var storage: Storage

  public init(_ numbers: [Double]) { storage = .numbers(numbers) }

  /// Evenly spaced numbers, computed when asked for.
  public init(_ steps: NumberSteps) { storage = .steps(steps) }

  /// - Complexity: O(*n*): a list of numbers only is packed, so that equal lists are stored alike.
  public init(_ values: [Value]) {
    var numbers: [Double] = []
    for value in values {
      guard case .number(let number) = value else {
        storage = .values(values, Extent(around: values))
        return
      }
      if numbers.isEmpty { numbers.reserveCapacity(values.count) }
      numbers.append(number)
    }
    storage = .numbers(numbers)
  }

  /// The numbers where the list holds nothing else; an empty list is a list of numbers too.
  ///
  /// - Complexity: O(1), or O(*n*) for evenly spaced ones: ask `isTooLongToHold` first.
  public var numbers: [Double]? {
    switch storage {
    case .numbers(let numbers): numbers
    case .values(let values, _): values.isEmpty ? [] : nil
    case .steps(let steps): Array(steps)
    }
  }

  /// Whether every element is known to be a number without looking at each.
  public var isPacked: Bool {
    switch storage {
    case .numbers, .steps: true
    case .values(let values, _): values.isEmpty
    }
  }

  /// Whether the list exists only as a rule and is too long to be written out in memory; a loop
  /// may still go through it.
  public var isTooLongToHold: Bool {
    if case .steps(let steps) = storage { steps.count > Self.mostHeld } else { false }
  }

  /// How many elements a list in memory may have: one GiB of numbers.
  public static let mostHeld = 1 << 27

  /// Type of all elements; `unknown` for an empty list.
  public var elementType: ValueType { elementType(toDepth: Value.typeDepth) }

  func elementType(toDepth depth: Int) -> ValueType {
    if isEmpty || depth <= 0 { return .unknown }
    guard case .values(let values, _) = storage else { return .number }
    var types: [ValueType] = []
    for value in values {
      let type = value.type(toDepth: depth)
      if !types.contains(type) { types.append(type) }
      // No one reads a longer list of alternatives.
      if types.count > 8 { return .unknown }
    }
    return .either(of: types)
  }

  var extent: Extent {
    if case .values(_, let extent) = storage { return extent }
    return Extent(depth: 1, parts: count)
  }
}

extension List: RandomAccessCollection {
  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch storage {
    case .numbers(let numbers): numbers.count
    case .values(let values, _): values.count
    case .steps(let steps): steps.count
    }
  }

  public subscript(position: Int) -> Value {
    switch storage {
    case .numbers(let numbers): .number(numbers[position])
    case .values(let values, _): values[position]
    case .steps(let steps): .number(steps[position])
    }
  }

  /// One list after the other; throws where the result would be too long to hold.
  public func appending(_ other: List) throws(CallError) -> List {
    if isEmpty { return other }
    if other.isEmpty { return self }
    try refuseTooLong(with: other)
    if let numbers, let more = other.numbers { return List(numbers + more) }
    return List(Array(self) + Array(other))
  }

  func refuseTooLong(with other: List) throws(CallError) {
    try checkLength(adding: other.count)
    try CallError.checkMemory(for: 16 * (count + other.count))
  }

  /// Refuses a list that would be too long to hold with so many more elements.
  public func checkLength(adding count: Int) throws(CallError) {
    let (length, isOverflow) = self.count.addingReportingOverflow(count)
    if isOverflow || length > Self.mostHeld { throw .tooLong(isOverflow ? .max : length) }
    // Not for each of many small steps: only where a list becomes as long again, or is copied.
    if count >= 1 << 16 || length & 0xFFFF == 0 { try CallError.checkMemory(for: 16 * length) }
  }

  /// Some elements in a row; throws where they are too many to hold.
  ///
  /// - Complexity: O(*m*) for *m* of them.
  public func slice(_ part: Range<Int>) throws(CallError) -> List {
    if part.count > Self.mostHeld { throw .tooLong(part.count) }
    try CallError.checkMemory(for: 16 * part.count)
    guard case .values(let values, _) = storage else {
      var numbers: [Double] = []
      appendNumbers(part, to: &numbers)
      return List(numbers)
    }
    return List(Array(values[part]))
  }

  /// Adds some elements of a list that is packed.
  func appendNumbers(_ part: Range<Int>, to numbers: inout [Double]) {
    switch storage {
    case .numbers(let own): numbers.append(contentsOf: own[part])
    case .steps(let steps): numbers.append(contentsOf: steps[part])
    case .values: break
    }
  }

  /// Whether an element equals the value.
  ///
  /// - Complexity: O(*n*), or O(1) for evenly spaced numbers.
  public func holds(_ value: Value) -> Bool {
    guard case .steps(let steps) = storage else { return contains(value) }
    guard case .number(let number) = value else { return false }
    return steps.holds(number)
  }
}

extension List: Hashable {
  /// - Complexity: O(*n*) for lists of equal length, O(1) otherwise.
  public static func == (left: List, right: List) -> Bool {
    switch (left.storage, right.storage) {
    case (.numbers(let numbers), .numbers(let others)): numbers == others
    case (.values(let values, let extent), .values(let others, let otherExtent)):
      extent == otherExtent && values == others
    case (.steps(let steps), .steps(let others)): steps == others
    default: left.count == right.count && left.elementsEqual(right)
    }
  }

  /// All elements, since a hash also distinguishes decisions; of a list too long to be
  /// held only the first, which no other list equals anyway.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for value in prefix(isTooLongToHold ? 16 : count) { hasher.combine(value) }
  }
}
