import Glibc

/// Why scores cannot be judged as probabilities.
public enum ProbabilityError: Error, Hashable, Sendable {
  /// How many rows have scores outside 0…1, and the first of them; `row` is `nil` where an entry
  /// stands for many rows.
  case outsideUnitInterval(count: Int, first: Double, row: Int?)
}

extension ProbabilityError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outsideUnitInterval(let count, let first, let row):
      "\(count) of the scores \(count == 1 ? "is not a probability" : "are not probabilities"); "
        + "the first is \(first)" + (row.map { " in row \($0)" } ?? "")
    }
  }
}

/// Log loss: the weighted mean of -log(p), where p is the probability given to the true label.
///
/// Probabilities are clipped to 2⁻⁵² from 0 and 1, as in scikit-learn, so that one row does not
/// make the whole infinite.
///
/// - Complexity: O(*n*).
public func logLoss(_ scores: Scores) throws(ProbabilityError) -> Double {
  try scores.meanOverRows(logLoss)
}

/// The log loss of one row.
func logLoss(_ probability: Double, _ label: Bool) -> Double {
  let certain = Double.ulpOfOne
  return -log(min(max(label ? probability : 1 - probability, certain), 1 - certain))
}

/// Brier score (Brier 1950): the weighted mean squared difference of score and label.
///
/// - Complexity: O(*n*).
public func brier(_ scores: Scores) throws(ProbabilityError) -> Double {
  try scores.meanOverRows(brierLoss)
}

/// The squared difference of one row.
func brierLoss(_ probability: Double, _ label: Bool) -> Double {
  let miss = label ? 1 - probability : probability
  return miss * miss
}

/// Sums over some rows.
private struct LossSum: Sendable {
  var loss = CompensatedSum()
  var whole = CompensatedSum()
}

extension Scores {
  @inline(__always)
  fileprivate func meanOverRows(
    _ loss: @escaping @Sendable (Double, Bool) -> Double
  ) throws(ProbabilityError) -> Double {
    try refuseBeyondUnitInterval()
    // Piece by piece, so that the order of additions does not depend on who makes them.
    let pieces = RowPass.uncancelled(0..<count, from: [Int: LossSum]()) {
      [values, labels, weights] sums, rows in
      var sum = LossSum()
      for row in rows {
        let weight = weights?[row] ?? 1
        sum.loss.add(weight, times: loss(values[row], labels[row]))
        sum.whole.add(weight)
      }
      sums[rows.lowerBound] = sum
    } join: {
      $0.merge($1) { one, _ in one }
    }
    var sum = LossSum()
    for (_, piece) in pieces.sorted(by: { $0.key < $1.key }) {
      sum.loss.add(piece.loss)
      sum.whole.add(piece.whole)
    }
    return sum.loss.value / sum.whole.value
  }

  func refuseBeyondUnitInterval() throws(ProbabilityError) {
    guard extent.lowerBound < 0 || extent.upperBound > 1 else { return }
    let outside = values.indices.filter { !(0...1).contains(values[$0]) }
    guard let first = outside.first else { return }
    guard isCounted, let weights else {
      throw .outsideUnitInterval(count: outside.count, first: values[first], row: first)
    }
    let rows = outside.reduce(0) { $0 + Int(weights[$1]) }
    throw .outsideUnitInterval(count: rows, first: values[first], row: nil)
  }
}
