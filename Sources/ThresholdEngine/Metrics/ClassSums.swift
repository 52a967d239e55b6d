/// The weight of some rows of each class.
///
/// What a decision does not flag is added up by itself where rows have weights: the difference of a
/// class' weight and its flagged part would lose as many digits as the two have in common, so that
/// a few light rows below heavy ones would vanish.
struct ClassSums: Hashable, Sendable {
  var positives: Double
  var negatives: Double

  static let zero = ClassSums(positives: 0, negatives: 0)

  static func - (one: ClassSums, other: ClassSums) -> ClassSums {
    ClassSums(
      positives: one.positives - other.positives, negatives: one.negatives - other.negatives)
  }

  static func + (one: ClassSums, other: ClassSums) -> ClassSums {
    ClassSums(
      positives: one.positives + other.positives, negatives: one.negatives + other.negatives)
  }
}

extension Confusion {
  /// The four counts from what is flagged and the sizes of the classes.
  ///
  /// - Parameter unflagged: The rest, where it was added up by itself.
  init(
    tp: Double, fp: Double, positives: Double, negatives: Double,
    unflagged: ClassSums? = nil
  ) {
    self.init(
      truePositives: tp, falsePositives: fp,
      trueNegatives: unflagged?.negatives ?? negatives - fp,
      falseNegatives: unflagged?.positives ?? positives - tp)
  }
}
