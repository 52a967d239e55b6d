/// Confusion matrix at one threshold: number or total weight of rows for each outcome.
public struct Confusion: Hashable, Sendable {
  public var truePositives: Double
  public var falsePositives: Double
  public var trueNegatives: Double
  public var falseNegatives: Double
  /// The same of other tallies of the rows, where a question needs them.
  var tallied: TalliedCounts?

  public init(
    truePositives: Double, falsePositives: Double, trueNegatives: Double, falseNegatives: Double
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }

  public var positives: Double { truePositives + falseNegatives }
  public var negatives: Double { trueNegatives + falsePositives }
  public var flagged: Double { truePositives + falsePositives }
  public var total: Double { positives + negatives }

  /// The parts of metrics that leave out groups, where they have no value at any threshold.
  public var groupsLeftOut: [(text: String, column: String, groups: [Int])] {
    (tallied?.layout.leftOut ?? [:]).filter { !$0.value.isEmpty }
      .map { (Metric(form: .grouped($0.key)).description, $0.key.column, $0.value) }
      .sorted { $0.text < $1.text }
  }

  /// The same shares of `factor` times as many rows.
  func scaled(by factor: Double) -> Confusion {
    var scaled = Confusion(
      truePositives: truePositives * factor, falsePositives: falsePositives * factor,
      trueNegatives: trueNegatives * factor, falseNegatives: falseNegatives * factor)
    scaled.tallied = tallied
    scaled.tallied?.factor *= factor
    return scaled
  }
}
