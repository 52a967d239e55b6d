import Drawing
import NumberText
import ThrModel
import ThresholdEngine

extension CalibrationResult: DrawnTogether {
  static let plotSummary = "A reliability curve."

  func figure(_ options: PlotOptions) throws(CallError) -> Figure {
    try Figure(calibrations: [(nil, self)], options)
  }

  static func figure(
    of parts: [(name: String, value: Self)], _ options: PlotOptions
  ) throws(CallError) -> Figure {
    try Figure(calibrations: parts.map { ($0.name, $0.value) }, options)
  }
}

extension Figure {
  /// One plot of reliability curves, each with the interval of its bins.
  init(
    calibrations: [(name: String?, result: CalibrationResult)], _ options: PlotOptions
  ) throws(CallError) {
    let bins = calibrations.flatMap(\.result.content.bins)
    guard !bins.isEmpty else { throw .nothingToPlot }
    let top = bins.reduce(0) { max($0, $1.predicted, $1.observed) }.roundAbove
    let error = calibrations.count == 1 ? calibrations[0].result.content.error.metricText : nil
    self.init(
      title: "Calibration" + (error.map { ", expected error \($0)" } ?? ""),
      xAxis: Axis("mean score", range: 0...top, tickFormat: .percent),
      yAxis: Axis("share of positives", range: 0...top, tickFormat: .percent), isSquare: true)
    series.append(.reference("perfect", [0, 1], [0, 1]))
    for (name, result) in calibrations {
      // Several bands on top of each other would hide the curves.
      if calibrations.count == 1, result.isUnweighted { series.append(result.band) }
      series.append(result.line(named: name))
    }
    rules += options.decisions.compactMap { $0.rule() }
    self = options.applied(to: self)
  }
}

extension CalibrationResult {
  fileprivate var band: Figure.Series {
    let intervals = content.bins.map(interval)
    return Figure.Series(
      .area, name: "90 % interval", x: content.bins.map(\.predicted),
      y: intervals.map(\.upperBound), lower: intervals.map(\.lowerBound), role: .uncertainty)
  }

  fileprivate func line(named name: String?) -> Figure.Series {
    let label = name.map { "\($0), expected error \(content.error.metricText)" }
    return Figure.Series(
      .lineWithPoints, name: label ?? "\(counted(content.bins.count, "bin"))",
      x: content.bins.map(\.predicted), y: content.bins.map(\.observed))
  }
}

extension Double {
  /// The least of …, 0.1, 0.2, 0.5, 1 that is no less, at most 1.
  fileprivate var roundAbove: Double {
    let steps = (0..<6).flatMap { decade in [1, 2, 5].map { Double("\($0)e-\(6 - decade)") ?? 1 } }
    return steps.first { $0 >= self } ?? 1
  }
}
