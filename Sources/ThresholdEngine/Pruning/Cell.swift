/// The rows of an interval of scores, between those above and those below it.
struct Cell {
  /// The scores that the rows can have.
  var extent: ClosedRange<Double>
  var above: ClassSums
  var own: ClassSums
  var below: ClassSums
  /// What is above, in units of weight, where rows in memory have weights.
  var unitsAbove: WeightSum.Classes?
  /// Its position among all cells of its level that hold rows.
  private(set) var number = 0

  /// Whether no row is between another of the same level and this one.
  func follows(_ other: Cell) -> Bool { number == other.number + 1 }

  /// Whether all rows have one and the same score.
  var isOneScore: Bool { extent.lowerBound == extent.upperBound }

  /// The counts if all of its rows are flagged.
  var flagged: ClassSums { above + own }

  /// All rows of a source.
  init(_ population: Population) {
    extent = population.extent
    above = .zero
    own = ClassSums(positives: population.positives, negatives: population.negatives)
    below = .zero
  }

  private init(
    _ extent: ClosedRange<Double>, above: ClassSums, own: ClassSums, below: ClassSums,
    _ unitsAbove: WeightSum.Classes?
  ) {
    self.extent = extent
    self.above = above
    self.own = own
    self.below = below
    self.unitsAbove = unitsAbove
  }

  /// Neighbours with all that is between them as one.
  init(from first: Cell, through last: Cell) {
    self.init(
      last.extent.lowerBound...first.extent.upperBound, above: first.above,
      own: ClassSums(
        positives: last.flagged.positives - first.above.positives,
        negatives: last.flagged.negatives - first.above.negatives),
      below: last.below, first.unitsAbove)
    number = last.number
  }
}

extension Cell {
  /// Its buckets that hold rows, strictest first.
  ///
  /// - Parameter start: The number of the first of them.
  func divided(by counts: BucketCounts, numberedFrom start: Int = 0) -> [Cell] {
    var cells: [Cell] = []
    var sum = above
    for bucket in 0..<counts.buckets.count where !counts.isEmpty(bucket) {
      let own = ClassSums(
        positives: counts.positives[bucket], negatives: counts.negatives[bucket])
      cells.append(
        Cell(counts.buckets.scores(of: bucket), above: sum, own: own, below: .zero, nil))
      sum = sum + own
    }
    var rest = below
    for place in cells.indices.reversed() {
      cells[place].number = start + place
      cells[place].below = rest
      rest = rest + cells[place].own
    }
    if let weighed = counts.weighed { weigh(&cells, weighed, counts) }
    return cells
  }

  /// Sums that do not depend on the order of rows.
  private func weigh(_ cells: inout [Cell], _ weighed: WeighedBuckets, _ counts: BucketCounts) {
    let sum = weighed.sum
    var (units, place) = (unitsAbove ?? WeightSum.Classes(), 0)
    for bucket in 0..<counts.buckets.count where !counts.isEmpty(bucket) {
      let flagged = units + weighed.units[bucket]
      cells[place].unitsAbove = units
      cells[place].above = sum.weights(units)
      cells[place].below = sum.weights(weighed.totals - flagged)
      (units, place) = (flagged, place + 1)
    }
  }

  /// Whether buckets hold exactly the rows that it is known to hold.
  func agrees(with counts: BucketCounts) -> Bool {
    let total = counts.total
    return total.positives == own.positives && total.negatives == own.negatives
  }
}

extension [Cell] {
  /// The cells as at most so many, with what is between some of them.
  func joined(atMost most: Int = .max) -> [Cell] {
    guard let first else { return [] }
    let gaps = indices.dropFirst().filter { !self[$0].follows(self[$0 - 1]) }
    let wide =
      gaps.count < most
      ? gaps
      : gaps.sorted { rows(before: $0) > rows(before: $1) }
        .prefix(most - 1).sorted()
    var (runs, start): ([Cell], Cell) = ([], first)
    for place in wide {
      runs.append(Cell(from: start, through: self[place - 1]))
      start = self[place]
    }
    return runs + [Cell(from: start, through: self[count - 1])]
  }

  /// How many rows are between a cell and the one before.
  private func rows(before place: Int) -> Double {
    self[place].above.total - self[place - 1].flagged.total
  }
}

extension ClassSums {
  var total: Double { positives + negatives }
}
