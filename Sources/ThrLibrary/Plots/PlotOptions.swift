import Drawing
import NumberText
import ThrModel
import ThresholdEngine

/// The options of `plot` for all that it plots.
struct PlotOptions {
  var marks = Marks.best
  var title: String?
  var xRange: ClosedRange<Double>?
  var yRange: ClosedRange<Double>?
  /// Whether the work should stop, where a figure takes long to make.
  var isCancelled: @Sendable () -> Bool = { false }

  /// Which points are singled out.
  enum Marks {
    /// Where the metric is best that belongs to the plot: G-mean on ROC, F1 on precision-recall.
    case best
    case decisions([DecisionArgument])
  }

  /// The decisions asked for; empty where the plot is to choose by itself.
  var decisions: [DecisionArgument] {
    guard case .decisions(let decisions) = marks else { return [] }
    return decisions.flatMap(\.single)
  }

  var marksBest: Bool { if case .best = marks { true } else { false } }

  /// Puts what was asked for in place of what the plot has by itself.
  func applied(to figure: Figure) -> Figure {
    var figure = figure
    if let title { figure.title = title }
    if let xRange { figure.xAxis.range = xRange }
    if let yRange { figure.yAxis.range = yRange }
    // An empty frame would look like a plot that failed.
    if figure.isEmpty {
      let note = "no point with finite coordinates"
      figure.title = figure.title.isEmpty ? note : "\(figure.title) (\(note))"
    }
    return figure
  }
}

extension Metric {
  /// The metric as the field writes it.
  var label: String {
    switch description {
    case "f1": "F1"
    case "gmean": "G-mean"
    case "mcc": "MCC"
    case "youden": "Youden J"
    case let name: name.split(separator: "_").joined(separator: " ")
    }
  }
}

extension DecisionArgument {
  /// Itself; of a tuning by group, each group's own; of a model alone, none.
  fileprivate var single: [DecisionArgument] {
    if case .tunings(let tunings) = self { return tunings.groups.map { .tuning($0) } }
    if case .contract(let contract) = self, contract.content.isModelAlone { return [] }
    guard let groups else { return [self] }
    return groups.thresholds.map { group in
      group.decision.threshold.map(DecisionArgument.threshold) ?? .flagNothing
    }
  }

  /// “threshold 0.256035”, or “flag nothing”.
  var label: String {
    let threshold =
      switch self {
      case .tuning(let tuning): tuning.content.thresholdText
      case .evaluation(let evaluation): evaluation.content.thresholdText
      case .contract(let contract): contract.content.thresholdText
      case .threshold, .tunings, .folds, .flagNothing: decision.threshold?.exactThresholdText
      }
    let text = threshold.map { "threshold \($0)" } ?? "flag nothing"
    guard case .tuning(let tuning) = self, let group = tuning.group else { return text }
    return "\(group.text), \(text)"
  }

  /// With the value where a tuning knows one: “threshold 0.256035, F1 0.756”.
  var labelWithValue: String {
    guard case .tuning(let tuning) = self else { return label }
    return "\(label), \(tuning.content.metric.label) "
      + NumberStyle.metric.text(tuning.content.value)
  }

  /// A line at the threshold; a tuning's plateau is a strip beside it.
  ///
  /// `nil` where nothing is flagged.
  func rule(label: String? = nil) -> Figure.Rule? {
    guard let threshold = decision.threshold, threshold.isFinite else { return nil }
    var interval: ClosedRange<Double>?
    if case .tuning(let tuning) = self {
      let plateau = tuning.content.plateau
      if let lower = plateau.lower, let upper = plateau.upper, lower.isFinite, upper.isFinite {
        interval = lower...upper
      }
    }
    return Figure.Rule(
      .vertical, at: threshold, interval: interval, label: label ?? self.label)
  }
}
