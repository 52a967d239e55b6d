import Drawing
import ThrModel
import ThrSyntax

extension Builtin {
  static let plot = Builtin(
    "plot", .curves, "Draws a curve, a sweep, a calibration or a distribution, or several curves.",
    documentation: """
      A figure is shown in the terminal, and drawn to a file by `write`:
      `roc(s) |> plot(mark=t) |> write("roc.svg")`, or `.png`, or `.pdf`.

      `mark` singles out thresholds: a tuning, a number, or a list of them. By itself a ROC curve
      marks the largest G-mean, a precision-recall curve and a sweep the best of their metric, in a
      sweep the first; `mark=none` marks nothing.

      Several curves of a kind compare in one plot, by names in a record or by `names`:
      `plot({logistic: roc(m1, data.val), boosted: roc(m2, data.val)})`. Two lists of numbers are
      drawn as a line, scores as their distribution, a tuning as its metric against the threshold.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      plot(roc(s), mark=tune(s, youden))
      """,
    misnomers: Dictionary(
      uniqueKeysWithValues: ["file", "path", "filename", "save", "output", "out"].map {
        ($0, "`write` draws a figure to a file: `write(plot(…), \"plot.svg\")`")
      }), elsewhere: ["ggplot"],
    .plotting("curve", "A curve: `roc(…)`, `pr(…)`, `det(…)`, `gains(…)`.", CurveResult.self),
    .plotting("sweep", "Metrics against the threshold.", SweepResult.self),
    .plotting("calibration", "A reliability curve.", CalibrationResult.self),
    .plotting("distribution", "The spread of both classes' scores.", DistributionResult.self),
    Form(
      Parameter<TuningResult>("tuning", "A tuning, whose metric is drawn against the threshold."),
      .title, .xRange, .yRange
    ) { context, tuning, title, xRange, yRange in
      let options = try PlotOptions(.none, title, xRange, yRange)
      return FigureResult(try tuning.figure(options, context))
    },
    Form(
      Parameter<ScoredRows>("scores", "Scores, whose distribution is drawn."), .mark, .title,
      .xRange, .yRange
    ) { _, scores, mark, title, xRange, yRange in
      let options = try PlotOptions(mark, title, xRange, yRange)
      return FigureResult(try distribution(scores).figure(options))
    },
    Form(
      Parameter<List>("curves", "Curves of a kind, or the numbers along x."),
      Parameter<Numbers?>("y", "The numbers along y, where the first are numbers."),
      Parameter<[String]?>("names", "A name for each curve."), .mark, .title, .xRange, .yRange
    ) { _, list, y, names, mark, title, xRange, yRange in
      let options = try PlotOptions(mark, title, xRange, yRange)
      return FigureResult(try Figure(list: list, y: y, names: names, options))
    },
    Form(
      Parameter<Record>("curves", "Curves of a kind, by their names."), .mark, .title, .xRange,
      .yRange
    ) { _, record, mark, title, xRange, yRange in
      let options = try PlotOptions(mark, title, xRange, yRange)
      let parts = record.fields.map { (name: $0.name, value: $0.value) }
      return FigureResult(try Figure(parts: parts, options))
    })
}

extension Builtin.Form {
  fileprivate static func plotting<Base: Plottable>(
    _ name: String, _ summary: String, _ base: Base.Type
  ) -> Self {
    Self(Parameter<Base>(name, summary), .mark, .title, .xRange, .yRange) {
      _, base, mark, title, xRange, yRange in
      FigureResult(try base.figure(PlotOptions(mark, title, xRange, yRange)))
    }
  }
}

// MARK: - Arguments

extension PlotOptions {
  init(
    _ mark: MarkArgument, _ title: String?, _ xRange: RangeArgument?, _ yRange: RangeArgument?
  ) throws(CallError) {
    marks = mark.content
    self.title = title
    self.xRange = try xRange?.range("x_range")
    self.yRange = try yRange?.range("y_range")
  }
}

/// What is marked: “best”, a decision, or a list of decisions; `none` for nothing.
struct MarkArgument: ValueConvertible {
  let content: PlotOptions.Marks

  static let best = MarkArgument(content: .best)
  static let none = MarkArgument(content: .decisions([]))

  private init(content: PlotOptions.Marks) { self.content = content }

  static var valueType: ValueType {
    .either(.text, .none, .number, TuningResult.valueType, .list(DecisionArgument.valueType))
  }

  init?(_ value: Value) {
    switch value {
    case .text("best"): content = .best
    case .none: content = .decisions([])
    case .list:
      guard let decisions = [DecisionArgument](value) else { return nil }
      content = .decisions(decisions)
    default:
      guard let decision = DecisionArgument(value) else { return nil }
      content = .decisions([decision])
    }
  }

  var value: Value {
    switch content {
    case .best: .text("best")
    case .decisions(let decisions): decisions.value
    }
  }
}

/// The two ends of an axis: `[0, 0.1]`.
struct RangeArgument: ValueConvertible {
  private let ends: [Double]

  static var valueType: ValueType { .list(.number) }

  init?(_ value: Value) {
    guard let ends = [Double](value) else { return nil }
    self.ends = ends
  }

  var value: Value { ends.value }

  func range(_ parameter: String) throws(CallError) -> ClosedRange<Double> {
    guard ends.count == 2, ends.allSatisfy(\.isFinite), ends[0] < ends[1] else {
      throw CallError(
        .unsuitableArgument, "`\(parameter)` is the two ends of the axis, the lower first",
        remedy: "write it like `\(parameter)=[0, 0.1]`", parameter: parameter)
    }
    return ends[0]...ends[1]
  }
}

extension Parameter<MarkArgument> {
  fileprivate static var mark: Self {
    Parameter(
      "mark", default: .best, words: ["best"],
      "The tuning or threshold to point at, or a list of them; \"best\" is the plot's own choice.")
  }
}

extension Parameter<String?> {
  fileprivate static var title: Self {
    Parameter("title", "What stands above the plot, instead of its own title.")
  }
}

extension Parameter<RangeArgument?> {
  fileprivate static var xRange: Self {
    Parameter("x_range", "The ends of the horizontal axis, such as `[0, 0.1]`.")
  }

  fileprivate static var yRange: Self {
    Parameter("y_range", "The ends of the vertical axis.")
  }
}
