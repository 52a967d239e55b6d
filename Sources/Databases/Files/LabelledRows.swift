import TableIO

/// The rows of a batch that count: with a score, a label and a weight above 0.
struct LabelledRows {
  let batch: Table
  /// Their scores, with 0 for -0.
  private(set) var scores: [Double] = []
  private(set) var isPositive: [Bool] = []
  /// Their weights; empty where all are 1.
  private(set) var weights: [Double] = []
  /// Their positions in the batch; empty where all of its rows count.
  private(set) var positions: [Int] = []
  /// How many of them are positive.
  private(set) var positives = 0

  init(
    _ batch: Table, _ source: FileScores, _ positive: PositiveLabels
  ) throws(DatabaseError) {
    self.batch = batch
    let scores = try batch.numbers(source.score)
    let labels = try batch.labels(source.label, positive)
    let weights: [Double]? =
      if let weight = source.weight { try batch.numbers(weight) } else { nil }
    self.scores.reserveCapacity(batch.rows)
    isPositive.reserveCapacity(batch.rows)
    for row in 0..<batch.rows {
      guard !scores[row].isNaN, let label = labels[row] else { continue }
      if let weights {
        if weights[row].isNaN { continue }
        try batch.check(weight: weights[row], ofRow: row)
      }
      if let weights {
        if weights[row] == 0 { continue }
        self.weights.append(weights[row])
      }
      if label { positives += 1 }
      self.scores.append(scores[row] + 0)
      isPositive.append(label)
      positions.append(row)
    }
    if positions.count == batch.rows { positions = [] }
  }

  /// How much a row counts.
  @inline(__always)
  func weight(_ row: Int) -> Double { weights.isEmpty ? 1 : weights[row] }

  /// The numbers of another column in the rows that count; NaN for a missing one.
  func numbers(_ name: String) throws(DatabaseError) -> [Double] {
    let all = try batch.numbers(name)
    return positions.isEmpty ? all : positions.map { all[$0] }
  }
}

extension Table {
  /// The numbers of a column, NaN for a missing one; a column without values has no others.
  func numbers(_ name: String) throws(DatabaseError) -> [Double] {
    do throws(TableError) {
      let column = try column(name)
      if column.missingCount == column.count {
        return [Double](repeating: .nan, count: column.count)
      }
      return try column.numbers().values
    } catch { throw .table(error) }
  }

  /// Whether each row is positive; `nil` without a label.
  fileprivate func labels(
    _ name: String, _ positive: PositiveLabels
  ) throws(DatabaseError) -> [Bool?] {
    let column: Column
    do throws(TableError) { column = try self.column(name) } catch { throw .table(error) }
    switch column.values {
    case .numbers(let numbers):
      guard case .number(let positive) = positive else {
        return numbers.values.map { $0.isNaN ? nil : false }
      }
      return numbers.values.map { $0.isNaN ? nil : $0 == positive }
    case .texts(let texts):
      guard case .texts(let isPositive) = positive else {
        return texts.codes.map { $0 == TextValues.missingCode ? nil : false }
      }
      let levels = texts.levels.map(isPositive)
      return texts.codes.map { $0 == TextValues.missingCode ? nil : levels[Int($0)] }
    }
  }

  /// Refuses a weight that is none.
  func check(weight: Double, ofRow row: Int) throws(DatabaseError) {
    guard weight >= 0, weight.isFinite else { throw .badWeight(weight, place: place(ofRow: row)) }
  }
}
