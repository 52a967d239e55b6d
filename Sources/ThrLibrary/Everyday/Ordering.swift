import ParallelWork
import ThrModel

extension Array {
  /// The elements in order, those that are alike as they stood.
  ///
  /// Runs of a size that takes a few milliseconds are sorted by the standard library and merged
  /// here, so that the sorting of ten million elements can be stopped.
  ///
  /// - Parameter precedes: a strict weak order; alike are two of which neither precedes the other.
  /// - Complexity: O(*n* log *n*), and as much memory again.
  func ordered(
    _ context: CallContext, by precedes: (Element, Element) -> Bool
  ) throws(Cancelled) -> [Element] {
    var source = self
    for start in stride(from: 0, to: count, by: runLength) {
      try context.checkCancelled()
      source[start..<Swift.min(start + runLength, count)].sort(by: precedes)
    }
    var length = runLength
    while length < count {
      var merged: [Element] = []
      merged.reserveCapacity(count)
      for start in stride(from: 0, to: count, by: 2 * length) {
        let middle = Swift.min(start + length, count)
        let end = Swift.min(middle + length, count)
        try source.merge(start..<middle, middle..<end, into: &merged, context, precedes)
      }
      source = merged
      length *= 2
    }
    return source
  }

  private func merge(
    _ left: Range<Int>, _ right: Range<Int>, into merged: inout [Element], _ context: CallContext,
    _ precedes: (Element, Element) -> Bool
  ) throws(Cancelled) {
    var (left, right) = (left, right)
    var untilQuestion = 0
    while let one = left.first, let other = right.first {
      if untilQuestion == 0 {
        try context.checkCancelled()
        untilQuestion = runLength
      }
      untilQuestion -= 1
      if precedes(self[other], self[one]) {
        merged.append(self[other])
        right.removeFirst()
      } else {
        merged.append(self[one])
        left.removeFirst()
      }
    }
    merged += self[left]
    merged += self[right]
  }
}

private let runLength = 1 << 13

extension [Double] {
  /// The middle one in ascending order, or the mean of the middle two; `nil` of nothing.
  ///
  /// None of the numbers may be NaN.
  ///
  /// - Complexity: O(*n*) in the mean, as only the part that holds the middle is looked at again
  ///   (Hoare, “Algorithm 65: Find”, 1961).
  func median(_ isCancelled: () -> Bool = { false }) throws(Cancelled) -> Double? {
    if isEmpty { return nil }
    var numbers = self
    let position = count / 2
    try numbers.select(position, isCancelled)
    return numbers.middle
  }

  /// The median of numbers of which those in the middle stand where sorting would put them, and
  /// none greater before them.
  var middle: Double? {
    if isEmpty { return nil }
    let middle = self[count / 2]
    guard count.isMultiple(of: 2), let below = self[..<(count / 2)].max() else { return middle }
    return below == middle ? middle : below / 2 + middle / 2
  }

  /// Puts the number that would stand at a position of the sorted array there, none above it
  /// before and none below it after.
  private mutating func select(
    _ position: Int, _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    var range = 0..<count
    // Pivots from all over, so that no order of the numbers is a bad one.
    var random: UInt64 = 0x9E37_79B9_7F4A_7C15
    while range.count > 1 {
      if isCancelled() { throw Cancelled() }
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let pivot = self[range.lowerBound + Int(random >> 33) % range.count]
      let alike = partition(range, by: pivot)
      if alike.contains(position) { return }
      range =
        position < alike.lowerBound
        ? range.lowerBound..<alike.lowerBound : alike.upperBound..<range.upperBound
    }
  }

  /// Moves the numbers below the pivot to the front and those above to the end of a range, and
  /// says where those equal to it are.
  private mutating func partition(_ range: Range<Int>, by pivot: Double) -> Range<Int> {
    withUnsafeMutableBufferPointer { numbers in
      var (below, next, above) = (range.lowerBound, range.lowerBound, range.upperBound)
      while next < above {
        let number = numbers[next]
        if number < pivot {
          numbers.swapAt(below, next)
          below += 1
          next += 1
        } else if number > pivot {
          above -= 1
          numbers.swapAt(next, above)
        } else {
          next += 1
        }
      }
      return below..<above
    }
  }
}
