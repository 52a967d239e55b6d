import Drawing
import Glibc
import ThrModel

extension MonitorResult: Drawable {
  static let plotSummary =
    "The evidence against a contract after each batch, and the alarm's limit."
  static let takesMarks = false

  func figure(_ options: PlotOptions) -> Figure {
    let evidence = [0] + content.history.map { $0 / log(10) }
    var figure = Figure(
      title: isAlarmed ? "Evidence against the contract: alarm" : "Evidence against the contract",
      xAxis: Figure.Axis("batch"), yAxis: Figure.Axis("evidence, as a power of ten"))
    figure.series.append(
      Figure.Series(
        .line, name: "mean evidence", x: evidence.indices.map { Double($0) }, y: evidence))
    figure.rules.append(Figure.Rule(.horizontal, at: log10(limit), label: "alarm"))
    return options.applied(to: figure)
  }
}
