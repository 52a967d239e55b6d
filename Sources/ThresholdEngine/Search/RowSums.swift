/// What each row adds to a sum, of one group or of several.
struct RowSums {
  private let values: [Double]?
  /// The group of each row; -1 for none.
  private let codes: [Int32]?
  let groups: Int
  private let sum: WeightSum

  /// The rows themselves, or their weight.
  init(_ scores: Scores) {
    values = scores.weights
    codes = nil
    groups = 1
    sum = scores.weightSum ?? WeightSum(largest: 1, rows: scores.count)
  }

  init(_ values: [Double], _ groups: RowFacts.Groups?) {
    self.values = values
    codes = groups?.codes
    self.groups = groups?.count ?? 1
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    sum = WeightSum(largest: largest > 0 ? largest : 1, rows: values.count)
  }

  /// Sums that grow row by row.
  struct Cursor {
    let sums: RowSums
    /// Of negatives and positives for each group.
    private(set) var units: [WeightSum.Units]
    /// The same of all rows.
    private let whole: [WeightSum.Units]

    /// - Parameter whole: A cursor that has passed all rows.
    init(_ sums: RowSums, of whole: Cursor? = nil) {
      self.sums = sums
      units = Array(repeating: .zero, count: 2 * sums.groups)
      self.whole = whole?.units ?? units
    }

    /// A cursor that has passed some rows.
    init(_ sums: RowSums, past rows: ArraySlice<Int>, _ labels: [Bool], of whole: Cursor? = nil) {
      self.init(sums, of: whole)
      for row in rows { add(row, labels) }
    }

    mutating func add(_ row: Int, _ labels: [Bool]) {
      let code = sums.codes.map { Int($0[row]) } ?? 0
      guard code >= 0 else { return }
      units[2 * code + (labels[row] ? 1 : 0)] += sums.sum.signedUnits(sums.values?[row] ?? 1)
    }

    func positive(_ group: Int) -> Double { sums.sum.signedWeight(units[2 * group + 1]) }
    func negative(_ group: Int) -> Double { sums.sum.signedWeight(units[2 * group]) }

    /// What is still to come of a group.
    func unflagged(_ group: Int) -> ClassSums {
      let (negatives, positives) = (2 * group, 2 * group + 1)
      return ClassSums(
        positives: sums.sum.signedWeight(whole[positives] - units[positives]),
        negatives: sums.sum.signedWeight(whole[negatives] - units[negatives]))
    }
  }
}

/// The sums that expressions need, and where each tally is among them.
struct TallyFamilies {
  private(set) var sums: [RowSums] = []
  private(set) var places: [Tally: Int] = [:]
  /// All groups of each part that speaks of groups.
  private(set) var groups: [GroupedMetric: [Int]] = [:]
  private let scores: Scores
  private var count = 0

  init(_ scores: Scores) { self.scores = scores }

  mutating func add(_ expression: Metric.Expression) throws(TuningError) {
    var asked: [(tally: Tally, grouped: GroupedMetric?)] = []
    expression.forEachLeaf { _, tally, grouped in
      if tally != nil || grouped != nil { asked.append((tally ?? Tally(), grouped)) }
    }
    for (tally, grouped) in asked {
      guard let grouped else {
        try add(tally, nil, nil)
        continue
      }
      guard let found = scores.facts?.groups[grouped.column] else {
        throw .unknownRows(quoted(grouped.column))
      }
      groups[grouped] = Array(0..<found.count)
      try add(tally, grouped.column, found)
    }
  }

  private mutating func add(
    _ tally: Tally, _ column: String?, _ groups: RowFacts.Groups?
  ) throws(TuningError) {
    func member(_ index: Int) -> Tally {
      var member = tally
      member.group = column.map { RowGroup(column: $0, index: index) }
      return member
    }
    if places[member(0)] != nil { return }
    let sum = RowSums(try values(of: tally), groups)
    for index in 0..<sum.groups { places[member(index)] = count + index }
    count += sum.groups
    sums.append(sum)
  }

  /// What every row counts: the product of its weight and its column, 0 where a condition fails.
  private func values(of tally: Tally) throws(TuningError) -> [Double] {
    var values = scores.weights ?? Array(repeating: 1, count: scores.count)
    if let column = tally.column {
      guard let numbers = scores.facts?.columns[column] else { throw .unknownRows(quoted(column)) }
      for row in values.indices { values[row] *= numbers[row] }
    }
    for condition in tally.conditions {
      guard let truths = scores.facts?.conditions[condition] else {
        throw .unknownRows(condition.text)
      }
      for row in values.indices where !truths[row] { values[row] = 0 }
    }
    return values
  }
}

extension Question {
  /// Everything that is worked out at each candidate.
  var expressions: [Metric.Expression] {
    [metric.expression] + (constraint?.node.expressions ?? [])
  }
}

/// The counts of a decision on rows, with all that metrics and constraints ask of them.
///
/// - Throws: `.unknownRows` where the rows' facts do not hold what they ask.
public func evaluate(
  _ scores: Scores, at decision: Decision, for metrics: [Metric],
  isCancelled: () -> Bool = { false }
) throws(TuningError) -> Confusion {
  let source = try TalliedScores(scores, metrics.map(\.expression), isCancelled: isCancelled)
  return source.confusion(at: decision)
}
