// Truth in lanes: 1 is true, 0 false, NaN unknown.

extension Constraint.Node {
  func truth(_ counts: CountLanes) -> Lanes {
    switch self {
    case .comparison(let left, let comparison, let right):
      comparison.truth(left.value(counts), right.value(counts))
    case .and(let one, let other): Truth.and(one.truth(counts), other.truth(counts))
    case .or(let one, let other): Truth.or(one.truth(counts), other.truth(counts))
    case .not(let inner): 1 - inner.truth(counts)
    }
  }

  /// How far from true, or from false where `negated`; NaN where unknown.
  func shortfall(_ counts: CountLanes, negated: Bool) -> Lanes {
    switch self {
    case .comparison(let left, let comparison, let right):
      return (negated ? comparison.opposite : comparison)
        .shortfall(left.value(counts), right.value(counts))
    case .not(let inner):
      return inner.shortfall(counts, negated: !negated)
    case .and(let one, let other), .or(let one, let other):
      let parts = (
        one.shortfall(counts, negated: negated), other.shortfall(counts, negated: negated)
      )
      // De Morgan: to fail an `and` it is enough to fail the easier half.
      if case .and = self, !negated { return Shortfall.both(parts.0, parts.1) }
      if case .or = self, negated { return Shortfall.both(parts.0, parts.1) }
      return Shortfall.either(parts.0, parts.1)
    }
  }
}

/// Kleene's logic.
enum Truth {
  static func and(_ x: Lanes, _ y: Lanes) -> Lanes {
    (x * y).replacing(with: 0, where: (x .== 0) .| (y .== 0))
  }

  static func or(_ x: Lanes, _ y: Lanes) -> Lanes { 1 - and(1 - x, 1 - y) }
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
    return Lanes().replacing(with: 1, where: holds) + (x - x) + (y - y)
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
      .replacing(with: 0, where: difference .< 0)
      .replacing(with: Lanes(repeating: atEquality), where: difference .== 0)
  }
}
