import Drawing
import ThrModel

/// A value that `plot` draws, and that `write` draws to a picture.
///
/// A type adopts it beside its figure, in a file such as `Curve+Figure.swift`; `plot` and `write`
/// find it by the list of types.
protocol Drawable: LanguageObject {
  /// What is drawn, for help: “Metrics against the threshold.”
  static var plotSummary: String { get }

  /// Whether `mark` singles out thresholds in the figure.
  static var takesMarks: Bool { get }

  func figure(_ options: PlotOptions) throws -> Figure
}

extension Drawable {
  static var takesMarks: Bool { true }
}

/// A value of which several compare in one figure, each under its name.
protocol DrawnTogether: Drawable {
  /// - Parameter parts: at least one.
  static func figure(
    of parts: [(name: String, value: Self)], _ options: PlotOptions
  ) throws(CallError) -> Figure
}
