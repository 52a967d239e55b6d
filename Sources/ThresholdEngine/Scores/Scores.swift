import ParallelWork

/// Scores of labelled rows: one score, one label and perhaps one weight
/// a row.
///
/// Scores may be of any sign and infinite; `-0.0` counts as `0.0`. A row of weight 0 is there to be
/// listed, but is no candidate and counts for nothing, as in scikit-learn.
public struct Scores: Sendable {
  public let values: [Double]
  public let labels: [Bool]
  public let weights: [Double]?
  /// Whether an entry stands for as many rows as it weighs, as `Scores(_: ScoreCounts)` makes it;
  /// otherwise each entry is one row.
  public let isCounted: Bool
  /// How many rows there are, regardless of their weight.
  public let rows: Int
  /// The number of positive rows, regardless of weight.
  public let positives: Int
  /// What is known of the rows beside; see `knowing`.
  public private(set) var facts: RowFacts?
  let memory = ScoresMemory()

  /// Checks the rows and keeps them in the order given.
  ///
  /// Positions in errors count from 0.
  ///
  /// - Complexity: O(*n*).
  public init(
    values: [Double], labels: [Bool], weights: [Double]? = nil
  ) throws(ScoresError) {
    guard values.count == labels.count, weights.map({ $0.count == values.count }) ?? true else {
      throw .unequalLengths(values: values.count, labels: labels.count, weights: weights?.count)
    }
    guard !values.isEmpty else { throw .empty }
    memory.extent = try Self.extent(values)
    if let weights { memory.weightExtent = try Self.extent(ofWeights: weights) }
    self.values = values
    self.labels = labels
    self.weights = weights
    isCounted = false
    rows = values.count
    positives = RowPass.positives(of: labels)
  }

  /// The same rows with what else is known of them: for metrics of columns, conditions and groups.
  public func knowing(_ facts: RowFacts) -> Scores {
    var scores = self
    scores.facts = facts
    return scores
  }

  /// How many entries of score, label and weight are stored.
  public var count: Int { values.count }
  public var negatives: Int { rows - positives }
}

extension Scores: Hashable {
  public static func == (left: Scores, right: Scores) -> Bool {
    left.memory === right.memory
      || left.values == right.values && left.labels == right.labels
        && left.weights == right.weights && left.isCounted == right.isCounted
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(values)
    hasher.combine(labels)
    hasher.combine(weights)
  }
}

/// Why rows cannot be scores.
public enum ScoresError: Error, Hashable, Sendable {
  case empty
  case unequalLengths(values: Int, labels: Int, weights: Int?)
  /// Scores that are not a number: how many, and where the first few are.
  case undefinedScores(count: Int, firstRows: [Int])
  /// A weight that is negative, infinite or not a number.
  case badWeight(Double, row: Int)
  case allWeightsZero
  /// Products of four such sums would leave the range of a Double.
  case weightsOutOfScale(largest: Double)
}

extension ScoresError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "there are no rows"
    case .unequalLengths(let values, let labels, let weights):
      "the lists differ in length: \(values) scores, \(labels) labels"
        + (weights.map { ", \($0) weights" } ?? "")
    case .undefinedScores(let count, let rows):
      "\(count) of the scores \(count == 1 ? "is" : "are") not a number, first at "
        + (rows.count == 1 ? "row " : "rows ") + rows.map(String.init).joined(separator: ", ")
    case .badWeight(let weight, let row):
      "a weight must be a finite number of at least 0, not \(weight) (row \(row))"
    case .allWeightsZero: "all weights are 0"
    case .weightsOutOfScale(let largest):
      "the largest weight, \(largest), is too far from 1; divide all weights by it"
    }
  }
}

extension Scores {
  /// Rows named in an error; more would not help anybody find the cause.
  private static let namedRows = 5

  /// Weights beyond these bounds would overflow, or vanish, in the products that metrics form.
  private static let weightScale = 1e-60...1e60

  private static func extent(_ values: [Double]) throws(ScoresError) -> ClosedRange<Double>? {
    let (extent, undefined) = RowPass.extent(of: values)
    guard undefined > 0 else { return extent }
    let rows = values.indices.lazy.filter { values[$0].isNaN }
    throw .undefinedScores(count: undefined, firstRows: Array(rows.prefix(namedRows)))
  }

  private static func extent(
    ofWeights weights: [Double]
  ) throws(ScoresError) -> ClosedRange<Double>? {
    let (extent, undefined) = RowPass.extent(of: weights)
    guard undefined == 0, let extent, extent.lowerBound >= 0, extent.upperBound.isFinite else {
      let bad = weights.enumerated().first { !($0.element >= 0 && $0.element.isFinite) }
      throw bad.map { .badWeight($0.element, row: $0.offset) } ?? .allWeightsZero
    }
    let largest = extent.upperBound
    guard largest > 0 else { throw .allWeightsZero }
    guard weightScale.contains(largest) else { throw .weightsOutOfScale(largest: largest) }
    return extent
  }

  /// - Parameter isCounted: whether weights are whole numbers of rows, above 0.
  init(
    unchecked values: [Double], _ labels: [Bool], _ weights: [Double]?, isCounted: Bool = false
  ) {
    self.values = values
    self.labels = labels
    self.weights = weights
    self.isCounted = isCounted
    guard isCounted, let weights else {
      rows = values.count
      positives = labels.count { $0 }
      return
    }
    rows = weights.reduce(0) { $0 + Int($1) }
    positives = zip(weights, labels).reduce(0) { $0 + ($1.1 ? Int($1.0) : 0) }
  }

  /// The rows that count, sorted: once for all questions to this value and its copies.
  ///
  /// What is remembered takes no more memory than the scores themselves.
  func sorted(_ isCancelled: () -> Bool) throws(Cancelled) -> SortedScores {
    if let sorted = memory.sorted { return sorted }
    let sorted = try SortedScores(withoutWeightlessRows(), isCancelled: isCancelled)
    memory.sorted = sorted
    return sorted
  }

  /// Whether they were sorted before.
  var isSorted: Bool { memory.sorted != nil }

  /// The rows that count; itself where all do.
  func withoutWeightlessRows() -> Scores {
    guard let weights, weightExtent?.lowerBound == 0 else { return self }
    let kept = weights.indices.filter { weights[$0] > 0 }
    return Scores(
      unchecked: kept.map { values[$0] }, kept.map { labels[$0] }, kept.map { weights[$0] })
  }
}
