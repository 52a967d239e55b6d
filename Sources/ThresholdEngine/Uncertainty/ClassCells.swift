/// Rows by whether a chosen threshold flags them and whether the default one does.
struct RowCells: Hashable, Sendable {
  var both = 0.0
  var onlyChosen = 0.0
  var onlyStandard = 0.0
  var neither = 0.0

  init() {}

  /// Of two thresholds, one flags all that the other flags.
  init(chosen: Double, standard: Double, of all: Double) {
    both = min(chosen, standard)
    onlyChosen = chosen - both
    onlyStandard = standard - both
    neither = all - max(chosen, standard)
  }

  var all: Double { both + onlyChosen + onlyStandard + neither }
  var chosen: Double { both + onlyChosen }
  var standard: Double { both + onlyStandard }

  static func + (one: RowCells, other: RowCells) -> RowCells {
    var sum = RowCells()
    sum.both = one.both + other.both
    sum.onlyChosen = one.onlyChosen + other.onlyChosen
    sum.onlyStandard = one.onlyStandard + other.onlyStandard
    sum.neither = one.neither + other.neither
    return sum
  }
}

/// The same for each class.
struct ClassCells: Hashable, Sendable {
  var positives = RowCells()
  var negatives = RowCells()

  init() {}

  init(positives: RowCells, negatives: RowCells) {
    (self.positives, self.negatives) = (positives, negatives)
  }

  /// All rows, at a tuning's threshold and its default.
  init(_ tuning: Tuning) {
    let (chosen, standard) = (tuning.confusion, tuning.default?.confusion)
    positives = RowCells(
      chosen: chosen.truePositives, standard: standard?.truePositives ?? 0, of: chosen.positives)
    negatives = RowCells(
      chosen: chosen.falsePositives, standard: standard?.falsePositives ?? 0,
      of: chosen.negatives)
  }

  static func + (one: ClassCells, other: ClassCells) -> ClassCells {
    ClassCells(
      positives: one.positives + other.positives, negatives: one.negatives + other.negatives)
  }

  /// The counts at the chosen threshold on rows with these rates, but classes of other sizes.
  func chosen(_ positives: Double, _ negatives: Double) -> Confusion {
    Confusion(
      tp: self.positives.chosen / self.positives.all * positives,
      fp: self.negatives.chosen / self.negatives.all * negatives, positives: positives,
      negatives: negatives)
  }

  /// The same at the default.
  func standard(_ positives: Double, _ negatives: Double) -> Confusion {
    Confusion(
      tp: self.positives.standard / self.positives.all * positives,
      fp: self.negatives.standard / self.negatives.all * negatives, positives: positives,
      negatives: negatives)
  }
}
