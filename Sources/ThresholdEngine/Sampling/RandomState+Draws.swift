import Glibc
import ParallelWork

extension RandomState {
  /// A standard normal number, by Marsaglia's polar method, which makes two at a time.
  public mutating func standardNormal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * double() - 1
      let y = 2 * double() - 1
      let squaredRadius = x * x + y * y
      guard squaredRadius < 1, squaredRadius != 0 else { continue }
      let factor = (-2 * log(squaredRadius) / squaredRadius).squareRoot()
      spareNormal = factor * x
      return factor * y
    }
  }

  /// A whole number, uniform over `0...largest`; nothing is drawn where that is 0.
  ///
  /// Words masked to the bits of `largest` are drawn until one is not beyond it.
  public mutating func integer(through largest: UInt64) -> UInt64 {
    guard largest > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(largest.leadingZeroBitCount)
    while true {
      let word = largest <= UInt64(UInt32.max) ? UInt64(next32()) : next64()
      if word & mask <= largest { return word & mask }
    }
  }

  /// `randint(bound)`: a whole number, uniform over `0..<bound`; 0 where `bound` is not above 0.
  public mutating func integer(below bound: Int) -> Int {
    bound > 0 ? Int(truncatingIfNeeded: integer(through: UInt64(bound - 1))) : 0
  }

  /// Puts the elements in random order, every order being as likely.
  ///
  /// - Complexity: O(*n*).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }

  /// The elements in random order; `isCancelled` is asked every few milliseconds.
  mutating func permutation<Element>(
    _ elements: [Element], _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Element] {
    var elements = elements
    var last = elements.count - 1
    while last > 0 {
      if isCancelled() { throw Cancelled() }
      for _ in 0..<Swift.min(last, 1 << 16) {
        elements.swapAt(last, integer(below: last + 1))
        last -= 1
      }
    }
    return elements
  }

  /// The whole numbers `0..<count` in random order.
  public mutating func permutation(_ count: Int) -> [Int] { permutation(Array(0..<max(count, 0))) }

  /// The elements in random order.
  public mutating func permutation<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    shuffle(&elements)
    return elements
  }

  /// `choice(elements, count, replace=False)`: that many of the elements, in random order.
  ///
  /// All elements are shuffled however few are asked for, as in NumPy.
  public mutating func choice<Element>(_ elements: [Element], count: Int) -> [Element] {
    Array(permutation(elements).prefix(max(count, 0)))
  }
}
