extension Figure {
  /// Numbers drawn in one way, under one name.
  public struct Series: Hashable, Sendable {
    public var kind: Kind
    /// Stands in the legend, unless empty.
    public var name: String
    public var x: [Double]
    /// As many as `x`, for bars one fewer; what is too many in either is left out and counted.
    ///
    /// A value that is not finite interrupts a line.
    public var y: [Double]
    /// The lower edge of an area, as many as `y`; an area without it stands on zero.
    public var lower: [Double]
    public var role: Role

    public enum Kind: Hashable, Sendable {
      /// Straight lines from point to point, in the given order.
      case line
      /// A line with a dot at every point, for few points.
      case lineWithPoints
      /// Vertical, then horizontal: the value at a point holds from the previous point up to there.
      case stepsBefore
      /// Dots alone.
      case points
      /// The surface between `lower` and `y`: a density, or a band of uncertainty.
      case area
      /// Adjacent bars, as of a histogram: bar `i` reaches from `x[i]` to `x[i + 1]` and from zero
      /// to `y[i]`.
      case bars
    }

    /// Role of a series, from which its colour and dashes follow.
    public enum Role: Hashable, Sendable {
      /// A subject of the figure; the first, second, … such series differ in colour and dashes.
      case data
      /// Reference for the data, such as the no-skill line: grey and dotted.
      case reference
      /// The band of uncertainty of the series after it, whose colour it takes; without outlines
      /// and not in the legend.
      case uncertainty
      case positiveClass
      case negativeClass
    }

    public init(
      _ kind: Kind, name: String = "", x: [Double], y: [Double], lower: [Double] = [],
      role: Role = .data
    ) {
      self.kind = kind
      self.name = name
      self.x = x
      self.y = y
      self.lower = lower
      self.role = role
    }
  }
}
