/// Lists that grow at their end, in place where nothing else holds them.
///
/// Each takes the elements out of the list before it adds to them: what is held twice is copied.
extension List {
  /// Adds a value at the end.
  ///
  /// - Complexity: O(1) on average where the list is held once, otherwise O(*n*).
  public mutating func append(_ value: Value) {
    if case .numbers(var numbers) = storage, case .number(let number) = value {
      storage = .numbers([])
      numbers.append(number)
      storage = .numbers(numbers)
    } else if case .values(var values, let extent) = storage {
      storage = .numbers([])
      values.append(value)
      storage = .values(values, extent.adding(Extent(around: CollectionOfOne(value))))
    } else {
      append(contentsOf: List([value]))
    }
  }

  /// Adds the elements of another list at the end; the caller has asked whether both are short
  /// enough to be held.
  ///
  /// - Complexity: O(*m*) on average where the list is held once, otherwise O(*n* + *m*).
  public mutating func append(contentsOf other: List) {
    if other.isEmpty { return }
    if isEmpty {
      self = other
      return
    }
    switch storage {
    case .numbers(var numbers) where other.isPacked:
      storage = .numbers([])
      other.appendNumbers(0..<other.count, to: &numbers)
      storage = .numbers(numbers)
    case .values(var values, let extent):
      let sum = extent.adding(other.extent)
      storage = .numbers([])
      values.append(contentsOf: other)
      storage = .values(values, sum)
    case .steps(let steps) where other.isPacked:
      var numbers = Array(steps)
      other.appendNumbers(0..<other.count, to: &numbers)
      storage = .numbers(numbers)
    case .numbers, .steps: self = List(Array(self) + Array(other))
    }
  }
}
