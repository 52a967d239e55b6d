import Drawing
import ThrModel
import ThresholdEngine

/// A result of which those of several groups make one figure.
protocol DrawnByGroup: InGroups {
  static var groupedPlotSummary: String { get }

  static func figure(of results: GroupedResults<Self>, _ options: PlotOptions) throws -> Figure
}

extension GroupedResults: Drawable where Element: DrawnByGroup {
  static var plotSummary: String { Element.groupedPlotSummary }
  static var takesMarks: Bool { false }

  func figure(_ options: PlotOptions) throws -> Figure {
    try Element.figure(of: self, options)
  }
}

extension EvaluationResult: DrawnByGroup {
  static let groupedPlotSummary = "Evaluations by group: the metrics of each group."

  static func figure(of results: EvaluationsByGroup, _ options: PlotOptions) -> Figure {
    Figure(byGroup: results, [.recall, .specificity, .precision, .f1], options) { result, metric in
      result.content.value(of: metric).map { [$0] } ?? []
    }
  }
}

extension IntervalsResult: DrawnByGroup {
  static let groupedPlotSummary =
    "Intervals by group: the metrics of each group, with their intervals."

  static func figure(of results: IntervalsByGroup, _ options: PlotOptions) -> Figure {
    let asked = results.overall.asked
    let metrics: [Metric] = asked.isEmpty ? [.recall, .specificity, .precision, .f1] : asked
    return Figure(byGroup: results, metrics, options) { result, metric in
      guard let found = result[metric], let value = found.value else { return [] }
      return [found.interval?.lower, value, found.interval?.upper].compactMap { $0 }
    }
  }
}

extension Figure {
  /// Metrics of groups beside each other, the group of all rows last.
  ///
  /// - Parameter values: The value of a metric, or the ends of its interval with the value between.
  fileprivate init<Element: InGroups>(
    byGroup results: GroupedResults<Element>, _ metrics: [Metric], _ options: PlotOptions,
    _ values: (Element, Metric) -> [Double]
  ) {
    let all = results.groups + [results.overall]
    self.init(
      title: "Metrics by \(results.by.joined(separator: ", "))",
      xAxis: Axis("group", range: 0...Double(all.count + 1)), yAxis: Axis("value"))
    let space = 0.5 / Double(max(metrics.count, 1))
    series = metrics.enumerated().map { place, metric in
      let shift = (Double(place) - Double(metrics.count - 1) / 2) * space
      var (x, y): ([Double], [Double]) = ([], [])
      for (group, result) in all.enumerated() {
        let values = values(result, metric)
        x += Array(repeating: Double(group + 1) + shift, count: values.count + 1)
        // What is no number ends the line of a group.
        y += values + [.nan]
      }
      return Series(.lineWithPoints, name: metric.label, x: x, y: y)
    }
    rules = all.enumerated().map { place, result in
      Rule(.vertical, at: Double(place + 1), label: result.group?.text ?? "all rows")
    }
    self = options.applied(to: self)
  }
}
