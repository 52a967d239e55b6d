import Algorithms
import ParallelWork

/// Scored rows counted by columns, conditions and groups too: sorted once, every sum kept beside.
struct TalliedScores {
  let positives: Double
  let negatives: Double
  let extent: ClosedRange<Double>
  private let scores: Scores
  /// The rows that count, strictest first.
  private let order: [Int]
  /// How many rows each candidate flags, strictest first.
  private let ends: [Int]
  /// The threshold of each, where it is no score.
  private let points: [Double]?
  /// Of the rows themselves, then of each family of tallies, past all rows.
  private let wholes: [RowSums.Cursor]
  private(set) var layout: TallyLayout?
  /// What samples of the rows say, where a quantile over samples is asked.
  private var samples: SampledColumns?
  /// That at every candidate, by metric.
  private var quantiles: [[Double]] = []

  /// - Throws: `.unknownRows` where the rows' facts do not hold what the expressions ask.
  /// - Complexity: O(*n* log *n*), and O(*n*) for each column, condition and column of groups.
  init(
    _ scores: Scores, _ expressions: [Metric.Expression], search: Search = .exact,
    drawing draws: SampleDraws? = nil, isCancelled: () -> Bool
  ) throws(TuningError) {
    self.scores = scores
    let values = scores.values
    order = (0..<scores.count).filter { scores.weights?[$0] != 0 }
      .sorted { values[$0] > values[$1] }
    extent = values[order[order.count - 1]] + 0...values[order[0]] + 0
    (positives, negatives) = scores.classTotals
    (ends, points) = try Self.candidates(values, order, extent, search)
    var families = TallyFamilies(scores)
    for expression in expressions { try families.add(expression) }
    let rows = order[...]
    wholes = ([RowSums(scores)] + families.sums).map { sums in
      RowSums.Cursor(sums, past: rows, scores.labels)
    }
    let totals = wholes.dropFirst().flatMap(\.passed)
    layout = TallyLayout(
      places: families.places, positives: totals.map(\.positives),
      negatives: totals.map(\.negatives), groups: families.groups)
    if isCancelled() { throw .cancelled }
    try TuningError.ifCancelled { () throws(Cancelled) in
      try leaveOutUndefinedGroups(isCancelled)
      try sample(expressions, draws, [RowSums(scores)] + families.sums, isCancelled)
    }
  }

  /// Draws the samples that quantiles are over.
  private mutating func sample(
    _ expressions: [Metric.Expression], _ draws: SampleDraws?, _ sums: [RowSums],
    _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    var metrics: [SampledMetric] = []
    for part in expressions.flatMap(\.sampledParts) where !metrics.contains(part) {
      metrics.append(part)
    }
    guard let draws, !metrics.isEmpty, let layout else { return }
    let columns = SampledColumns(metrics, draws, order, scores.labels, sums, layout)
    let nothing = try columns.quantiles(at: [0], isCancelled).map { $0[0] }
    quantiles = try columns.quantiles(at: ends, isCancelled)
    samples = columns
    self.layout = TallyLayout(
      places: layout.places, positives: layout.positives, negatives: layout.negatives,
      groups: layout.groups, leftOut: layout.leftOut,
      samples: Dictionary(uniqueKeysWithValues: metrics.enumerated().map { ($1, $0) }),
      samplesOfNothing: nothing)
  }

  /// The quantiles over samples at any number of flagged rows; `nil` where undefined.
  private func sampled(flagging end: Int) -> [Double?] {
    guard let samples, let layout else { return [] }
    let place = ends.partitioningIndex { $0 >= end }
    let found =
      if end == 0 {
        layout.samplesOfNothing
      } else if place < ends.count, ends[place] == end {
        quantiles.map { $0[place] }
      } else {
        // Between the points of a grid.
        (try? samples.quantiles(at: [end], { false }))?.map { $0[0] } ?? []
      }
    return found.map { $0.isNaN ? nil : $0 }
  }

  var candidates: Int { ends.count }

  /// How many rows each candidate flags, and the points of a grid.
  private static func candidates(
    _ values: [Double], _ order: [Int], _ extent: ClosedRange<Double>, _ search: Search
  ) throws(TuningError) -> (ends: [Int], points: [Double]?) {
    guard case .grid(let from, let to, let step) = search else {
      let ends = order.indices.filter { place in
        place + 1 == order.count || values[order[place]] != values[order[place + 1]]
      }
      return (ends.map { $0 + 1 }, nil)
    }
    let grid = try GridPoints(from: from, to: to, step: step, on: extent)
    var (ends, points, end): ([Int], [Double], Int) = ([], [], 0)
    for point in grid.points.reversed() {
      while end < order.count, values[order[end]] >= point { end += 1 }
      guard end > 0 else { continue }
      ends.append(end)
      points.append(point)
    }
    return (ends, points)
  }
}

