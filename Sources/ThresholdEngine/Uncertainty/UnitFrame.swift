import ParallelWork

/// Rows in units that are drawn together, without regard to their class: for weighted rows, for
/// metrics of columns and groups, and where rows of a unit are alike.
final class UnitFrame: Resampled {
  /// The rows that count, strictest first.
  let rows: Scores
  /// The unit of each row.
  let codes: [Int32]
  let count: Int
  let classes: (positives: Int, negatives: Int)
  let values: [(chosen: Double?, standard: Double?)]
  /// All rows, for every metric.
  let whole: TalliedScores
  let expressions: [Metric.Expression]
  /// Whether a unit is a row and rows of each class are drawn: a guarantee is for that many.
  let isStratified: Bool

  var units: Int? { count }

  /// - Complexity: O(*n* log *n*).
  init(
    _ scores: Scores, _ units: RowFacts.Groups?, _ task: ResamplingTask, isCancelled: () -> Bool
  ) throws(BootstrapError) {
    let order = (0..<scores.count).filter { scores.weights?[$0] != 0 }
      .sorted { scores.values[$0] > scores.values[$1] }
    rows = scores.rows(order.map { ($0, 1) })
    (codes, count) = Self.codes(units, order)
    isStratified = task.question.certificate != nil
    classes = Self.classes(codes, count, rows.labels)
    expressions = task.question.expressions + task.metrics.map(\.expression)
    do throws(TuningError) {
      whole = try TalliedScores(
        rows, expressions, search: task.tuning.search, isCancelled: isCancelled)
    } catch {
      throw error == .cancelled ? .cancelled : .tuning(error)
    }
    let whole = whole
    let chosen = whole.confusion(at: task.tuning.outcome)
    let standard = task.tuning.default.map { whole.confusion(atLeast: $0.threshold) }
    values = task.metrics.map { metric in
      (metric.value(of: chosen), standard.flatMap { metric.value(of: $0) })
    }
  }

  func resampler(
    for task: ResamplingTask, _ isCancelled: @escaping () -> Bool
  ) -> any Resampling {
    UnitResampler(self, task, isCancelled)
  }

  /// A row without a unit is one of its own.
  private static func codes(
    _ units: RowFacts.Groups?, _ order: [Int]
  ) -> (codes: [Int32], count: Int) {
    guard let units else { return (order.indices.map { Int32($0) }, order.count) }
    var places: [Int32: Int32] = [:]
    var count: Int32 = 0
    let codes = order.map { row -> Int32 in
      let unit = units.codes[row]
      if unit >= 0, let place = places[unit] { return place }
      if unit >= 0 { places[unit] = count }
      count += 1
      return count - 1
    }
    return (codes, Int(count))
  }

  /// How many units have a row of each class.
  private static func classes(
    _ codes: [Int32], _ count: Int, _ labels: [Bool]
  ) -> (positives: Int, negatives: Int) {
    var (positive, negative) = (
      [Bool](repeating: false, count: count), [Bool](repeating: false, count: count)
    )
    for (code, label) in zip(codes, labels) {
      if label { positive[Int(code)] = true } else { negative[Int(code)] = true }
    }
    return (positive.count { $0 }, negative.count { $0 })
  }
}

extension Scores {
  /// Some of the rows, each as often as is said, with what is known of them.
  func rows(_ chosen: [(row: Int, times: Double)]) -> Scores {
    let rows = chosen.map(\.row)
    let weights = chosen.map { (self.weights?[$0.row] ?? 1) * $0.times }
    let scores = Scores(
      unchecked: rows.map { values[$0] }, rows.map { labels[$0] }, weights)
    guard let facts else { return scores }
    var some = RowFacts()
    some.columns = facts.columns.mapValues { column in rows.map { column[$0] } }
    some.conditions = facts.conditions.mapValues { truths in rows.map { truths[$0] } }
    some.groups = facts.groups.mapValues { groups in
      RowFacts.Groups(codes: rows.map { groups.codes[$0] }, count: groups.count)
    }
    return scores.knowing(some)
  }
}
