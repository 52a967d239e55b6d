import ParallelWork

/// Works out quantiles of metrics over samples of sorted rows, for any of the candidates.
struct SampledColumns {
  let metrics: [SampledMetric]
  private let draws: SampleDraws
  private let strata: [[[Int]]]
  /// The rows that count, strictest first.
  private let order: [Int]
  private let labels: [Bool]
  /// The rows themselves, then each family of tallies.
  private let sums: [RowSums]
  /// Of all rows: which groups count.
  private let layout: TallyLayout

  /// The most values that are held at once.
  private static let mostValues = 1 << 23

  init(
    _ metrics: [SampledMetric], _ draws: SampleDraws, _ order: [Int], _ labels: [Bool],
    _ sums: [RowSums], _ layout: TallyLayout
  ) {
    (self.metrics, self.draws, self.order, self.labels) = (metrics, draws, order, labels)
    (self.sums, self.layout) = (sums, layout)
    strata = draws.strata(order, labels)
  }

  /// The quantiles at candidates, by metric; NaN where undefined.
  ///
  /// - Parameter ends: How many rows each candidate flags, ascending.
  /// - Complexity: O(samples · (rows + candidates · log samples)); at most 64 MB, or as many values
  ///   as there are samples and metrics.
  func quantiles(
    at ends: [Int], _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [[Double]] {
    let width = max(1, Self.mostValues / (draws.samples * metrics.count))
    var quantiles: [[Double]] = metrics.map { _ in [] }
    for start in stride(from: 0, to: ends.count, by: width) {
      let part = ends[start..<min(start + width, ends.count)]
      try addQuantiles(at: part, to: &quantiles, isCancelled)
    }
    return quantiles
  }

  private func addQuantiles(
    at ends: ArraySlice<Int>, to quantiles: inout [[Double]], _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    let samples = draws.samples
    let values = RowBuffer<Double>(count: metrics.count * ends.count * samples)
    let sampler = Sampler(self, capacity: min(ends.count, CandidateBlock.capacity))
    for number in 0..<samples {
      sampler.draw(number)
      sampler.forEachValue(at: ends) { metric, candidate, value in
        values.start[(metric * ends.count + candidate) * samples + number] = value
      }
      if isCancelled() { throw Cancelled() }
    }
    for (place, metric) in metrics.enumerated() {
      for candidate in ends.indices {
        let start = (place * ends.count + candidate - ends.startIndex) * samples
        let column = UnsafeMutableBufferPointer(start: values.start + start, count: samples)
        quantiles[place].append(metric.joined(column))
      }
      if isCancelled() { throw Cancelled() }
    }
  }

  /// One sample after the other: scratch memory.
  private final class Sampler {
    private let columns: SampledColumns
    private var times: [Int]
    private var wholes: [RowSums.Cursor] = []
    private let block: CandidateBlock
    private let programs: [BlockProgram]

    init(_ columns: SampledColumns, capacity: Int) {
      self.columns = columns
      times = Array(repeating: 0, count: columns.order.count)
      let lanes = Lanes.scalarCount
      block = CandidateBlock(
        capacity: (capacity + lanes - 1) / lanes * lanes, columns.layout, holdsUnflagged: true)
      programs = columns.metrics.map {
        BlockProgram(valueOf: Metric(expression: $0.expression), columns.layout)
      }
    }

    func draw(_ number: Int) {
      columns.draws.draw(number, columns.strata, into: &times)
      wholes = columns.sums.map { RowSums.Cursor($0) }
      pass(columns.order.indices, &wholes)
    }

    private func pass(_ places: Range<Int>, _ cursors: inout [RowSums.Cursor]) {
      for place in places where times[place] > 0 {
        for index in cursors.indices {
          for _ in 0..<times[place] { cursors[index].add(columns.order[place], columns.labels) }
        }
      }
    }

    /// Calls `body` with each metric's place, each candidate's, and the value on the sample.
    func forEachValue(at ends: ArraySlice<Int>, _ body: (Int, Int, Double) -> Void) {
      var cursors = wholes.map { RowSums.Cursor($0.sums, of: $0) }
      var (row, done) = (0, 0)
      for end in ends {
        pass(row..<end, &cursors)
        row = end
        block.append(cursors, as: 0)
        guard block.count == block.capacity || done + block.count == ends.count else { continue }
        for (metric, program) in programs.enumerated() {
          let column = program.run(
            block, positives: wholes[0].positive(0), negatives: wholes[0].negative(0))
          for place in 0..<block.count { body(metric, done + place, column[place]) }
        }
        done += block.count
        block.count = 0
      }
    }
  }
}

extension CandidateBlock {
  /// Writes what cursors have passed, and what is still to come of them, as one more candidate.
  func append(_ cursors: [RowSums.Cursor], as identity: Int) {
    truePositives[count] = cursors[0].positive(0)
    falsePositives[count] = cursors[0].negative(0)
    write(cursors[0].unflagged(0), at: count)
    identities[count] = UInt64(identity)
    if let tallied { write(cursors.dropFirst(), to: tallied) }
    count += 1
  }

  private func write(_ cursors: ArraySlice<RowSums.Cursor>, to tallied: TalliedColumns) {
    var column = 0
    for cursor in cursors {
      for group in 0..<cursor.sums.groups {
        let (spot, rest) = (column * capacity + count, cursor.unflagged(group))
        tallied.truePositives[spot] = cursor.positive(group)
        tallied.falsePositives[spot] = cursor.negative(group)
        tallied.trueNegatives[spot] = rest.negatives
        tallied.falseNegatives[spot] = rest.positives
        column += 1
      }
    }
  }
}
