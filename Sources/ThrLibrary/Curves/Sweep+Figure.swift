import Drawing
import NumberText
import ParallelWork
import ThrModel
import ThresholdEngine

extension SweepResult: Drawable {
  static let plotSummary = "Metrics against the threshold."

  func figure(_ options: PlotOptions) throws(CallError) -> Figure {
    let thresholds = thresholds
    let areProbabilities = thresholds.allSatisfy { (0...1).contains($0) }
    let areShares = metrics.allSatisfy { $0.range == 0...1 }
    var figure = Figure(
      title: metrics.count == 1
        ? "\(metrics[0].label) against the threshold" : "Metrics against the threshold",
      xAxis: Figure.Axis("threshold", range: areProbabilities ? 0...1 : nil),
      yAxis: Figure.Axis(
        metrics.count == 1 ? metrics[0].label : "value", range: areShares ? 0...1 : nil))
    figure.series = metrics.map { metric in
      // Between two scores the looser threshold changes nothing: the upper score's value holds.
      Figure.Series(
        isGrid ? .line : .stepsBefore, name: metric.label, x: thresholds, y: values(of: metric))
    }
    for decision in options.decisions { add(decision, to: &figure) }
    if options.marksBest { addBest(to: &figure) }
    return options.applied(to: figure)
  }

  private func add(_ decision: DecisionArgument, to figure: inout Figure) {
    guard let rule = decision.rule(label: decision.labelWithValue) else { return }
    figure.rules.append(rule)
  }

  /// The best threshold of the first metric, unless that alone settles nothing: the best precision
  /// is that of hardly any flag.
  private func addBest(to figure: inout Figure) {
    let metric = metrics[0]
    guard let direction = metric.direction, metric.degeneratesAlone(goal: direction) == nil,
      let best = content.best(metric, ties: isGrid ? .lowest : .highest),
      let value = content.value(of: metric, at: best)
    else { return }
    let threshold = content.thresholds[best]
    figure.marks.append(
      Figure.Mark(
        x: threshold, y: value,
        label: "threshold \(thresholdText(at: best)), \(metric.label) "
          + NumberStyle.metric.text(value)))
  }
}

extension TuningResult: Drawable {
  static let plotSummary = "A tuning: its metric is drawn against the threshold."
  static let takesMarks = false

  /// The metric against the threshold, with what was chosen and how sure that is, or else the
  /// plateau.
  func figure(_ options: PlotOptions) throws -> Figure {
    var options = options
    // What was chosen is marked below, once.
    options.marks = .decisions([])
    let scores = try source.scores()
    let sweep = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try Sweep(scores.content, search: content.search, isCancelled: options.isCancelled)
    }
    // Of a quantile over samples, the metric on these rows.
    let metric = content.metric.onRows
    let result = SweepResult(sweep, metrics: [metric], isGrid: content.search != .exact)
    var figure = try result.figure(options)
    let decision = DecisionArgument.tuning(self)
    guard let threshold = content.threshold, var rule = decision.rule(label: "") else {
      return figure
    }
    if let interval = confidence?.content.threshold, interval.lower.isFinite,
      interval.upper.isFinite
    {
      rule.interval = interval.lower...interval.upper
    }
    figure.rules.append(rule)
    figure.marks.append(
      Figure.Mark(
        x: threshold, y: metric.value(of: content.confusion) ?? content.value,
        label: decision.labelWithValue))
    return figure
  }
}
