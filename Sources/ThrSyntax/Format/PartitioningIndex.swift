extension Range<Int> {
  /// The first index that lies behind, where all that do come after those that do not.
  ///
  /// - Complexity: O(log n) in the length of the range.
  func partitioningIndex(where isBehind: (Int) -> Bool) -> Int {
    var low = lowerBound
    var high = upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if isBehind(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
