/// A list that is made element by element: numbers without boxes for as long as there are only
/// numbers.
public struct GrowingList {
  @usableFromInline var numbers: [Double] = []
  @usableFromInline var values: [Value] = []

  @inlinable
  public init() {}

  @inlinable
  public var count: Int { numbers.count + values.count }

  /// Makes room for so many numbers; of very many, only when they come.
  public mutating func reserve(_ count: Int) { numbers.reserveCapacity(min(count, 1 << 24)) }

  @inlinable
  public mutating func append(_ value: Value) {
    if values.isEmpty {
      if case .number(let number) = value { return numbers.append(number) }
      holdValues()
    }
    values.append(value)
  }

  @usableFromInline
  mutating func holdValues() {
    values = numbers.map(Value.number)
    numbers = []
  }

  public func finished() -> List { values.isEmpty ? List(numbers) : List(values) }
}
