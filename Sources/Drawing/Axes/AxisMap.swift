import Glibc

/// An axis with its ends fixed: where on its length, 0…1, a value stands.
struct AxisMap: Hashable, Sendable {
  let scale: Figure.Axis.Scale
  let lower: Double
  let upper: Double
  private let start: Double
  private let span: Double

  /// The map between two ends, or `nil` where the scale cannot show them or they coincide.
  init?(_ scale: Figure.Axis.Scale, from lower: Double, to upper: Double) {
    let start = Self.position(lower, scale)
    let span = Self.position(upper, scale) - start
    guard start.isFinite, span.isFinite, span > 0 else { return nil }
    (self.scale, self.lower, self.upper) = (scale, lower, upper)
    (self.start, self.span) = (start, span)
  }

  /// Where the value stands between the lower end (0) and the upper (1); NaN if it has no place.
  ///
  /// Far outside it is held within ±1e6, so that everything computed from it stays finite.
  func unit(_ value: Double) -> Double {
    let share = (Self.position(value, scale) - start) / span
    return share < -1e6 ? -1e6 : share > 1e6 ? 1e6 : share
  }

  /// Whether the scale has a place for the value, within the ends or outside.
  func shows(_ value: Double) -> Bool { Self.shows(value, on: scale) }

  static func shows(_ value: Double, on scale: Figure.Axis.Scale) -> Bool {
    switch scale {
    case .linear: value.isFinite
    case .normalDeviate: value > 0 && value < 1
    }
  }

  private static func position(_ value: Double, _ scale: Figure.Axis.Scale) -> Double {
    guard value.isFinite else { return .nan }
    switch scale {
    // Halved, so that the distance between the two greatest doubles is still a number.
    case .linear: return value * 0.5
    case .normalDeviate: return normalDeviate(value)
    }
  }
}
