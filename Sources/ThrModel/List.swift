/// A list; numbers are packed, so that ten million scores take eight bytes each.
public struct List: Hashable, Sendable {
  private enum Storage: Hashable, Sendable {
    case numbers([Double])
    case values([Value])
  }

  private let storage: Storage

  public init(_ numbers: [Double]) { storage = .numbers(numbers) }

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
  public var numbers: [Double]? {
    switch storage {
    case .numbers(let numbers): numbers
    case .values(let values): values.isEmpty ? [] : nil
    }
  }

  /// What is known of all elements; `unknown` for an empty list.
  public var elementType: ValueType {
    switch storage {
    case .numbers(let numbers): numbers.isEmpty ? .unknown : .number
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
    }
  }

  public subscript(position: Int) -> Value {
    switch storage {
    case .numbers(let numbers): .number(numbers[position])
    case .values(let values): values[position]
    }
  }

  public static func + (left: List, right: List) -> List {
    if let numbers = left.numbers, let more = right.numbers { return List(numbers + more) }
    return List(Array(left) + Array(right))
  }
}
