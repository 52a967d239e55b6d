import Glibc

/// Eight closed intervals that hold all values that an expression can have; where it never has one,
/// the lower end is above the upper.
///
/// The ends are computed as the values are, and rounding never changes which of two numbers is the
/// greater: so the ends bound the computed values, not only the real ones. What the C library
/// computes is not known to be so, and gets some room.
struct LaneIntervals {
  var low: Lanes
  var high: Lanes

  static let all = LaneIntervals(
    low: Lanes(repeating: -.infinity), high: Lanes(repeating: .infinity))
  static let none = LaneIntervals(
    low: Lanes(repeating: .infinity), high: Lanes(repeating: -.infinity))

  /// What a logarithm, an exponential or a power may be off by, as a share of it.
  private static let libraryError = 1e-14

  init(low: Lanes, high: Lanes) {
    self.low = low
    self.high = high
  }

  /// One number everywhere; no value where it is NaN.
  init(_ number: Double) {
    let lanes = Lanes(repeating: number)
    self = number.isNaN ? .none : Self(low: lanes, high: lanes)
  }

  var isNone: SIMDMask<Lanes.MaskStorage> { low .> high }

  /// Without a value where one of two others has none.
  private func noneWhere(_ one: LaneIntervals, _ other: LaneIntervals) -> LaneIntervals {
    replacing(with: .none, where: one.isNone .| other.isNone)
  }

  func replacing(
    with other: LaneIntervals, where mask: SIMDMask<Lanes.MaskStorage>
  ) -> LaneIntervals {
    Self(
      low: low.replacing(with: other.low, where: mask),
      high: high.replacing(with: other.high, where: mask))
  }

  /// With room for a share of either end, and for a number.
  func widened(share: Double, by room: Double = 0) -> LaneIntervals {
    // Infinite ends stay where they are.
    let down = low - (low.magnitudes * share + room)
    let up = high + (high.magnitudes * share + room)
    return Self(
      low: down.replacing(with: low, where: down .!= down),
      high: up.replacing(with: high, where: up .!= up))
  }
}

// MARK: - Functions

extension Metric.Function {
  func apply(_ x: LaneIntervals) -> LaneIntervals {
    switch self {
    case .negative: LaneIntervals(low: -x.high, high: -x.low)
    case .abs: x.magnitudes
    case .sqrt: x.mapped(from: 0) { $0.squareRoot() }
    case .log: x.mapped(from: 0, Glibc.log).widenedForLibrary
    case .exp: x.mapped(from: -.infinity, Glibc.exp).widenedForLibrary
    }
  }
}

extension LaneIntervals {
  fileprivate var widenedForLibrary: LaneIntervals { widened(share: Self.libraryError) }

  fileprivate var magnitudes: LaneIntervals {
    let (one, other) = (low.magnitudes, high.magnitudes)
    let touchesZero = (low .<= 0) .& (high .>= 0)
    return Self(
      low: pointwiseMin(one, other).replacing(with: 0, where: touchesZero),
      high: pointwiseMax(one, other)
    ).replacing(with: .none, where: isNone)
  }

  /// What a rising function makes of the part at or above `least`.
  fileprivate func mapped(from least: Double, _ function: (Double) -> Double) -> LaneIntervals {
    var result = LaneIntervals.none
    for lane in 0..<Lanes.scalarCount where low[lane] <= high[lane] && high[lane] >= least {
      result.low[lane] = function(max(low[lane], least))
      result.high[lane] = function(high[lane])
    }
    return result
  }
}

// MARK: - Operators

extension Metric.Operator {
  func apply(_ x: LaneIntervals, _ y: LaneIntervals) -> LaneIntervals {
    switch self {
    case .plus: x + y
    case .minus: x + LaneIntervals(low: -y.high, high: -y.low)
    case .times: x * y
    case .dividedBy: x / y
    case .power: x.power(y)
    case .min: x.joined(y, pointwiseMin)
    case .max: x.joined(y, pointwiseMax)
    }
  }
}

