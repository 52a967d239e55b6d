import NumberText
import TableIO
public import ThrModel
public import ThresholdEngine

/// A reliability curve as a value of the language.
public struct CalibrationResult: LanguageObject {
  public static let typeName: ObjectType.Name = "calibration"

  public let content: ReliabilityCurve
  /// Whether each row counts as one, so that the bins' uncertainty is known.
  public let isUnweighted: Bool
  /// The group of its rows, if it is one of several.
  var group: GroupKey?

  init(_ content: ReliabilityCurve, isUnweighted: Bool) {
    self.content = content
    self.isUnweighted = isUnweighted
  }
}

extension ObjectType {
  static let calibration = ObjectType(
    CalibrationResult.self,
    "A reliability curve: predicted probability and observed share of positives in bins of scores.",
    members: [
      .group(),
      MemberOf(
        "error", .metric, column: true,
        "Expected calibration error: the mean absolute difference of predicted and observed share "
          + "over the bins, weighted by their rows."
      ) {
        $0.content.error
      },
      MemberOf("strategy", column: true, "How the bins are formed: “quantile” or “uniform”.") {
        $0.content.binning.rawValue
      },
      MemberOf("bins", .count, column: true, "Number of bins that contain rows.") {
        $0.content.bins.count
      },
      MemberOf("predicted", .metric, "The mean score in each bin.") {
        $0.content.bins.map(\.predicted)
      },
      MemberOf("observed", .metric, "The share of positives in each bin.") {
        $0.content.bins.map(\.observed)
      },
      MemberOf("rows", .count, "Number of rows in each bin.") { $0.content.bins.map(\.rows) },
      MemberOf("lower", .metric, "Lower edge of each bin, exclusive except in the first.") {
        $0.content.bins.map(\.lower)
      },
      MemberOf("upper", .metric, "Upper edge of each bin, inclusive.") {
        $0.content.bins.map(\.upper)
      },
    ], hint: { "expected error \($0.content.error.metricText)" }, line: { $0.line },
    text: { $0.text(on: $1) })
}

extension CalibrationResult {
  fileprivate var line: String {
    "calibration in \(counted(content.bins.count, "bin")), expected error "
      + content.error.metricText
  }

  fileprivate func text(on surface: Surface) -> String {
    let rows = content.bins.map { bin in
      [
        TextTable.Cell(
          "\(bin.lower.significantText(digits: 3)) – \(bin.upper.significantText(digits: 3))",
          isNumber: true),
        TextTable.Cell(Double(bin.rows).countText, isNumber: true),
        TextTable.Cell(bin.predicted.shareText, isNumber: true),
        TextTable.Cell(bin.observed.shareText, isNumber: true),
      ]
    }
    let table = TextTable(header: ["scores", "rows", "predicted", "observed"], rows: rows).text
    guard let figure = try? figure(PlotOptions()) else { return table }
    return figure.text(on: surface) + "\n\n" + table
  }

  /// Wilson's interval (1927) of a bin's observed share, which 90 % of such intervals hold.
  func interval(of bin: ReliabilityCurve.Bin) -> ClosedRange<Double> {
    let (rows, quantile) = (Double(bin.rows), 1.6448536269514722)
    let square = quantile * quantile / rows
    let centre = (bin.observed + square / 2) / (1 + square)
    let spread = bin.observed * (1 - bin.observed) / rows + square / (4 * rows)
    let reach = quantile * spread.squareRoot() / (1 + square)
    return max(centre - reach, 0)...min(centre + reach, 1)
  }
}

extension Double {
  /// Three decimals, or three digits where that would say too little.
  fileprivate var shareText: String {
    self == 0 || self >= 0.01 ? metricText : significantText(digits: 3)
  }
}

extension CalibrationResult: Tabular {
  static let tableSummary: String? = "The calibration, a row for each bin."

  var table: Table {
    get throws(CallError) {
      let bins = content.bins
      return try Table(named: [
        Column("lower", numbers: bins.map(\.lower)), Column("upper", numbers: bins.map(\.upper)),
        Column("rows", numbers: bins.map { Double($0.rows) }),
        Column("predicted", numbers: bins.map(\.predicted)),
        Column("observed", numbers: bins.map(\.observed)),
      ])
    }
  }
}
