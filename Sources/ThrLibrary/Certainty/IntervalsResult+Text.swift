import NumberText
import ThrModel
import ThresholdEngine

extension Metric {
  /// A value for people: three decimals, sums such as a cost as counts are written.
  func valueText(_ value: Double) -> String {
    if value.isInfinite { return value < 0 ? "-∞" : "∞" }
    let isBounded = range.map { $0.upperBound.isFinite } ?? false
    if !isBounded, value == value.rounded() { return value.countText }
    return NumberStyle.metric.text(value)
  }
}

extension Confidence.Interval {
  /// “0.565 – 0.777”, as values of a metric.
  func text(of metric: Metric) -> String {
    let ends = [lower, upper].map(metric.valueText)
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) – \(ends[1])"
  }
}

extension MetricInterval {
  /// Name, value and interval.
  fileprivate var cells: [TextTable.Cell] {
    [
      TextTable.Cell(metric.description),
      TextTable.Cell(value.map(metric.valueText) ?? "undefined", isNumber: true),
      TextTable.Cell(interval?.text(of: metric) ?? ""),
    ]
  }
}

extension IntervalsResult {
  private static let shown: [[Metric]] = [
    [.recall, .specificity, .precision, .npv], [.f1, .mcc, .youden, .gmean],
  ]

  var line: String {
    let parts = (asked.isEmpty ? [.recall, .precision, .f1] : asked.prefix(3)).compactMap {
      metric in
      self[metric]?.interval.map { "\(metric) \($0.text(of: metric))" }
    }
    return "intervals, \(percentText(level)): " + parts.joined(separator: ", ")
  }

  func text(on surface: Surface) -> String {
    let notes = [basis, emptyCell, unsettled].compactMap { $0 }.joined(separator: "\n")
    return [table(on: surface), notes].joined(separator: "\n\n")
  }

  /// Shares beside the others, then what was asked for beside these; one column where two do not
  /// fit.
  private func table(on surface: Surface) -> String {
    let columns = Self.shown.map { $0.compactMap { self[$0] } }
    let others = asked.filter { metric in !Self.shown.joined().contains(metric) }
      .compactMap { self[$0] }
    let header = ["", "value", "\(percentText(level)) interval"]
    let pairs = zip(columns[0], columns[1]).map { $0.cells + $1.cells }
    let wide = TextTable(header: header + header, rows: pairs).text(fitting: .max)
    if wide.split(separator: "\n").allSatisfy({ $0.count <= surface.width }) {
      let rest = TextTable(header: header, rows: others.map(\.cells)).text(on: surface)
      return others.isEmpty ? wide : wide + "\n\n" + rest
    }
    return TextTable(header: header, rows: (columns.joined() + others).map(\.cells))
      .text(on: surface)
  }

  /// How the intervals were computed.
  var basis: String {
    let bootstrap = "\(counted(samples, "sample")), prevalence drawn, seed \(seed)"
    if let unit { return "bootstrap of units of `\(unit)`, \(bootstrap)" + fewUnits(unitCount) }
    if isWeighted { return "bootstrap of weighted rows, \(bootstrap)" }
    let method = shares == .wilson ? "Wilson" : "Clopper-Pearson"
    return "shares: \(method); others: bootstrap, \(bootstrap)"
  }

  /// What no sample can show, as these rows do not.
  private var emptyCell: String? {
    let counts = evaluation.confusion
    let cells = [
      (counts.falseNegatives, "no positive is missed"),
      (counts.falsePositives, "no negative is flagged"),
      (counts.truePositives, "no positive is flagged"),
      (counts.trueNegatives, "every negative is flagged"),
    ]
    guard counts.positives > 0, counts.negatives > 0,
      let fact = cells.first(where: { $0.0 == 0 })?.1
    else { return nil }
    return "\(fact), and so in every sample: bootstrap intervals are too narrow"
  }

  /// “50 positives are too few for a narrow interval: recall 0.57 to 0.78”: the widest of shares.
  private var unsettled: String? {
    let counts = evaluation.confusion
    let trials: [(metric: Metric, count: Double, noun: String)] = [
      (.recall, counts.positives, "positive"), (.specificity, counts.negatives, "negative"),
      (.precision, counts.flagged, "flag"), (.npv, counts.total - counts.flagged, "unflagged row"),
    ]
    let widths = trials.compactMap { trial in
      self[trial.metric]?.interval.map { (trial, $0, width: $0.upper - $0.lower) }
    }
    guard !isWeighted, unit == nil, let (trial, interval, width) = widths.max(by: { $0.2 < $1.2 }),
      width > Self.settled
    else { return nil }
    let count = Int(trial.count)
    return
      "\(counted(count, trial.noun)) \(count == 1 ? "is" : "are") too few for a narrow interval: "
      + "\(trial.metric) \(interval.lower.fixedText(decimals: 2)) to "
      + interval.upper.fixedText(decimals: 2)
  }

  /// A share is settled where its interval is no wider.
  private static let settled = 0.1
}

/// A line for units that are too few to draw from; empty for 20 and more.
func fewUnits(_ count: Int?) -> String {
  guard let count, count < 20 else { return "" }
  return "\n\(counted(count, "unit")): fewer than 20 give no more than a rough guess"
}
