import ParallelWork

/// The Cholesky factor of a symmetric positive definite matrix, scaled to a diagonal of ones first.
///
/// Where rounding leaves a pivot that is not positive, it is replaced by 1: the solution is then
/// that of another definite matrix, which still leads downhill.
struct SymmetricFactor {
  let size: Int
  private var lower: [Double]
  private let scales: [Double]

  /// Pivots this small are rounding errors.
  private static let leastPivot = 1e-15

  /// - Parameter matrix: Row by row; only its lower triangle is read.
  /// - Complexity: O(size³); whether to stop is asked once a row.
  init(_ matrix: [Double], size: Int, isCancelled: () -> Bool) throws(Cancelled) {
    self.size = size
    scales = (0..<size).map {
      let diagonal = matrix[$0 * size + $0]
      return diagonal > 0 && diagonal.isFinite ? 1 / diagonal.squareRoot() : 1
    }
    lower = matrix
    for row in 0..<size {
      if isCancelled() { throw Cancelled() }
      factorise(row)
    }
  }

  private mutating func factorise(_ row: Int) {
    let scale = scales[row]
    lower.withUnsafeMutableBufferPointer { lower in
      let own = row * size
      for column in 0...row {
        let other = column * size
        var sum = lower[own + column] * scale * scales[column]
        for k in 0..<column { sum -= lower[own + k] * lower[other + k] }
        guard column == row else {
          lower[own + column] = sum / lower[other + column]
          continue
        }
        lower[own + row] = sum > Self.leastPivot ? sum.squareRoot() : 1
      }
    }
  }

  /// The last number on the matrix's diagonal.
  var lastDiagonal: Double { 1 / (scales[size - 1] * scales[size - 1]) }

  /// The x of matrix · x = `vector`, in O(size²).
  func solve(_ vector: [Double]) -> [Double] {
    var x = zip(vector, scales).map { $0 * $1 }
    for row in 0..<size {
      for k in 0..<row { x[row] -= lower[row * size + k] * x[k] }
      x[row] /= lower[row * size + row]
    }
    for row in (0..<size).reversed() {
      x[row] /= lower[row * size + row]
      for k in 0..<row { x[k] -= lower[row * size + k] * x[row] }
    }
    return zip(x, scales).map { $0 * $1 }
  }
}
