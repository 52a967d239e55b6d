import Algorithms

/// The thresholds of a grid: from, from + step, … below to, each the Double nearest to the decimal.
///
/// Neither summed nor multiplied in binary, since both miss by an ulp: 0.001 · 251 is not 0.251.
struct GridPoints {
  let count: Int
  private let from: Double
  private let inverseStep: Double
  /// The points between two NaNs, which no score is at or above, nor below.
  private let padded: [Double]

  static let most = 10_000_000

  /// 2⁵² · 1.5: a Double this large has no fraction, and its low bits count up from 0.
  private static let roundsToWhole = 0x1.8p52

  init(from: Double, to: Double, step: Double) throws(TuningError) {
    guard step > 0, step.isFinite else { throw .badStep(step) }
    guard from.isFinite, to.isFinite, from < to else { throw .badRange(from: from, to: to) }
    let expected = (to - from) / step
    guard expected <= Double(Self.most) + 1 else { throw .tooManyPoints(expected) }
    // One more than expected, since the quotient is rounded; then down to what lies below `to`.
    var points = DecimalSteps(from: from, step: step).padded(count: Int(expected) + 2)
    while let last = points.last, last >= to { points.removeLast() }
    guard points.count <= Self.most + 1 else { throw .tooManyPoints(expected) }
    points.append(.nan)
    count = points.count - 2
    padded = points
    inverseStep = 1 / step
    self.from = from
  }

  var points: ArraySlice<Double> { padded[1...count] }

  subscript(index: Int) -> Double { padded[index + 1] }

  /// Whether an estimate by division is at most one off: steps far above the points' own spacing.
  private var isEven: Bool {
    let reach = Double(count) + from.magnitude * inverseStep
    return reach < 0x1p40 && inverseStep.isFinite
  }

  /// Calls `body` with each score's row and how many points are at most the score.
  @inline(__always)
  func forEach(_ scores: UnsafeBufferPointer<Double>, _ body: (_ row: Int, _ atMost: Int) -> Void) {
    let (isEven, last) = (isEven, Double(count - 1))
    padded.withUnsafeBufferPointer { padded in
      for row in 0..<scores.count {
        let score = scores[row]
        guard isEven else {
          body(row, search(score))
          continue
        }
        let estimate = (score - from) * inverseStep
        let clamped = estimate < last ? (estimate > -1 ? estimate : -1) : last
        // Half up and rounded; the sum's low bits are the whole number, and nothing can trap.
        let shifted = (clamped + 0.5) + Self.roundsToWhole
        var atMost = Int(truncatingIfNeeded: Int32(truncatingIfNeeded: shifted.bitPattern))
        // The estimate is rounded: correct it by the points themselves.
        atMost &+= padded[atMost &+ 1] <= score ? 1 : 0
        atMost &-= padded[atMost] > score ? 1 : 0
        body(row, atMost)
      }
    }
  }

  /// Which point this is, if any.
  func index(of threshold: Double) -> Int? {
    let index = search(threshold) - 1
    return index >= 0 && self[index] == threshold ? index : nil
  }

  /// How many points are at most `score`.
  private func search(_ score: Double) -> Int {
    // Not `$0 > score`: a NaN is at most nothing.
    (0..<count).partitioningIndex { !(self[$0] <= score) }
  }
}
