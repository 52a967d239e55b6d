import Algorithms
import Drawing
import NumberText
import ThrModel
import ThresholdEngine

extension CurveResult: DrawnTogether {
  static let plotSummary = "A curve: `roc(…)`, `pr(…)`, `det(…)`, `gains(…)`."

  func figure(_ options: PlotOptions) throws(CallError) -> Figure {
    try Figure(curves: [NamedCurve(name: nil, curve: content)], options)
  }

  static func figure(
    of parts: [(name: String, value: Self)], _ options: PlotOptions
  ) throws(CallError) -> Figure {
    try Figure(
      curves: parts.map { NamedCurve(name: $0.name, curve: $0.value.content) }, options)
  }
}

/// A curve among others.
struct NamedCurve {
  /// `nil` where it needs none, as it is alone.
  let name: String?
  let curve: Curve

  /// The name, and the area that sums it up.
  var legend: String {
    guard let name else { return curve.kind == .decision ? "model" : "" }
    return curve.areaText.map { "\(name), \($0)" } ?? name
  }
}

extension Figure {
  /// One plot of curves of the same kind.
  init(curves: [NamedCurve], _ options: PlotOptions) throws(CallError) {
    guard let kind = curves.first?.curve.kind else { throw .nothingToPlot }
    guard curves.allSatisfy({ $0.curve.kind == kind }) else { throw .mixedCurves }
    let texts = kind.texts
    let isAlone = curves.count == 1
    let area = isAlone ? curves[0].curve.areaText.map { ", \($0)" } ?? "" : ""
    self.init(
      title: (isAlone ? texts.title : texts.plural) + area, xAxis: kind.xAxis,
      yAxis: kind.yAxis(curves.map(\.curve)), isSquare: kind.isSquare)
    series = kind.references(curves.map(\.curve)) + curves.map(\.series)
    for curve in curves { add(curve, isAlone: isAlone, options) }
    if kind == .decision {
      rules.append(Rule(.horizontal, at: 0, label: "treat none"))
      rules += options.decisions.compactMap { $0.rule() }
    }
    self = options.applied(to: self)
  }

  private mutating func add(_ named: NamedCurve, isAlone: Bool, _ options: PlotOptions) {
    let curve = named.curve
    guard curve.kind != .decision else { return }
    for decision in options.decisions {
      guard let index = curve.index(of: decision.decision) else { continue }
      marks.append(
        Mark(
          x: curve.x(at: index), y: curve.y(at: index),
          label: isAlone ? curve.label(of: decision, at: index) : decision.label))
    }
    // Of several curves the legend says enough; their best points lie on top of each other.
    guard isAlone, options.marksBest, let metric = curve.kind.customaryMetric,
      let index = curve.index(ofBest: metric),
      let value = metric.value(of: curve.confusion(at: index))
    else { return }
    let place = curve.thresholdText(at: index).map { "threshold \($0)" } ?? "flag nothing"
    marks.append(
      Mark(
        x: curve.x(at: index), y: curve.y(at: index),
        label: "\(place), \(metric.label) \(value.metricText)"))
  }
}

extension NamedCurve {
  fileprivate var series: Figure.Series {
    switch curve.kind {
    case .precisionRecall:
      // The first precision holds from no recall on: the area under the steps is the area shown.
      Figure.Series(
        .stepsBefore, name: legend, x: [0] + curve.x, y: [curve.y.first ?? .nan] + curve.y)
    default: Figure.Series(.line, name: legend, x: curve.x, y: curve.y)
    }
  }
}

extension Curve {
  /// A point's threshold as a decimal that decides the same rows; `nil` where nothing is flagged.
  fileprivate func thresholdText(at index: Int) -> String? {
    let lower = index + 1 < count ? threshold(at: index + 1) : nil
    return threshold(at: index).map { $0.thresholdText(above: lower, upTo: $0) }
  }

  /// “AUC 0.983”.
  var areaText: String? {
    guard let area else { return nil }
    switch kind {
    case .roc: return "AUC \(area.metricText)"
    case .precisionRecall: return "average precision \(area.metricText)"
    default: return nil
    }
  }

  /// The last point that is no stricter than the decision: the point with its counts.
  fileprivate func index(of decision: Decision) -> Int? {
    guard let threshold = decision.threshold else {
      return count > 0 && self.threshold(at: 0) == nil ? 0 : nil
    }
    let stricter = (0..<count).partitioningIndex {
      self.threshold(at: $0) ?? .infinity < threshold
    }
    return stricter > 0 ? stricter - 1 : nil
  }

  /// “threshold 0.5, recall 0.583, fpr 0.001”; of a tuning its metric's value.
  fileprivate func label(of decision: DecisionArgument, at index: Int) -> String {
    if case .tuning = decision { return decision.labelWithValue }
    let names = kind.texts.members
    return "\(decision.label), \(names.y) \(y(at: index).metricText), "
      + "\(names.x) \(x(at: index).metricText)"
  }
}
