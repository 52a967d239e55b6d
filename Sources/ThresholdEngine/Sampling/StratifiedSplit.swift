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

  /// Splits off `test`, then cuts the rest into train and validation, with the same seed.
  ///
  /// The shares must add up to 1 within 1e-9. The two splits are
  /// `train_test_split(rows, test_size=test, …)` and, on what is left,
  /// `train_test_split(rest, test_size=validation / (train + validation), …)` in Double arithmetic
  /// as written, so that Python's floats round alike. Where `test` or `validation` is 0, that part
  /// is empty and there is one cut only: `test_size=validation` or `test_size=test`.
  ///
  /// - Returns: Row positions; every row is in exactly one part.
  /// - Complexity: O(*n*).
  public static func threeWay(
    labels: [Bool], train: Double, validation: Double, test: Double, seed: UInt32 = 2,
    isCancelled: () -> Bool = { false }
  ) throws(SplitError) -> ThreeWaySplit {
    for share in [train, validation, test] {
      guard (0...1).contains(share) else { throw .badShare(share) }
    }
    guard train > 0 else { throw .badShare(train) }
    guard abs(train + validation + test - 1) <= 1e-9 else {
      throw .sharesNotWhole(sum: train + validation + test)
    }
    guard test > 0 else {
      return try trainAndValidation(
        labels, Array(labels.indices), validation, [], seed, isCancelled)
    }
    let outer = try trainTestSplit(
      labels: labels, testSize: test, seed: seed, isCancelled: isCancelled)
    return try trainAndValidation(
      labels, outer.train, validation / (train + validation), outer.test, seed, isCancelled)
  }

  private static func trainAndValidation(
    _ labels: [Bool], _ rest: [Int], _ share: Double, _ test: [Int], _ seed: UInt32,
    _ isCancelled: () -> Bool
  ) throws(SplitError) -> ThreeWaySplit {
    guard share > 0 else { return ThreeWaySplit(train: rest, validation: [], test: test) }
    let inner = try trainTestSplit(
      labels: rest.map { labels[$0] }, testSize: share, seed: seed, isCancelled: isCancelled)
    return ThreeWaySplit(
      train: inner.train.map { rest[$0] }, validation: inner.test.map { rest[$0] }, test: test)
  }
}

/// Row positions of three parts, each shuffled.
public struct ThreeWaySplit: Hashable, Sendable {
  public let train: [Int]
  public let validation: [Int]
  public let test: [Int]
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
  public var description: String {
    switch self {
    case .badShare(let share): "a share of the rows cannot be \(share.shortestText)"
    case .sharesNotWhole(let sum):
      "the shares must add up to 1, not \(sum.significantText(digits: 6))"
    case .classTooSmall(let label, let rows):
      "the \(label ? "positive" : "negative") class has \(rows) row\(rows == 1 ? "" : "s") to "
        + "split, and each class needs at least 2"
    case .tooFewRows(let rows, let train, let test):
      "\(rows) rows would split into \(train) and \(test), too few for both classes in both parts"
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
