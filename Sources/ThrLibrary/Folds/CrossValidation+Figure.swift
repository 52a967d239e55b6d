import Drawing
import ThrModel
import ThresholdEngine

extension CrossValidationResult: Drawable {
  static let plotSummary = "A cross-validation: the threshold of each fold."
  static var takesMarks: Bool { false }

  /// The best threshold of each fold by itself, and the rules' thresholds as lines.
  func figure(_ options: PlotOptions) -> Figure {
    let own = content.own.enumerated().compactMap { fold, decision in
      decision?.threshold.map { (Double(fold + 1), $0) }
    }
    var figure = Figure(
      title: "Thresholds by fold, \(content.metric.label)",
      xAxis: Figure.Axis("fold", range: 0...Double(content.own.count + 1)),
      yAxis: Figure.Axis("threshold"))
    figure.series = [
      Figure.Series(.points, name: "best of the fold", x: own.map(\.0), y: own.map(\.1))
    ]
    figure.rules = content.rules.compactMap { rule in
      guard let threshold = rule.decision?.threshold, threshold.isFinite else { return nil }
      return Figure.Rule(.horizontal, at: threshold, label: rule.rule.rawValue)
    }
    return options.applied(to: figure)
  }
}