extension RowSums.Cursor {
  /// What it has passed of each group.
  fileprivate var passed: [ClassSums] {
    (0..<sums.groups).map { ClassSums(positives: positive($0), negatives: negative($0)) }
  }

  /// What is still to come of each group.
  fileprivate var toCome: [ClassSums] { (0..<sums.groups).map { unflagged($0) } }
}

// MARK: - Candidates

extension TalliedScores: CandidateSource {
  typealias Failure = Cancelled

  /// A candidate's identity is its position among the candidates.
  func threshold(of identity: UInt64) -> Double {
    points?[Int(identity)] ?? scores.values[order[ends[Int(identity)] - 1]] + 0
  }

  func plateau(of identity: UInt64?) -> Tuning.Plateau {
    guard let identity else { return Tuning.Plateau(lower: extent.upperBound, upper: nil) }
    let end = ends[Int(identity)]
    return Tuning.Plateau(
      lower: end < order.count ? scores.values[order[end]] + 0 : nil,
      upper: scores.values[order[end - 1]] + 0)
  }

  func confusion(atLeast threshold: Double) -> Confusion {
    confusion(flagging: order.partitioningIndex { scores.values[$0] < threshold })
  }

  func confusion(at decision: Decision) -> Confusion {
    decision.threshold.map(confusion(atLeast:)) ?? confusion(flagging: 0)
  }

  func confusion(of candidate: Choice.Candidate) -> Confusion {
    confusion(flagging: candidate.identity.map { ends[Int($0)] } ?? 0)
  }

  private func confusion(flagging end: Int) -> Confusion {
    let cursors = wholes.map {
      RowSums.Cursor($0.sums, past: order[..<end], scores.labels, of: $0)
    }
    var confusion = Confusion(
      tp: cursors[0].positive(0), fp: cursors[0].negative(0), positives: positives,
      negatives: negatives, unflagged: cursors[0].unflagged(0))
    let tallies = cursors.dropFirst()
    confusion.tallied = layout.map {
      TalliedCounts(
        layout: $0, flagged: tallies.flatMap(\.passed), unflagged: tallies.flatMap(\.toCome),
        sampled: sampled(flagging: end))
    }
    return confusion
  }

  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Cancelled) {
    let block = CandidateBlock(capacity: capacity, layout, holdsUnflagged: true)
    var cursors = wholes.map { RowSums.Cursor($0.sums, of: $0) }
    var (row, next) = (0, 0)
    while next < ends.count {
      block.count = 0
      while block.count < block.capacity, next < ends.count {
        for position in row..<ends[next] {
          for index in cursors.indices { cursors[index].add(order[position], scores.labels) }
        }
        row = ends[next]
        write(cursors, to: block, as: next)
        next += 1
      }
      body(block)
      if isCancelled() { throw Cancelled() }
    }
  }

  /// Fewer candidates a block where there are many tallies.
  private var capacity: Int {
    let tallies = max(1, layout?.count ?? 1)
    return min(CandidateBlock.capacity, max(Lanes.scalarCount, (1 << 20) / tallies / 8 * 8))
  }

  private func write(_ cursors: [RowSums.Cursor], to block: CandidateBlock, as candidate: Int) {
    for (place, column) in quantiles.enumerated() {
      block.sampled?[place * block.capacity + block.count] = column[candidate]
    }
    block.append(cursors, as: candidate)
  }

  /// Groups without a value at any threshold, such as recall where no row is positive, say nothing.
  private mutating func leaveOutUndefinedGroups(_ isCancelled: () -> Bool) throws(Cancelled) {
    guard let whole = layout, !whole.groups.isEmpty else { return }
    var defined: [GroupedMetric: Set<Int>] = [:]
    let programs = whole.groups.flatMap { grouped, groups in
      groups.map { group in
        let metric = Metric(expression: grouped.metric(in: group))
        return (grouped, group, BlockProgram(valueOf: metric, whole))
      }
    }
    try forEachBlock(isCancelled: isCancelled) { block in
      for (grouped, group, program) in programs
      where !defined[grouped, default: []].contains(group) {
        let values = program.run(block, positives: positives, negatives: negatives)
        if (0..<block.count).contains(where: { !values[$0].isNaN }) {
          defined[grouped, default: []].insert(group)
        }
      }
    }
    var (kept, leftOut): ([GroupedMetric: [Int]], [GroupedMetric: [Int]]) = ([:], [:])
    for (grouped, groups) in whole.groups {
      kept[grouped] = groups.filter { defined[grouped, default: []].contains($0) }
      leftOut[grouped] = groups.filter { !defined[grouped, default: []].contains($0) }
    }
    layout = TallyLayout(
      places: whole.places, positives: whole.positives, negatives: whole.negatives, groups: kept,
      leftOut: leftOut)
  }
}
