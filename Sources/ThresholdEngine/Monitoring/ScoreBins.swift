import Algorithms

/// How many rows have scores of each part of a range: a summary of scores that holds no row.
public struct ScoreBins: Hashable, Sendable {
  /// Where parts begin, ascending: a score belongs to the part above an edge that it equals.
  ///
  /// The first part is all below the first edge, the last all from the last edge on.
  public let edges: [Double]
  /// The number of rows in each part, one more than edges.
  public let counts: [Double]

  public init(edges: [Double], counts: [Double]) {
    self.edges = edges
    self.counts = counts
  }

  /// Parts of as equal numbers of rows as ties allow.
  ///
  /// - Parameter parts: at least 1.
  /// - Complexity: O(*n* log *n*).
  public init(_ scores: Scores, parts: Int) {
    let order = scores.values.indices.sorted { scores.values[$0] < scores.values[$1] }
    let share = Double(scores.rows) / Double(parts)
    var edges: [Double] = []
    var (filled, last) = (0.0, Double.nan)
    for row in order {
      let value = scores.values[row]
      // A part ends where it is nearly full and a greater score begins.
      if filled >= share - 0.5, value > last {
        edges.append(value)
        filled = 0
      }
      filled += scores.isCounted ? scores.weights?[row] ?? 1 : 1
      last = value
    }
    self.init(counting: scores, edges: edges)
  }

  /// The rows of other scores in the parts between the same edges.
  ///
  /// - Complexity: O(*n* log edges).
  public init(counting scores: Scores, edges: [Double]) {
    var counts = [Double](repeating: 0, count: edges.count + 1)
    for row in scores.values.indices {
      let value = scores.values[row]
      let part = edges.partitioningIndex { $0 > value }
      counts[part] += scores.isCounted ? scores.weights?[row] ?? 1 : 1
    }
    self.init(edges: edges, counts: counts)
  }
}
