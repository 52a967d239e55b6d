extension Figure {
  /// The size of a picture, in pixels of 1/96 inch; in PDF in points.
  public struct Size: Hashable, Sendable {
    public let width: Double
    public let height: Double

    /// Lengths are held within 120…5,000; what is not a number becomes the least.
    public init(width: Double, height: Double) {
      self.width = Self.held(width)
      self.height = Self.held(height)
    }

    private static func held(_ length: Double) -> Double {
      // `max` would let a NaN through.
      length > 120 ? min(length.rounded(), 5_000) : 120
    }
  }

  /// The size a figure has where none is asked for: 560 × 560 if square, else 720 × 440.
  public var standardSize: Size {
    isSquare ? Size(width: 560, height: 560) : Size(width: 720, height: 440)
  }

  public enum Theme: Hashable, Sendable {
    case light
    case dark
  }
}
