import Glibc

/// The least and greatest of the values seen that the axis can show.
struct DataRange: Hashable, Sendable {
  let scale: Figure.Axis.Scale
  private(set) var lower = Double.infinity
  private(set) var upper = -Double.infinity

  init(_ scale: Figure.Axis.Scale) { self.scale = scale }

  var isEmpty: Bool { lower > upper }

  mutating func include(_ value: Double) {
    guard AxisMap.shows(value, on: scale) else { return }
    if value < lower { lower = value }
    if value > upper { upper = value }
  }
}

extension AxisMap {
  /// The axis as asked for, or with the round ends that hold the data.
  init(_ axis: Figure.Axis, holding extent: DataRange) {
    if let range = axis.range, AxisMap.shows(range.lowerBound, on: axis.scale),
      AxisMap.shows(range.upperBound, on: axis.scale)
    {
      self =
        AxisMap(axis.scale, from: range.lowerBound, to: range.upperBound)
        ?? AxisMap(around: range.lowerBound, axis.scale)
    } else if extent.isEmpty {
      self = AxisMap(around: .nan, axis.scale)
    } else {
      let (lower, upper) = Self.roundEnds(of: extent)
      self =
        AxisMap(axis.scale, from: lower, to: upper)
        ?? AxisMap(axis.scale, from: extent.lower, to: extent.upper)
        ?? AxisMap(around: extent.lower, axis.scale)
    }
  }

  /// An axis with one value in its middle; the customary one if there is none.
  private init(around value: Double, _ scale: Figure.Axis.Scale) {
    let ends: (Double, Double) =
      switch scale {
      case .linear where value.magnitude > 1e-300 && value.magnitude < 1e300:
        (value - value.magnitude / 2, value + value.magnitude / 2)
      case .linear: value == 0 ? (-1, 1) : (0, 1)
      case .normalDeviate: (0.001, 0.999)
      }
    let whole: (Double, Double) = scale == .linear ? (-1e308, 1e308) : (1e-308, 1e308)
    guard
      let map = AxisMap(scale, from: ends.0, to: ends.1)
        ?? AxisMap(scale, from: whole.0, to: whole.1)
    else { preconditionFailure("the customary ends are apart") }
    self = map
  }

  private static func roundEnds(of extent: DataRange) -> (Double, Double) {
    let (lower, upper) = (extent.lower, extent.upper)
    guard lower < upper else { return (.nan, .nan) }
    switch extent.scale {
    case .linear: return linearEnds(lower, upper)
    case .normalDeviate:
      return (
        customaryShares.last { $0 <= lower * (1 + 1e-9) } ?? lower,
        customaryShares.first { $0 >= upper * (1 - 1e-9) } ?? upper
      )
    }
  }

  private static func linearEnds(_ lower: Double, _ upper: Double) -> (Double, Double) {
    // The least slack that still ends at a number people read as round.
    let length = upper / 10 - lower / 10
    let magnitude = pow(10, floor(log10(length)))
    guard magnitude > 0, magnitude.isFinite else { return (lower, upper) }
    let step = ([1, 2, 5].first { $0 * magnitude >= length * (1 - 1e-9) } ?? 10) * magnitude
    let ends = (floor(lower / step + 1e-9) * step, ceil(upper / step - 1e-9) * step)
    return ends.0.isFinite && ends.1.isFinite ? ends : (lower, upper)
  }
}

/// The shares that stand on a normal deviate axis, in ascending order.
let customaryShares: [Double] = [
  0.00001, 0.0001, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 0.9999, 0.99999,
]
