// Truth in lanes: 1 is true, 0 false, NaN unknown.

/// Kleene's logic.
enum Truth {
  static func and(_ x: Lanes, _ y: Lanes) -> Lanes {
    (x * y).replacing(with: 0, where: (x .== 0) .| (y .== 0))
  }

  static func or(_ x: Lanes, _ y: Lanes) -> Lanes { not(and(not(x), not(y))) }

  static func not(_ x: Lanes) -> Lanes { 1 - x }
}

enum Shortfall {
  static func both(_ x: Lanes, _ y: Lanes) -> Lanes {
    x.replacing(with: y, where: y .> x) + (y - y)
  }

  static func either(_ x: Lanes, _ y: Lanes) -> Lanes {
    x.replacing(with: y, where: (y .< x) .| (x .!= x))
  }
}

extension Constraint.Comparison {
  var opposite: Self {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  func truth(_ x: Lanes, _ y: Lanes) -> Lanes {
    let holds =
      switch self {
      case .less: x .< y
      case .lessOrEqual: x .<= y
      case .greater: x .> y
      case .greaterOrEqual: x .>= y
      }
    let truth = Lanes().replacing(with: 1, where: holds)
    return truth.replacing(with: .nan, where: (x .!= x) .| (y .!= y))
  }

  func shortfall(_ x: Lanes, _ y: Lanes) -> Lanes {
    switch self {
    case .less: gap(x, y, atEquality: .leastNonzeroMagnitude)
    case .lessOrEqual: gap(x, y, atEquality: 0)
    case .greater: gap(y, x, atEquality: .leastNonzeroMagnitude)
    case .greaterOrEqual: gap(y, x, atEquality: 0)
    }
  }

  /// By how much `x` exceeds `y`, relative to the greater magnitude.
  private func gap(_ x: Lanes, _ y: Lanes, atEquality: Double) -> Lanes {
    let difference = x - y
    let (width, height) = (
      x.replacing(with: -x, where: x .< 0), y.replacing(with: -y, where: y .< 0)
    )
    let relative = difference / width.replacing(with: height, where: height .> width)
    return
      relative
      .replacing(with: 1, where: difference .== .infinity)
      .replacing(with: 0, where: difference .< 0)
      .replacing(with: Lanes(repeating: atEquality), where: difference .== 0)
  }
}
