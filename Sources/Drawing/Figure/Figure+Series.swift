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

extension Figure.Series.Kind {
  /// Whether each of its points is a dot.
  var hasDots: Bool {
    switch self {
    case .lineWithPoints, .points: true
    case .line, .stepsBefore, .area, .bars: false
    }
  }

  /// Whether its points are joined.
  var isJoined: Bool {
    switch self {
    case .line, .lineWithPoints, .stepsBefore, .area, .bars: true
    case .points: false
    }
  }

  /// Whether it is a surface, which stands on zero or on a lower edge.
  var isSurface: Bool {
    switch self {
    case .area, .bars: true
    case .line, .lineWithPoints, .stepsBefore, .points: false
    }
  }

  /// Whether a value reaches from its place to the next one, so that there is one place more.
  var reachesNextPlace: Bool {
    switch self {
    case .bars: true
    case .line, .lineWithPoints, .stepsBefore, .points, .area: false
    }
  }

  /// Whether it may have a lower edge.
  fileprivate var takesLower: Bool {
    switch self {
    case .area: true
    case .line, .lineWithPoints, .stepsBefore, .points, .bars: false
    }
  }
}

extension Figure.Series {
  /// Whether it stands on a lower edge of its own.
  var hasLower: Bool { kind.takesLower && !lower.isEmpty }

  /// How many points, or bars, have all their numbers.
  var placeCount: Int {
    let places = kind.reachesNextPlace ? max(x.count - 1, 0) : x.count
    return min(places, y.count, hasLower ? lower.count : Int.max)
  }
}
