/// What a radix sort orders by.
protocol RadixKeyed {
  var radixKey: UInt64 { get }
}

extension UInt64: RadixKeyed {
  @inline(__always) var radixKey: UInt64 { self }
}

/// Sorts by the key, ascending and stably, a byte at a time from the last; bytes that are the same
/// in all keys are skipped.
///
/// Eight-bit digits beat eleven-bit ones here: 256 write positions stay in the nearest cache.
///
/// - Complexity: O(*n*), and as much memory again.
enum RadixSort {
  static let digits = 8
  private static let buckets = 256
  /// Rows between two questions whether to go on: well under a millisecond.
  static let stride = 1 << 18

  static func sort<Element: RadixKeyed>(
    _ elements: UnsafeMutableBufferPointer<Element>, scratch: UnsafeMutableBufferPointer<Element>,
    isCancelled: () -> Bool
  ) throws(Cancelled) {
    guard elements.count > 1, var source = elements.baseAddress, var target = scratch.baseAddress
    else { return }
    let count = elements.count
    var offsets = [Int](repeating: 0, count: digits * buckets)
    try histogram(source, count, &offsets, isCancelled)
    for digit in 0..<digits {
      let row = digit * buckets
      guard !(0..<buckets).contains(where: { offsets[row + $0] == count }) else { continue }
      var sum = 0
      for bucket in row..<row + buckets { (offsets[bucket], sum) = (sum, sum + offsets[bucket]) }
      try scatter(source, target, count, digit, &offsets, isCancelled)
      swap(&source, &target)
    }
    if source != elements.baseAddress { target.update(from: source, count: count) }
  }

  private static func histogram<Element: RadixKeyed>(
    _ source: UnsafeMutablePointer<Element>, _ count: Int, _ offsets: inout [Int],
    _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    var start = 0
    while start < count {
      let end = min(start + stride, count)
      offsets.withUnsafeMutableBufferPointer { offsets in
        guard let counts = offsets.baseAddress else { return }
        for index in start..<end {
          let key = source[index].radixKey
          for digit in 0..<digits {
            counts[digit &* buckets &+ Int((key >> UInt64(digit &* 8)) & 255)] &+= 1
          }
        }
      }
      if isCancelled() { throw Cancelled() }
      start = end
    }
  }

  private static func scatter<Element: RadixKeyed>(
    _ source: UnsafeMutablePointer<Element>, _ target: UnsafeMutablePointer<Element>, _ count: Int,
    _ digit: Int, _ offsets: inout [Int], _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    let shift = UInt64(digit * 8)
    var start = 0
    while start < count {
      let end = min(start + stride, count)
      offsets.withUnsafeMutableBufferPointer { offsets in
        guard let base = offsets.baseAddress else { return }
        let next = base + digit * buckets
        for index in start..<end {
          let element = source[index]
          let bucket = Int((element.radixKey >> shift) & 255)
          target[next[bucket]] = element
          next[bucket] &+= 1
        }
      }
      if isCancelled() { throw Cancelled() }
      start = end
    }
  }
}
