extension Figure {
  /// One of the two axes.
  public struct Axis: Hashable, Sendable {
    /// Quantity on the axis, with its unit: `false positive rate`.
    public var label: String
    /// The values at the two ends; `nil` takes the least range with round ends that holds all
    /// data.
    ///
    /// A range the scale cannot show (infinite ends, 0 or 1 on a normal deviate scale) is
    /// replaced by that as well; one of no width is widened.
    public var range: ClosedRange<Double>?
    public var scale: Scale
    public var tickFormat: TickFormat

    public enum Scale: Hashable, Sendable {
      case linear
      /// The quantile of the standard normal distribution, for rates strictly between 0 and 1:
      /// the scale of detection error tradeoff curves.
      case normalDeviate
    }

    public enum TickFormat: Hashable, Sendable {
      /// `0.2`, `10,000`, `3×10⁷`.
      case plain
      /// A share as a percentage: 0.2 is `20%`.
      case percent
    }

    public init(
      _ label: String = "", range: ClosedRange<Double>? = nil, scale: Scale = .linear,
      tickFormat: TickFormat = .plain
    ) {
      self.label = label
      self.range = range
      self.scale = scale
      self.tickFormat = tickFormat
    }
  }
}