extension LaneIntervals {
  fileprivate static func + (x: LaneIntervals, y: LaneIntervals) -> LaneIntervals {
    let (low, high) = (x.low + y.low, x.high + y.high)
    return LaneIntervals(
      low: low.replacing(with: -.infinity, where: low .!= low),
      high: high.replacing(with: .infinity, where: high .!= high)
    ).noneWhere(x, y)
  }

  fileprivate static func * (x: LaneIntervals, y: LaneIntervals) -> LaneIntervals {
    // 0 times an end that is not reached is 0.
    hull([x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high]).noneWhere(x, y)
  }

  fileprivate static func / (x: LaneIntervals, y: LaneIntervals) -> LaneIntervals {
    // Ends of 0 have the sign of the side that the divisor is on; by 0 itself nothing is divided.
    let low = y.low + 0
    let high = y.high.replacing(with: -0.0, where: y.high .== 0)
    return hull([x.low / low, x.low / high, x.high / low, x.high / high])
      .replacing(with: .all, where: (low .< 0) .& (high .> 0))
      .replacing(with: .none, where: (low .== 0) .& (high .== 0))
      .noneWhere(x, y)
  }

  fileprivate func joined(_ y: LaneIntervals, _ choose: (Lanes, Lanes) -> Lanes) -> LaneIntervals {
    LaneIntervals(low: choose(low, y.low), high: choose(high, y.high)).noneWhere(self, y)
  }

  /// The least and the greatest of corners; NaN counts as 0.
  private static func hull(_ corners: [Lanes]) -> LaneIntervals {
    let numbers = corners.map { $0.replacing(with: 0, where: $0 .!= $0) }
    return LaneIntervals(
      low: numbers.dropFirst().reduce(numbers[0], pointwiseMin),
      high: numbers.dropFirst().reduce(numbers[0], pointwiseMax))
  }

  fileprivate func power(_ y: LaneIntervals) -> LaneIntervals {
    var result = LaneIntervals.none
    for lane in 0..<Lanes.scalarCount where low[lane] <= high[lane] && y.low[lane] <= y.high[lane] {
      let power = Self.power(low[lane]...high[lane], y.low[lane]...y.high[lane])
      (result.low[lane], result.high[lane]) =
        power.map { ($0.lowerBound, $0.upperBound) }
        ?? (.infinity, -.infinity)
    }
    return result.widenedForLibrary
  }

  /// `nil` where no power has a value.
  private static func power(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
  ) -> ClosedRange<Double>? {
    guard x.lowerBound < 0 else { return powerOfPositive(x, y) }
    guard y.lowerBound == y.upperBound, y.lowerBound.isFinite else {
      return -.infinity ... .infinity
    }
    let exponent = y.lowerBound
    let isWhole = exponent.rounded() == exponent
    // A fractional power of a number below 0 has no value.
    if !isWhole {
      return x.upperBound < 0 ? nil : powerOfPositive(0...x.upperBound, y)
    }
    if exponent < 0 { return -.infinity ... .infinity }
    if exponent.truncatingRemainder(dividingBy: 2) != 0 {
      return pow(x.lowerBound, exponent)...pow(x.upperBound, exponent)
    }
    let (one, other) = (x.lowerBound.magnitude, x.upperBound.magnitude)
    return powerOfPositive((x.upperBound >= 0 ? 0 : min(one, other))...max(one, other), y)
  }

  /// A power of a number of at least 0 rises or falls in each of both for any value of the other.
  private static func powerOfPositive(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
  ) -> ClosedRange<Double>? {
    let corners = [x.lowerBound, x.upperBound].flatMap { base in
      [y.lowerBound, y.upperBound].map { pow(base, $0) }
    }
    guard !corners.contains(where: \.isNaN), let low = corners.min(), let high = corners.max()
    else { return -.infinity ... .infinity }
    return low...high
  }
}

extension Lanes {
  fileprivate var magnitudes: Lanes { replacing(with: -self, where: self .< 0) }
}
