/// Bootstrap samples of the rows of one or several scores: what each measure is worth for each
/// score on each sample.
///
/// A sample draws as many rows as there are, with replacement, the same for all scores.
public struct ScoreSamples: Sendable {
  private let scores: [Scores]
  private let units: [Int]?

  /// - Parameter units: Rows with the same number are drawn together; `nil` where each is drawn by
  ///   itself.
  /// - Precondition: the scores have the same labels and weights, row by row, and each entry is one
  ///   row.
  public init(_ scores: [Scores], units: [Int]? = nil) {
    self.scores = scores
    self.units = units
  }

  /// The measures of the rows themselves by score and measure; NaN where undefined.
  public func values(of measures: [ScoreMeasure]) -> [[Double]] {
    scores.map { score in
      MeasuredScores(score, for: measures).values(
        of: measures, score.weights ?? Array(repeating: 1, count: score.count))
    }
  }

  /// Values by score, measure and sample; NaN where undefined.
  ///
  /// Equal arguments give equal values, however many threads there are.
  ///
  /// - Complexity: O(*n* log *n*), then O(*n*) a sample.
  public func values(
    of measures: [ScoreMeasure], samples: Int, seed: UInt64,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(TuningError) -> [[[Double]]] {
    let measured = scores.map { MeasuredScores($0, for: measures) }
    let draws = RowDraws(rows: scores[0].count, units: units, weights: scores[0].weights)
    return try SampledValues.run(
      samples, entries: scores.count, measures: measures.count, seed: seed, isCancelled, progress
    ) { stream throws(TuningError) in
      let weights = draws.sample(&stream)
      var values: [Double] = []
      for score in measured {
        if isCancelled() { throw .cancelled }
        values += score.values(of: measures, weights)
      }
      return values
    }
  }
}

/// Draws rows, or units of rows, with replacement.
struct RowDraws: Sendable {
  private let rows: Int
  private let units: [Int]?
  private let weights: [Double]?
  /// How many rows or units there are to draw.
  private let count: Int

  init(rows: Int, units: [Int]?, weights: [Double]?) {
    self.rows = rows
    self.units = units
    self.weights = weights
    count = units.map { ($0.max() ?? 0) + 1 } ?? rows
  }

  /// How often each row was drawn, times its weight.
  func sample(_ stream: inout DrawStream) -> [Double] {
    var times = [Double](repeating: 0, count: count)
    let bound = UInt64(count)
    let rejected = DrawStream.rejected(below: bound)
    for _ in 0..<count { times[stream.integer(below: bound, rejected: rejected)] += 1 }
    if units == nil, weights == nil { return times }
    return (0..<rows).map { row in times[units?[row] ?? row] * (weights?[row] ?? 1) }
  }
}
