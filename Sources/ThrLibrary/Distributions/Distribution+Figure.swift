import Drawing
import NumberText
import ThrModel
import ThresholdEngine

extension DistributionResult: Drawable {
  static let plotSummary = "The distribution of the scores of both classes."

  func figure(_ options: PlotOptions) throws(CallError) -> Figure {
    var figure = Figure(
      title: "Scores of both classes", xAxis: Figure.Axis("score", range: ends),
      yAxis: Figure.Axis("density", range: densityRange))
    figure.series = [
      series(
        label("negative", content.allNegatives, content.negatives), content.negativeDensities,
        .negativeClass),
      series(
        label("positive", content.allPositives, content.positives), content.positiveDensities,
        .positiveClass),
    ].filter { $0.y.contains { $0 > 0 } }
    figure.rules = options.decisions.compactMap { $0.rule() }
    return options.applied(to: figure)
  }

  /// From 0 to a little above the highest bin, so that no bar touches the frame.
  private var densityRange: ClosedRange<Double>? {
    let highest = (content.negativeDensities + content.positiveDensities).max() ?? 0
    return highest > 0 && highest < 1e300 ? 0...(1.05 * highest) : nil
  }

  private var ends: ClosedRange<Double>? {
    guard let lower = content.edges.first, let upper = content.edges.last else { return nil }
    return lower...upper
  }

  /// The class with its rows, and how many of them are in no bin, as their scores are infinite.
  private func label(_ name: String, _ all: Double, _ bins: [Double]) -> String {
    let infinite = all - bins.reduce(0, +)
    let isInBins = infinite < 1e-9 * all
    return "\(name) (\(all.countText)" + (isInBins ? ")" : ", \(infinite.countText) infinite)")
  }

  /// The outline of the bins, which leaves room for the other class' after it.
  private func series(
    _ name: String, _ densities: [Double], _ role: Figure.Series.Role
  ) -> Figure.Series {
    let edges = content.edges
    return Figure.Series(
      .area, name: name,
      x: densities.indices.flatMap { [edges[$0], edges[$0 + 1]] },
      y: densities.flatMap { [$0, $0] }, role: role)
  }
}

extension ScoredRows: Drawable {
  static let plotSummary = "Scores: their distribution is drawn."

  func figure(_ options: PlotOptions) throws(CallError) -> Figure {
    try Builtin.distribution(self).figure(options)
  }
}
