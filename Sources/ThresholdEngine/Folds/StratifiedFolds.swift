/// Folds that keep the share of positives, as scikit-learn's `StratifiedKFold` and
/// `RepeatedStratifiedKFold` make them.
public enum StratifiedFolds {
  /// `StratifiedKFold(folds, shuffle=True, random_state=seed)`, row for row, and as often again as
  /// `RepeatedStratifiedKFold` repeats it.
  ///
  /// - Returns: For each repetition the fold of every row, from 0.
  /// - Complexity: O(*n*) a repetition.
  public static func assigned(
    labels: [Bool], folds: Int, repeats: Int = 1, seed: UInt32 = 2
  ) throws(FoldError) -> [[Int]] {
    var random = RandomState(seed: seed)
    // Classes in the order of their first rows.
    let first = labels.first ?? false
    let classes = [first, !first].map { label in labels.indices.filter { labels[$0] == label } }
    for members in classes where !members.isEmpty && members.count < folds {
      throw .classTooSmall(label: labels[members[0]], count: members.count, folds: folds)
    }
    guard labels.count >= folds else { throw .tooFew(labels.count, folds: folds) }
    return (0..<repeats).map { _ in random.folds(of: classes, count: folds) }
  }
}

/// Why rows cannot be put in folds.
public enum FoldError: Error, Hashable, Sendable {
  /// A class has fewer rows, or units of rows, than there are folds.
  case classTooSmall(label: Bool, count: Int, folds: Int)
  case tooFew(Int, folds: Int)
}

extension RandomState {
  /// The fold of every row of the classes, which are shuffled one after the other.
  ///
  /// Of rows sorted by class, every `count`th is of the same fold: so many of each class are in it.
  fileprivate mutating func folds(of classes: [[Int]], count: Int) -> [Int] {
    var result = [Int](repeating: 0, count: classes.reduce(0) { $0 + $1.count })
    var before = 0
    for members in classes {
      var sizes = [Int](repeating: 0, count: count)
      for place in before..<(before + members.count) { sizes[place % count] += 1 }
      var folds = sizes.indices.flatMap { Array(repeating: $0, count: sizes[$0]) }
      shuffle(&folds)
      for (row, fold) in zip(members, folds) { result[row] = fold }
      before += members.count
    }
    return result
  }
}
