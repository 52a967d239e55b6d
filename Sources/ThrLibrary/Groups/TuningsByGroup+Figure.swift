import Drawing
import ThrModel
import ThresholdEngine

extension TuningResult: DrawnByGroup {
  static let groupedPlotSummary = "Tunings by group: the metric of each against the threshold."

  static func figure(of results: TuningsByGroup, _ options: PlotOptions) throws -> Figure {
    var figure: Figure?
    for tuning in results.groups {
      var own = try tuning.figure(options)
      for index in own.series.indices { own.series[index].name = tuning.group?.text ?? "" }
      // Several strips on top of each other would hide the lines.
      own.rules = []
      guard figure != nil else {
        figure = own
        continue
      }
      figure?.series += own.series
      figure?.marks += own.marks
    }
    guard let figure else { throw CallError.nothingToPlot }
    return options.applied(to: figure)
  }
}
