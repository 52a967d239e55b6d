extension RandomState {
  /// Distinct corners of the unit cube of so many dimensions, each its coordinates 0 and 1.
  ///
  /// Draws as scikit-learn's `_generate_hypercube`: beyond 30 dimensions the leading coordinates are
  /// drawn one by one, and the corners differ in the last 30.
  mutating func hypercubeCorners(_ count: Int, dimensions: Int) -> [[Double]] {
    let leading = max(dimensions - 30, 0)
    let counted = dimensions - leading
    var corners = (0..<count).map { _ in (0..<leading).map { _ in Double(integer(below: 2)) } }
    for (index, code) in distinctIntegers(count, below: 1 << counted).enumerated() {
      // The most significant bit is the first coordinate.
      corners[index] += (0..<counted).map { Double(code >> (counted - 1 - $0) & 1) }
    }
    return corners
  }

  /// Distinct whole numbers below a bound, as scikit-learn's `sample_without_replacement` picks its
  /// way: by the share of the numbers that is wanted.
  private mutating func distinctIntegers(_ count: Int, below bound: Int) -> [Int] {
    let share = Double(count) / Double(bound)
    if share > 0.01, share < 0.99 { return Array(permutation(bound).prefix(count)) }
    return share < 0.2 ? unseenIntegers(count, below: bound) : reservoir(count, below: bound)
  }

  private mutating func unseenIntegers(_ count: Int, below bound: Int) -> [Int] {
    var seen: Set<Int> = []
    return (0..<count).map { _ in
      while true {
        let candidate = integer(below: bound)
        if seen.insert(candidate).inserted { return candidate }
      }
    }
  }

  private mutating func reservoir(_ count: Int, below bound: Int) -> [Int] {
    var kept = Array(0..<count)
    for candidate in count..<bound {
      let place = integer(below: candidate + 1)
      if place < count { kept[place] = candidate }
    }
    return kept
  }
}
