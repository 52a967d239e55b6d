import Glibc

/// A cubic smoothing spline, as R's `smooth.spline(x, y, spar=1, nknots=.nknots.smspl(n))`.
///
/// It minimises the squared distances to the points plus λ times the integral of the squared second
/// derivative, on knots at some of the points; λ = 256^(3·spar − 1)·tr(X'X)/tr(Σ). It is made of the
/// same steps as R's (`sbart.c`, `sgram.f`), whose integrals take 0.333 for a third, so that the
/// values are equal but for rounding.
struct SmoothingSpline {
  /// On points scaled to 0…1, the ends four times.
  private let knots: [Double]
  private let coefficients: [Double]
  /// The trace of the matrix that turns the values into the smoothed ones (Hastie and Tibshirani
  /// 1990, section 3.5), which R reports as `df`.
  private let degreesOfFreedom: Double

  /// The smoothed values at the points themselves; `nil` for fewer than 4 points, or where the
  /// numbers are too large.
  ///
  /// - Parameters:
  ///   - x: Ascending, all different and finite.
  ///   - y: Finite.
  /// - Complexity: O(*n* + knots²); there are at most a few hundred knots.
  static func fitted(_ x: [Double], _ y: [Double], spar: Double = 1)
    -> (values: [Double], degreesOfFreedom: Double)?
  {
    guard x.count >= 4, x.count == y.count else { return nil }
    let (first, width) = (x[0], x[x.count - 1] - x[0])
    guard width > 0, width.isFinite else { return nil }
    let places = x.map { ($0 - first) / width }
    guard let spline = SmoothingSpline(places, y, spar: spar) else { return nil }
    let fitted = places.map(spline.value)
    return fitted.allSatisfy(\.isFinite) ? (fitted, spline.degreesOfFreedom) : nil
  }

  private init?(_ x: [Double], _ y: [Double], spar: Double) {
    let knots = Self.knots(x)
    let count = knots.count - 4
    var (gram, sides) = (BandedMatrix(count), [Double](repeating: 0, count: count))
    for (x, y) in zip(x, y) {
      let interval = knots.interval(of: x)
      let basis = knots.basis(order: 4, at: x, interval)
      for (place, value) in basis.enumerated() {
        sides[interval - 3 + place] += value * y
        for other in place..<4 { gram[interval - 3 + place, other - place] += value * basis[other] }
      }
    }
    let penalty = BandedMatrix(penaltyOn: knots)
    let middle = 2..<max(3, count - 3)
    let ratio = middle.map { gram[$0, 0] }.reduce(0, +) / middle.map { penalty[$0, 0] }.reduce(0, +)
    let lambda = ratio * pow(16, spar * 6 - 2)
    let system = gram + lambda * penalty
    guard lambda.isFinite, let solved = system.solved(sides), let trace = gram.trace(over: system)
    else { return nil }
    self.knots = knots
    coefficients = solved
    degreesOfFreedom = trace
  }

  private func value(_ x: Double) -> Double {
    let interval = knots.interval(of: x)
    let basis = knots.basis(order: 4, at: x, interval)
    return (0..<4).reduce(0) { $0 + basis[$1] * coefficients[interval - 3 + $1] }
  }

  /// All of few points, and some of many.
  private static func knots(_ x: [Double]) -> [Double] {
    let count = knotCount(x.count)
    let step = Double(x.count - 1) / Double(count - 1)
    let (first, last) = (x[0], x[x.count - 1])
    // The last place is exact even where the step is rounded, as in R's `seq.int`.
    let inner = (0..<count - 1).map { x[Int(1 + Double($0) * step) - 1] } + [last]
    return [first, first, first] + inner + [last, last, last]
  }

  /// R's `.nknots.smspl`.
  static func knotCount(_ points: Int) -> Int {
    let n = Double(points)
    func between(_ low: Double, _ high: Double, _ from: Double, _ width: Double) -> Int {
      Int(exp2(log2(low) + (log2(high) - log2(low)) * (n - from) / width))
    }
    switch points {
    case ..<50: return points
    case ..<200: return between(50, 100, 50, 150)
    case ..<800: return between(100, 140, 200, 600)
    case ..<3200: return between(140, 200, 800, 2400)
    default: return Int(200 + pow(n - 3200, 0.2))
    }
  }
}

// MARK: - B-splines

