/// A figure as data: what is shown, not yet how.
///
/// It is drawn by ``terminal(width:height:colour:style:)``, ``svg(size:theme:)``, ``png(size:scale:theme:)``
/// and ``pdf(size:theme:)``, which agree on ranges, ticks and order. Nothing here is checked when it
/// is set: any numbers are allowed, and what has no place on the axes is left out and counted (see
/// ``undrawnCount``).
public struct Figure: Hashable, Sendable {
  public var title: String
  /// Description of the figure for people who cannot see it.
  ///
  /// Where it is empty, ``spokenDescription`` makes one from the axes, series and marks.
  public var description: String
  public var xAxis: Axis
  public var yAxis: Axis
  /// Drawn in this order, the last on top.
  public var series: [Series]
  /// Marked points, drawn above every series.
  public var marks: [Mark]
  /// Lines across the whole plot, such as a threshold.
  public var rules: [Rule]
  public var legend: Legend
  /// Whether the plot area is a square, as for curves between two rates.
  ///
  /// The terminal, whose columns are few, uses its full width instead.
  public var isSquare: Bool

  public enum Legend: Hashable, Sendable {
    /// Shown where a series or a rule has a name; placed where it covers no data.
    case automatic
    case hidden
  }

  public init(
    title: String, description: String = "", xAxis: Axis, yAxis: Axis, series: [Series] = [],
    marks: [Mark] = [], rules: [Rule] = [], legend: Legend = .automatic, isSquare: Bool = false
  ) {
    self.title = title
    self.description = description
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.series = series
    self.marks = marks
    self.rules = rules
    self.legend = legend
    self.isSquare = isSquare
  }
}
