import ParallelWork

/// What a radix sort orders by.
protocol RadixKeyed: BitwiseCopyable {
  var radixKey: UInt64 { get }
}

extension UInt64: RadixKeyed {
  @inline(__always) var radixKey: UInt64 { self }
}

/// Groups elements by key, ascending: a byte at a time from the last that matters.
///
/// Keys that agree in all bits but the lowest are one group, in no particular order. The lowest
/// bytes are skipped at first, since few keys differ in them alone; the runs that do are sorted by
/// themselves. Eight-bit digits beat eleven-bit ones: 256 write positions stay in the nearest
/// cache.
///
/// - Complexity: O(*n*), and as much memory again.
enum RadixSort {
  private static let digits = 8
  private static let buckets = 256
  /// Rows between two questions whether to go on: well under a millisecond.
  static let stride = 1 << 18

  /// Sorts `count` elements and says where they are now: in place or in `scratch`.
  static func sort<Element: RadixKeyed>(
    _ elements: UnsafeMutablePointer<Element>, scratch: UnsafeMutablePointer<Element>, count: Int,
    isCancelled: () -> Bool
  ) throws(Cancelled) -> UnsafeMutablePointer<Element> {
    guard count > insertable else {
      insertionSort(elements, count)
      return elements
    }
    let lowest = lowestDigit(elements, count)
    let sorted = try sort(elements, scratch, count, byDigits: lowest..<digits, isCancelled)
    let free = sorted == elements ? scratch : elements
    try finish(sorted, free, count, knownFrom: lowest, isCancelled)
    return sorted
  }

  /// The digit from which on most keys differ: eight times as many bits' values as there are keys,
  /// below the highest bit in which any two differ.
  private static func lowestDigit<Element: RadixKeyed>(
    _ elements: UnsafeMutablePointer<Element>, _ count: Int
  ) -> Int {
    let first = elements[0].radixKey
    var differing: UInt64 = 0
    for index in 1..<count { differing |= elements[index].radixKey ^ first }
    let bits = UInt64.bitWidth - differing.leadingZeroBitCount
    let needed = Int.bitWidth - count.leadingZeroBitCount + 3
    return max(bits - needed, 0) / 8
  }

  private static func sort<Element: RadixKeyed>(
    _ elements: UnsafeMutablePointer<Element>, _ scratch: UnsafeMutablePointer<Element>,
    _ count: Int, byDigits range: Range<Int>, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> UnsafeMutablePointer<Element> {
    var (source, target) = (elements, scratch)
    var offsets = [Int](repeating: 0, count: digits * buckets)
    try countDigits(source, count, range, &offsets, isCancelled)
    for digit in range {
      let row = digit * buckets
      guard !(row..<row + buckets).contains(where: { offsets[$0] == count }) else { continue }
      var sum = 0
      for bucket in row..<row + buckets { (offsets[bucket], sum) = (sum, sum + offsets[bucket]) }
      try scatter(source, target, count, digit, &offsets, isCancelled)
      swap(&source, &target)
    }
    return source
  }

  private static func countDigits<Element: RadixKeyed>(
    _ source: UnsafeMutablePointer<Element>, _ count: Int, _ range: Range<Int>,
    _ offsets: inout [Int], _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    var start = 0
    while start < count {
      let end = min(start + stride, count)
      offsets.withUnsafeMutableBufferPointer { offsets in
        guard let counts = offsets.baseAddress else { return }
        for index in start..<end {
          var key = source[index].radixKey >> UInt64(range.lowerBound &* 8)
          var row = counts + range.lowerBound &* buckets
          for _ in range {
            row[Int(truncatingIfNeeded: key & 255)] &+= 1
            key >>= 8
            row += buckets
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
          let bucket = Int(truncatingIfNeeded: (element.radixKey &>> shift) & 255)
          target[next[bucket]] = element
          next[bucket] &+= 1
        }
      }
      if isCancelled() { throw Cancelled() }
      start = end
    }
  }
}

// MARK: - Runs that agree in the digits sorted by

extension RadixSort {
  private static let insertable = 24

  /// Sorts each run of keys that agree from a digit up by what lies below it.
  private static func finish<Element: RadixKeyed>(
    _ elements: UnsafeMutablePointer<Element>, _ scratch: UnsafeMutablePointer<Element>,
    _ count: Int, knownFrom digit: Int, _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    let shift = UInt64(digit * 8)
    var start = 0
    var nextQuestion = stride
    while start < count {
      let key = elements[start].radixKey
      var end = start &+ 1
      var differing: UInt64 = 0
      while end < count, case let other = elements[end].radixKey ^ key, other &>> shift == 0 {
        differing |= other
        end &+= 1
      }
      if differing > 1 {
        try finish(elements + start, scratch + start, end - start, digit, isCancelled)
      }
      if end > nextQuestion {
        if isCancelled() { throw Cancelled() }
        nextQuestion = end + stride
      }
      start = end
    }
  }

  private static func finish<Element: RadixKeyed>(
    _ run: UnsafeMutablePointer<Element>, _ scratch: UnsafeMutablePointer<Element>, _ count: Int,
    _ digit: Int, _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    guard count > insertable else { return insertionSort(run, count) }
    let sorted = try sort(run, scratch, count, byDigits: 0..<digit, isCancelled)
    if sorted != run { run.update(from: sorted, count: count) }
  }

  private static func insertionSort<Element: RadixKeyed>(
    _ elements: UnsafeMutablePointer<Element>, _ count: Int
  ) {
    var next = 1
    while next < count {
      let element = elements[next]
      var place = next
      while place > 0, elements[place &- 1].radixKey > element.radixKey {
        elements[place] = elements[place &- 1]
        place &-= 1
      }
      elements[place] = element
      next &+= 1
    }
  }
}