extension [Double] {
  /// The last knot at or before a point that has a later one after it.
  fileprivate func interval(of x: Double) -> Int {
    var (low, high) = (3, count - 4)
    while high - low > 1 {
      let middle = (low + high) / 2
      if self[middle] <= x { low = middle } else { high = middle }
    }
    return low
  }

  /// The splines of an order that are not 0 between a knot and the next (de Boor 1978).
  fileprivate func basis(order: Int, at x: Double, _ interval: Int) -> [Double] {
    var values = [1.0]
    for degree in 1..<Swift.max(order, 1) {
      var next = [Double](repeating: 0, count: degree + 1)
      for place in 0..<degree {
        let (left, right) = (self[interval + 1 + place - degree], self[interval + 1 + place])
        let share = right > left ? values[place] / (right - left) : 0
        next[place] += share * (right - x)
        next[place + 1] += share * (x - left)
      }
      values = next
    }
    return values
  }

  /// The second derivatives of the four cubic splines.
  fileprivate func curvature(at x: Double, _ interval: Int) -> [Double] {
    var values = basis(order: 2, at: x, interval)
    for degree in 2...3 {
      var next = [Double](repeating: 0, count: degree + 1)
      for place in 0..<degree {
        let (left, right) = (self[interval + 1 + place - degree], self[interval + 1 + place])
        let slope = right > left ? Double(degree) * values[place] / (right - left) : 0
        next[place] -= slope
        next[place + 1] += slope
      }
      values = next
    }
    return values
  }
}

/// A symmetric matrix with three diagonals beside the main one.
private struct BandedMatrix {
  /// Each row from the main diagonal on.
  private var rows: [SIMD4<Double>]

  init(_ size: Int) { rows = Array(repeating: .zero, count: size) }

  /// The integrals of the products of second derivatives.
  init(penaltyOn knots: [Double]) {
    self.init(knots.count - 4)
    for interval in 3..<knots.count - 4 where knots[interval + 1] > knots[interval] {
      let width = knots[interval + 1] - knots[interval]
      let start = knots.curvature(at: knots[interval], interval)
      let rise = zip(knots.curvature(at: knots[interval + 1], interval), start).map { $0 - $1 }
      for one in 0..<4 {
        for other in one..<4 {
          let mixed = (rise[one] * start[other] + rise[other] * start[one]) * 0.5
          let product = start[one] * start[other] + mixed + rise[one] * rise[other] * 0.333
          self[interval - 3 + one, other - one] += width * product
        }
      }
    }
  }

  subscript(row: Int, offset: Int) -> Double {
    get { rows[row][offset] }
    set { rows[row][offset] = newValue }
  }

  static func + (one: Self, other: Self) -> Self {
    var sum = one
    for row in sum.rows.indices { sum.rows[row] += other.rows[row] }
    return sum
  }

  static func * (factor: Double, matrix: Self) -> Self {
    var product = matrix
    for row in product.rows.indices { product.rows[row] *= factor }
    return product
  }

  /// The trace of this matrix times the inverse of another; `nil` where that is not definite.
  ///
  /// O(size²).
  func trace(over system: BandedMatrix) -> Double? {
    var trace = 0.0
    for column in rows.indices {
      var sides = [Double](repeating: 0, count: rows.count)
      for other in max(column - 3, 0)...min(column + 3, rows.count - 1) {
        sides[other] = self[min(column, other), abs(column - other)]
      }
      guard let solved = system.solved(sides) else { return nil }
      trace += solved[column]
    }
    return trace
  }

  /// The solution of a system by Cholesky's factors; `nil` where the matrix is not definite.
  func solved(_ sides: [Double]) -> [Double]? {
    var (factor, x) = (self, sides)
    for row in rows.indices {
      guard factor[row, 0] > 0 else { return nil }
      let root = factor[row, 0].squareRoot()
      factor.rows[row] /= root
      x[row] /= root
      for next in 1..<4 where row + next < rows.count {
        x[row + next] -= factor[row, next] * x[row]
        for offset in 0..<4 - next {
          factor[row + next, offset] -= factor[row, next] * factor[row, next + offset]
        }
      }
    }
    for row in rows.indices.reversed() {
      for next in 1..<4 where row + next < rows.count {
        x[row] -= factor[row, next] * x[row + next]
      }
      x[row] /= factor[row, 0]
    }
    return x
  }
}
