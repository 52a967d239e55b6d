import NumberText
public import ParallelWork

/// Stratified splits, which keep the share of positives, as scikit-learn's `train_test_split` with
/// `stratify` makes them.
///
/// A part holds row positions, shuffled.
public enum StratifiedSplit {
  /// `train_test_split(rows, test_size=testSize, stratify=labels, random_state=seed)`, row for row.
  ///
  /// - Parameters:
  ///   - labels: One per row.
  ///   - testSize: The share of the rows in the second part, above 0 and below 1; rounded up to
  ///     whole rows.
  ///   - seed: Seed of the random number generator.
  ///   - isCancelled: Asked every few milliseconds.
  /// - Complexity: O(*n*).
  public static func trainTestSplit(
    labels: [Bool], testSize: Double, seed: UInt32 = 2, isCancelled: () -> Bool = { false }
  ) throws(SplitError) -> (train: [Int], test: [Int]) {
    guard testSize > 0, testSize < 1 else { throw .badShare(testSize) }
    let testRows = Int((testSize * Double(labels.count)).rounded(.up))
    let trainRows = labels.count - testRows
    // Sorted by label, and the rows of a label ascending.
    let classes = [false, true].map { label in labels.indices.filter { labels[$0] == label } }
      .filter { !$0.isEmpty }
    for members in classes where members.count < 2 {
      throw .classTooSmall(label: labels[members[0]], rows: members.count)
    }
    guard !classes.isEmpty, min(trainRows, testRows) >= classes.count else {
      throw .tooFewRows(labels.count, train: trainRows, test: testRows)
    }
    var random = RandomState(seed: seed)
    return try SplitError.ifCancelled { () throws(Cancelled) in
      try random.split(classes, trainRows: trainRows, testRows: testRows, isCancelled)
    }
  }

  /// Cuts off the last part, then the one before it from what is left, with the same seed.
  ///
  /// The shares must add up to 1 within 1e-9. With three of them, `train`, `validation` and `test`,
  /// the parts are `train_test_split(rows, test_size=test, …)` and, on what is left,
  /// `train_test_split(rest, test_size=validation / (train + validation), …)` in Double arithmetic
  /// as written, so that Python's floats round alike. A part whose share is 0 is empty, and costs no
  /// cut.
  ///
  /// - Parameter labels: One per row; `nil` for rows without classes, which are cut as
  ///   `train_test_split` does without `stratify`.
  /// - Returns: Row positions for each share; every row is in exactly one part.
  /// - Complexity: O(*n*) for each part.
  public static func parts(
    rows: Int, labels: [Bool]?, shares: [Double], seed: UInt32 = 2,
    isCancelled: () -> Bool = { false }
  ) throws(SplitError) -> [[Int]] {
    for share in shares {
      guard (0...1).contains(share) else { throw .badShare(share) }
    }
    let sum = shares.reduce(0, +)
    guard abs(sum - 1) <= 1e-9 else { throw .sharesNotWhole(sum: sum) }
    var parts = [[Int]](repeating: [], count: shares.count)
    var rest = Array(0..<rows)
    var isFirst = true
    for index in shares.indices.reversed() where shares[index] > 0 {
      let others = shares[..<index].reduce(0, +)
      guard others > 0 else {
        parts[index] = rest
        break
      }
      let share = isFirst ? shares[index] : shares[index] / (others + shares[index])
      let cut =
        if let labels {
          try trainTestSplit(
            labels: rest.map { labels[$0] }, testSize: share, seed: seed, isCancelled: isCancelled)
        } else {
          try ShuffledSplit.trainTestSplit(
            rows: rest.count, testSize: share, seed: seed, isCancelled: isCancelled)
        }
      parts[index] = cut.test.map { rest[$0] }
      rest = cut.train.map { rest[$0] }
      isFirst = false
    }
    return parts
  }
}

