import ParallelWork

/// What a radix sort orders by.
protocol RadixKeyed: BitwiseCopyable {
  var radixKey: UInt64 { get }
}

extension UInt64: RadixKeyed {
  @inline(__always) var radixKey: UInt64 { self }
}

/// Groups elements by key, ascending: eight bits at a time from the last that matter.
///
/// Keys that agree in all bits but the lowest are one group, in no particular order. Below the highest
/// bit in which two keys differ, only so many bits are looked at that they have four values or more
/// for each key; the few runs of keys that agree in these are sorted by themselves. Eight-bit digits beat
/// eleven-bit ones: 256 write positions stay in the nearest cache.
///
/// - Complexity: O(*n*), and as much memory again.
enum RadixSort {
  private static let digit = 8
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
    let differing = differingBits(elements, count)
    guard differing > 1 else { return elements }
    let needed = Int.bitWidth - count.leadingZeroBitCount + 2
    let passes = (min(needed, differing) + digit - 1) / digit
    let lowest = max(differing - passes * digit, 0)
    let sorted = try sort(elements, scratch, count, from: lowest, passes, isCancelled)
    if lowest > 0 {
      let free = sorted == elements ? scratch : elements
      try finish(sorted, free, count, knownFrom: lowest, isCancelled)
    }
    return sorted
  }

  /// How many of the lowest bits hold all differences between keys.
  private static func differingBits<Element: RadixKeyed>(
    _ elements: UnsafeMutablePointer<Element>, _ count: Int
  ) -> Int {
    let first = elements[0].radixKey
    var differing: UInt64 = 0
    for index in 1..<count { differing |= elements[index].radixKey ^ first }
    return UInt64.bitWidth - differing.leadingZeroBitCount
  }

  /// Sorts by `passes` digits from bit `lowest` on.
  private static func sort<Element: RadixKeyed>(
    _ elements: UnsafeMutablePointer<Element>, _ scratch: UnsafeMutablePointer<Element>,
    _ count: Int, from lowest: Int, _ passes: Int, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> UnsafeMutablePointer<Element> {
    var (source, target) = (elements, scratch)
    var offsets = [Int](repeating: 0, count: passes * buckets)
    try countDigits(source, count, from: lowest, passes, &offsets, isCancelled)
    for pass in 0..<passes {
      let row = pass * buckets
      guard !(row..<row + buckets).contains(where: { offsets[$0] == count }) else { continue }
      var sum = 0
      for bucket in row..<row + buckets { (offsets[bucket], sum) = (sum, sum + offsets[bucket]) }
      try scatter(source, target, count, lowest + pass * digit, row, &offsets, isCancelled)
      swap(&source, &target)
    }
    return source
  }

  private static func countDigits<Element: RadixKeyed>(
    _ source: UnsafeMutablePointer<Element>, _ count: Int, from lowest: Int, _ passes: Int,
    _ offsets: inout [Int], _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    var start = 0
    while start < count {
      let end = min(start + stride, count)
      offsets.withUnsafeMutableBufferPointer { offsets in
        guard let counts = offsets.baseAddress else { return }
        for index in start..<end {
          var key = source[index].radixKey &>> UInt64(lowest)
          var row = counts
          for _ in 0..<passes {
            row[Int(truncatingIfNeeded: key & 255)] &+= 1
            key &>>= UInt64(digit)
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
    _ bit: Int, _ row: Int, _ offsets: inout [Int], _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    let shift = UInt64(bit)
    var start = 0
    while start < count {
      let end = min(start + stride, count)
      offsets.withUnsafeMutableBufferPointer { offsets in
        guard let base = offsets.baseAddress else { return }
        let next = base + row
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

// MARK: - Runs that agree in the bits sorted by

extension RadixSort {
  private static let insertable = 24

  /// Sorts each run of keys that agree from a bit up by what lies below it.
  private static func finish<Element: RadixKeyed>(
    _ elements: UnsafeMutablePointer<Element>, _ scratch: UnsafeMutablePointer<Element>,
    _ count: Int, knownFrom bit: Int, _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    let shift = UInt64(bit)
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
      // Most runs are a few keys: the call is for the others alone.
      if differing > 1, end - start <= insertable {
        insertionSort(elements + start, end - start)
      } else if differing > 1 {
        let run = elements + start
        let sorted = try sort(
          run, scratch: scratch + start, count: end - start, isCancelled: isCancelled)
        if sorted != run { run.update(from: sorted, count: end - start) }
      }
      if end > nextQuestion {
        if isCancelled() { throw Cancelled() }
        nextQuestion = end + stride
      }
      start = end
    }
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
