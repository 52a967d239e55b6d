/// Approximate mean and standard deviation of a column.
///
/// Both serve as a change of coordinates only, so that a sample of a long column is as good; but
/// the spread is 0 only where really all values are equal.
struct ColumnSpread {
  let centre: Double
  let spread: Double

  private static let sampleSize = 4096

  init(_ column: [Double]) {
    let step = max(1, column.count / Self.sampleSize)
    let sample = stride(from: 0, to: column.count, by: step).map { column[$0] }
    if !sample.varies, step > 1, column.varies {
      self.init(sample: column)
    } else {
      self.init(sample: sample)
    }
  }

  private init(sample: [Double]) {
    guard sample.varies else {
      self.init(centre: sample.first ?? 0, spread: 0)
      return
    }
    // Scaled by a power of two, so that neither sums nor squares leave the range.
    let largest = sample.reduce(0) { max($0, $1.magnitude) }
    let unit = Double(sign: .plus, exponent: Int(largest.exponent), significand: 1)
    let count = Double(sample.count)
    let mean = sample.reduce(0) { $0 + $1 / unit / count }
    let variance = sample.reduce(0) { sum, value in
      let distance = value / unit - mean
      return sum + distance * distance / count
    }
    self.init(centre: mean * unit, spread: variance.squareRoot() * unit)
  }

  private init(centre: Double, spread: Double) {
    self.centre = centre
    self.spread = spread
  }
}

extension [Double] {
  fileprivate var varies: Bool { first.map { first in contains { $0 != first } } ?? false }
}
