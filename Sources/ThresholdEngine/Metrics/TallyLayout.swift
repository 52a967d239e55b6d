/// The tallies that a question needs, each in its place, with their totals on the rows at hand.
final class TallyLayout: Hashable, Sendable {
  let places: [Tally: Int]
  /// How much of each class every tally holds.
  let positives: [Double]
  let negatives: [Double]
  /// For each part that speaks of groups, those in which it has a value at some threshold.
  let groups: [GroupedMetric: [Int]]
  /// The other groups.
  let leftOut: [GroupedMetric: [Int]]

  init(
    places: [Tally: Int], positives: [Double], negatives: [Double],
    groups: [GroupedMetric: [Int]], leftOut: [GroupedMetric: [Int]] = [:]
  ) {
    self.places = places
    self.positives = positives
    self.negatives = negatives
    self.groups = groups
    self.leftOut = leftOut
  }

  var count: Int { positives.count }

  static func == (one: TallyLayout, other: TallyLayout) -> Bool {
    one === other
      || one.places == other.places && one.positives == other.positives
        && one.negatives == other.negatives && one.groups == other.groups
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(positives)
    hasher.combine(negatives)
  }
}

/// The counts of every tally at one threshold.
struct TalliedCounts: Hashable, Sendable {
  let layout: TallyLayout
  var flagged: [ClassSums]
  var unflagged: [ClassSums]
  /// What all of them are multiplied by.
  var factor = 1.0

  func lanes(of place: Int) -> CountLanes {
    let (flagged, unflagged) = (flagged[place], unflagged[place])
    return CountLanes(
      tp: Lanes(repeating: factor * flagged.positives),
      fp: Lanes(repeating: factor * flagged.negatives),
      tn: Lanes(repeating: factor * unflagged.negatives),
      fn: Lanes(repeating: factor * unflagged.positives))
  }
}