/// Splits of rows without classes, as scikit-learn's `train_test_split` makes them.
public enum ShuffledSplit {
  /// `train_test_split(rows, test_size=testSize, random_state=seed)`, row for row.
  ///
  /// - Complexity: O(*n*).
  public static func trainTestSplit(
    rows: Int, testSize: Double, seed: UInt32 = 2, isCancelled: () -> Bool = { false }
  ) throws(SplitError) -> (train: [Int], test: [Int]) {
    guard testSize > 0, testSize < 1 else { throw .badShare(testSize) }
    let testRows = Int((testSize * Double(rows)).rounded(.up))
    guard testRows > 0, testRows < rows else {
      throw .tooFewRows(rows, train: rows - testRows, test: testRows)
    }
    var random = RandomState(seed: seed)
    let order = try SplitError.ifCancelled { () throws(Cancelled) in
      try random.permutation(Array(0..<rows), isCancelled)
    }
    return (Array(order[testRows...]), Array(order[..<testRows]))
  }
}

/// Why rows cannot be split.
public enum SplitError: CancellableError, Hashable, Sendable {
  /// A share outside 0 to 1, or one that leaves no rows for another part.
  case badShare(Double)
  case sharesNotWhole(sum: Double)
  /// Fewer than the two rows that a class needs, so as to be in both parts of a cut.
  case classTooSmall(label: Bool, rows: Int)
  /// A part would have fewer rows than there are classes.
  case tooFewRows(Int, train: Int, test: Int)
  case cancelled
}

extension SplitError: CustomStringConvertible {
  public var description: String { text(of: "row") }

  /// The reason, where what is split are rows, or units of several rows.
  public func text(of noun: String) -> String {
    switch self {
    case .badShare(let share): "a share of the \(noun)s cannot be \(share.shortestText)"
    case .sharesNotWhole(let sum):
      "the shares must add up to 1, not \(sum.significantText(digits: 6))"
    case .classTooSmall(let label, let rows):
      "the \(label ? "positive" : "negative") class has \(rows) \(noun)\(rows == 1 ? "" : "s") to "
        + "split, and each class needs at least 2"
    case .tooFewRows(let rows, let train, let test):
      "\(rows) \(noun)\(rows == 1 ? "" : "s") would split into \(train) and \(test), too few for "
        + "every class in both parts"
    case .cancelled: "cancelled"
    }
  }
}

extension RandomState {
  /// One stratified cut, in NumPy's order of draws.
  fileprivate mutating func split(
    _ classes: [[Int]], trainRows: Int, testRows: Int, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> (train: [Int], test: [Int]) {
    let counts = classes.map(\.count)
    let trainCounts = approximateMode(counts, draws: trainRows)
    let testCounts = approximateMode(zip(counts, trainCounts).map { $0 - $1 }, draws: testRows)
    var train: [Int] = []
    var test: [Int] = []
    for (index, members) in classes.enumerated() {
      let order = try permutation(members, isCancelled)
      train += order.prefix(trainCounts[index])
      test += order.dropFirst(trainCounts[index]).prefix(testCounts[index])
    }
    train = try permutation(train, isCancelled)
    return (train, try permutation(test, isCancelled))
  }

  /// The likeliest count of each class among `draws` rows, fractions settled by the largest
  /// remainder and equal remainders by lot; never off by more than one.
  private mutating func approximateMode(_ counts: [Int], draws: Int) -> [Int] {
    let total = Double(counts.reduce(0, +))
    let expected = counts.map { Double($0) / total * Double(draws) }
    var result = expected.map { $0.rounded(.down) }
    let remainders = zip(expected, result).map { $0 - $1 }
    var missing = Int(Double(draws) - result.reduce(0, +))
    for value in Set(remainders).sorted(by: >) where missing > 0 {
      let candidates = remainders.indices.filter { remainders[$0] == value }
      let added = min(candidates.count, missing)
      // Drawn even where all are taken: the generator must move on as NumPy's does.
      for index in choice(candidates, count: added) { result[index] += 1 }
      missing -= added
    }
    return result.map { Int($0) }
  }
}
