/// A list; numbers are packed, so that ten million scores take eight bytes each, and evenly spaced
/// ones are not even stored.
public struct List: Sendable {
  private enum Storage: Sendable {
    case numbers([Double])
    case values([Value])
    case steps(NumberSteps)
  }

  private let storage: Storage

  public init(_ numbers: [Double]) { storage = .numbers(numbers) }

  /// Evenly spaced numbers, computed when asked for.
  public init(_ steps: NumberSteps) { storage = .steps(steps) }

  /// - Complexity: O(*n*): a list of numbers only is packed, so that equal lists are stored alike.
  public init(_ values: [Value]) {
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for value in values {
      guard case .number(let number) = value else {
        storage = .values(values)
        return
      }
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
    case .values(let values): values.isEmpty ? [] : nil
    case .steps(let steps): Array(steps)
    }
  }

  /// Whether every element is known to be a number without looking at each.
  public var isPacked: Bool {
    switch storage {
    case .numbers, .steps: true
    case .values(let values): values.isEmpty
    }
  }

  /// Whether the list exists only as a rule and is too long to be written out in memory; a loop
  /// may still go through it.
  public var isTooLongToHold: Bool {
    if case .steps(let steps) = storage { steps.count > Self.mostHeld } else { false }
  }

  /// One GiB of numbers.
  public static let mostHeld = 1 << 27

  /// What is known of all elements; `unknown` for an empty list.
  public var elementType: ValueType {
    switch storage {
    case .numbers, .steps: isEmpty ? .unknown : .number
    case .values(let values): .either(of: Array(Set(values.map(\.type))))
    }
  }
}

extension List: RandomAccessCollection {
  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch storage {
    case .numbers(let numbers): numbers.count
    case .values(let values): values.count
    case .steps(let steps): steps.count
    }
  }

  public subscript(position: Int) -> Value {
    switch storage {
    case .numbers(let numbers): .number(numbers[position])
    case .values(let values): values[position]
    case .steps(let steps): .number(steps[position])
    }
  }

  public static func + (left: List, right: List) -> List {
    if let numbers = left.numbers, let more = right.numbers { return List(numbers + more) }
    return List(Array(left) + Array(right))
  }
}

extension List: Hashable {
  /// - Complexity: O(*n*) for lists of equal length, O(1) otherwise.
  public static func == (left: List, right: List) -> Bool {
    switch (left.storage, right.storage) {
    case (.numbers(let numbers), .numbers(let others)): numbers == others
    case (.values(let values), .values(let others)): values == others
    case (.steps(let steps), .steps(let others)): steps == others
    default: left.count == right.count && left.elementsEqual(right)
    }
  }

  /// The length and the first elements: enough to tell lists apart, however they are stored.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for value in prefix(16) { hasher.combine(value) }
  }
}
