/// Which samples of the rows a quantile of a metric is over.
public struct SampleDraws: Sendable {
  /// How many samples.
  public var samples: Int
  public var seed: UInt64
  /// Rows that are drawn together; rows of each class by themselves where `nil`.
  public var units: RowFacts.Groups?

  public init(samples: Int = 1_000, seed: UInt64 = 1, units: RowFacts.Groups? = nil) {
    (self.samples, self.seed, self.units) = (samples, seed, units)
  }

  /// What is drawn from: the members of each stratum, each with its places among the rows.
  ///
  /// - Parameters:
  ///   - order: The rows that count, strictest first.
  ///   - labels: Of all rows.
  func strata(_ order: [Int], _ labels: [Bool]) -> [[[Int]]] {
    guard let units else {
      return [true, false].map { label in
        order.indices.filter { labels[order[$0]] == label }.map { [$0] }
      }
    }
    var members: [[Int]] = []
    var positions: [Int32: Int] = [:]
    for (place, row) in order.enumerated() {
      let unit = units.codes[row]
      // A row without a unit is one of its own.
      if unit >= 0, let position = positions[unit] {
        members[position].append(place)
      } else {
        if unit >= 0 { positions[unit] = members.count }
        members.append([place])
      }
    }
    return [members]
  }

  /// How often a sample holds each row: as many members of every stratum as there are, with
  /// replacement.
  ///
  /// - Parameter times: One for each row that counts, strictest first.
  func draw(_ number: Int, _ strata: [[[Int]]], into times: inout [Int]) {
    for place in times.indices { times[place] = 0 }
    var stream = DrawStream(seed: seed, number: number)
    for members in strata where !members.isEmpty {
      let bound = UInt64(members.count)
      let rejected = DrawStream.rejected(below: bound)
      for _ in members.indices {
        for place in members[stream.integer(below: bound, rejected: rejected)] { times[place] += 1 }
      }
    }
  }
}
