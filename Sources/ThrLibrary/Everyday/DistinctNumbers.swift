import ParallelWork
import ThrModel

extension [Double] {
  /// The different numbers, in the order of their first appearance; 0 and -0 are the same.
  ///
  /// - Complexity: O(*n*) expected, with 4 to 8 bytes a number beside the result.
  func distinctNumbers(_ context: CallContext) throws(Cancelled) -> [Double] {
    var table = NumberTable()
    for start in stride(from: 0, to: count, by: 1 << 14) {
      try context.checkCancelled()
      for number in self[start..<Swift.min(start + 1 << 14, count)] { table.insert(number) }
    }
    return table.numbers
  }
}

/// A set of numbers that keeps their order: positions in a table with free places between them.
private struct NumberTable {
  private(set) var numbers: [Double] = []
  /// One more than the position of a number among all; 0 for a free place.
  private var places: [Int32] = Array(repeating: 0, count: 16)
  private var shift = UInt64(64 - 4)
  /// Differs from run to run, so that no file can be made to fill one corner of the table.
  private let seed = UInt64(bitPattern: Int64(Hasher().finalize())) | 1

  mutating func insert(_ number: Double) {
    var place = home(of: number)
    while places[place] != 0 {
      if numbers[Int(places[place]) - 1] == number { return }
      place = (place + 1) & (places.count - 1)
    }
    numbers.append(number)
    places[place] = Int32(numbers.count)
    if numbers.count * 2 > places.count { grow() }
  }

  /// Where the search for a number begins: the leading bits of two products (Knuth 1973, 6.4).
  private func home(of number: Double) -> Int {
    let mixed = ((number + 0).bitPattern ^ seed) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: ((mixed ^ mixed >> 32) &* seed) >> shift)
  }

  private mutating func grow() {
    places = Array(repeating: 0, count: places.count * 2)
    shift -= 1
    for (index, number) in numbers.enumerated() {
      var place = home(of: number)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = Int32(index + 1)
    }
  }
}
