import Drawing
import NumberText
import TableIO
public import ThrModel
public import ThresholdEngine

extension Builtin {
  static let costCurve = Builtin(
    "cost_curve", .curves,
    "Cost curve: the threshold with the lowest cost at each ratio of the costs of mistakes.",
    documentation: """
      At the ratio r, a miss costs as much as r false alarms, and a threshold costs `fp + r*fn`. Each
      threshold that is cheapest at some ratio is a segment: `threshold`, for ratios from `lower` to
      `upper`. `tune(s, cost(fp=1, fn=r))` chooses the same threshold. `x` are 0, the ends of the
      segments and one ratio beyond, `y` the lowest cost there. Drummond and Holte's cost curve has
      normalised axes.
      """,
    example: "cost_curve(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])).threshold",
    Form(.model, .rows(nil)) { context, model, rows in
      CostCurveResult(
        try CostCurve(model.scores(of: rows).content, isCancelled: context.isCancelled))
    },
    Form(Parameter<ScoredRows>("scores", "The scores and labels.")) { context, scores in
      CostCurveResult(try CostCurve(scores.content, isCancelled: context.isCancelled))
    })
}

/// A cost curve of the language.
public struct CostCurveResult: LanguageObject {
  public static let typeName: ObjectType.Name = "cost_curve"

  public let content: CostCurve

  init(_ content: CostCurve) { self.content = content }

  /// Where segments meet, and a ratio beyond the last.
  var ratios: [Double] {
    let edges = content.segments.map(\.lower)
    return edges + [(edges.last ?? 0) > 0 ? 1.5 * (edges.last ?? 0) : 2]
  }

  var costs: [Double] {
    let segments = content.segments
    return ratios.enumerated().map { segments[min($0, segments.count - 1)].cost(at: $1) }
  }
}

extension ObjectType {
  static let costCurve = ObjectType(
    CostCurveResult.self,
    "For each ratio of the cost of a miss to that of a false alarm, the threshold with the lowest cost.",
    members: [
      MemberOf(
        "segments", .count, column: true, "Number of thresholds with the lowest cost at any ratio."
      ) {
        $0.content.segments.count
      },
      MemberOf("threshold", .threshold, "The threshold of each segment; none flags nothing.") {
        $0.content.segments.map(\.decision.threshold)
      },
      MemberOf("lower", "The lowest ratio at which each threshold is cheapest.") {
        $0.content.segments.map(\.lower)
      },
      MemberOf("upper", "The highest ratio at which each threshold is cheapest; none for the last.")
      {
        $0.content.segments.map { $0.upper.isFinite ? $0.upper : nil }
      },
      MemberOf("recall", .metric, "The recall of each threshold.") {
        $0.content.segments.map { Outcome(Metric.recall.value(of: $0.confusion)) }
      },
      MemberOf("flag_rate", .share, "The share of rows that each threshold flags.") {
        $0.content.segments.map { Outcome(Metric.flagRate.value(of: $0.confusion)) }
      },
      MemberOf("x", "Ratios: 0, each end of a segment, and one beyond the last.") { $0.ratios },
      MemberOf("y", "The lowest cost at each ratio of `x`, in false alarms.") { $0.costs },
    ], line: { "cost curve of \(counted($0.content.segments.count, "threshold"))" },
    text: { $0.text(on: $1) })
}

extension CostCurveResult {
  fileprivate func text(on surface: Surface) -> String {
    let table = TextTable(
      header: ["a miss costs", "threshold", "recall", "flag_rate"],
      rows: content.segments.map(\.cells)
    ).text(on: surface)
    guard content.segments.count > 1, let figure = try? figure(PlotOptions()) else { return table }
    return figure.text(on: surface.shorter(by: content.segments.count + 2)) + "\n\n" + table
  }
}

extension CostCurve.Segment {
  fileprivate var cells: [TextTable.Cell] {
    let rates = [
      Metric.recall.value(of: confusion).map(\.metricText) ?? "undefined",
      Metric.flagRate.value(of: confusion).map(NumberStyle.share.text) ?? "undefined",
    ]
    return [TextTable.Cell(range, isNumber: true)]
      + ([decision.text(on: plateau) ?? "none"] + rates).map { TextTable.Cell($0, isNumber: true) }
  }

  /// “0.83 – 2.4”, “over 7.1”.
  private var range: String {
    let low = lower.significantText(digits: 3)
    if upper.isFinite { return "\(low) – \(upper.significantText(digits: 3))" }
    return lower == 0 ? "any" : "over \(low)"
  }
}

extension CostCurveResult: Drawable {
  static let plotSummary = "A cost curve: the lowest cost at each ratio of costs."

  func figure(_ options: PlotOptions) throws(CallError) -> Figure {
    var figure = Figure(
      title: "Cost curve", xAxis: Figure.Axis("false alarms that a miss costs"),
      yAxis: Figure.Axis("cost in false alarms"),
      series: [Figure.Series(.lineWithPoints, x: ratios, y: costs)])
    for decision in options.decisions {
      guard let segment = content.segments.first(where: { $0.holds(decision.decision) }) else {
        continue
      }
      let end = segment.upper.isFinite ? segment.upper : ratios.last ?? segment.lower
      let middle = (segment.lower + end) / 2
      figure.marks.append(
        Figure.Mark(x: middle, y: segment.cost(at: middle), label: decision.label))
    }
    return options.applied(to: figure)
  }
}

extension CostCurve.Segment {
  /// Whether a decision flags the same rows.
  fileprivate func holds(_ other: Decision) -> Bool {
    guard let threshold = other.threshold else { return decision == .flagNothing }
    if let lower = plateau.lower, threshold <= lower { return false }
    return plateau.upper.map { threshold <= $0 } ?? true
  }
}

extension CostCurveResult: Tabular {
  static let tableSummary: String? = "The cost curve, a row for each threshold."

  var table: Table {
    get throws(CallError) {
      let segments = content.segments
      func share(_ metric: Metric) -> [Double] {
        segments.map { metric.value(of: $0.confusion) ?? .nan }
      }
      return try Table(named: [
        Column("lower", numbers: segments.map(\.lower)),
        Column("upper", numbers: segments.map { $0.upper.isFinite ? $0.upper : .nan }),
        Column("threshold", numbers: segments.map { $0.decision.threshold ?? .nan }),
        Column("recall", numbers: share(.recall)), Column("flag_rate", numbers: share(.flagRate)),
      ])
    }
  }
}
