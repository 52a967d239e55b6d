extension Figure {
  /// A single point shown as a large dot, such as the chosen threshold on a curve.
  public struct Mark: Hashable, Sendable {
    public var x: Double
    public var y: Double
    /// Stands beside the dot: `threshold 0.016, recall 0.93`.
    public var label: String

    public init(x: Double, y: Double, label: String = "") {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// A line across the whole plot, or the strip between two values.
  public struct Rule: Hashable, Sendable {
    public var direction: Direction
    /// Where the line stands, on the x axis if vertical, on the y axis if horizontal.
    public var value: Double
    /// An interval around or beside the line, shown as a strip: a plateau, a confidence interval.
    public var interval: ClosedRange<Double>?
    /// Stands beside the line.
    public var label: String

    public enum Direction: Hashable, Sendable {
      case horizontal
      case vertical
    }

    public init(
      _ direction: Direction, at value: Double, interval: ClosedRange<Double>? = nil,
      label: String = ""
    ) {
      self.direction = direction
      self.value = value
      self.interval = interval
      self.label = label
    }
  }
}
