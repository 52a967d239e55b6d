import Drawing
import ThrModel
import ThrSyntax

extension Builtin {
  static let plot = Builtin(
    "plot", .curves, "Draws a curve, a sweep, a calibration or a distribution, or several curves.",
    documentation: """
      A figure is shown in the terminal; `write` writes it to a file:
      `roc(s) |> plot(mark=t) |> write("roc.svg")`, or `.png`, or `.pdf`.

      `mark` marks thresholds: a tuning, a number, or a list of them. By default a ROC curve
      marks the best G-mean, a precision-recall curve the best F1, and a sweep the best of its
      first metric; `mark=none` marks nothing.

      To compare curves of one kind in one plot, name them in a record or with `names`:
      `plot({logistic: roc(m1, data.val), boosted: roc(m2, data.val)})`. Two lists of numbers are
      drawn as a line, scores as their distribution, a tuning as its metric against the threshold.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      plot(roc(s), mark=tune(s, youden))
      """,
    argumentRemedies: Dictionary(
      uniqueKeysWithValues: ["file", "path", "filename", "save", "output", "out"].map {
        ($0, "`write` draws a figure to a file: `write(plot(…), \"plot.svg\")`")
      }), foreignNames: ["ggplot"],
    forms: ObjectType.all.compactMap { .plotting($0.base) } + [
      Form(
        Parameter<List>("curves", "Curves of one kind, or the numbers along x."),
        Parameter<Numbers?>("y", "The numbers along y, if `curves` are numbers."),
        Parameter<[String]?>("names", "A name for each curve."), .plotOptions
      ) { _, list, y, names, options in
        FigureResult(try Figure(list: list, y: y, names: names, options))
      },
      Form(Parameter<Record>("curves", "Curves of one kind, by name."), .plotOptions) {
        _, record, options in
        let parts = record.fields.map { (name: $0.name, value: $0.value) }
        return FigureResult(try Figure(parts: parts, options))
      },
    ])
}

extension Builtin.Form {
  /// The form for values of a type; `nil` where they are not drawn.
  fileprivate static func plotting(_ type: any LanguageObject.Type) -> Self? {
    (type as? any Drawable.Type).map { plotting($0) }
  }

  private static func plotting<Base: Drawable>(_ type: Base.Type) -> Self {
    Self(
      Parameter<Base>(type.typeName.rawValue, type.plotSummary),
      type.takesMarks ? .plotOptions : .unmarkedPlotOptions
    ) { context, base, options in
      var options = options
      options.isCancelled = context.isCancelled
      return FigureResult(try base.figure(options))
    }
  }
}

// MARK: - Arguments

extension Parameter<PlotOptions> {
  fileprivate static var plotOptions: Self {
    Parameter(.mark, .title, .xRange, .yRange) {
      (mark, title, xRange, yRange) throws(CallError) in
      try PlotOptions(mark, title, xRange, yRange)
    }
  }

  fileprivate static var unmarkedPlotOptions: Self {
    Parameter(.title, .xRange, .yRange) { (title, xRange, yRange) throws(CallError) in
      try PlotOptions(.none, title, xRange, yRange)
    }
  }
}

extension PlotOptions {
  fileprivate init(
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
    .either(.text, DecisionArgument.valueType, .list(DecisionArgument.valueType))
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
        .unsuitableArgument, "`\(parameter)` must be the two ends of the axis, the lower first",
        remedy: "write it like `\(parameter)=[0, 0.1]`", parameter: parameter)
    }
    return ends[0]...ends[1]
  }
}

extension Parameter<MarkArgument> {
  fileprivate static var mark: Self {
    Parameter(
      "mark", default: .best, words: ["best"],
      "The tuning or threshold to mark, or a list of them; \"best\" marks the default point.")
  }
}

extension Parameter<String?> {
  fileprivate static var title: Self {
    Parameter("title", "Title of the plot.")
  }
}

extension Parameter<RangeArgument?> {
  fileprivate static var xRange: Self {
    Parameter("x_range", "Range of the horizontal axis, such as `[0, 0.1]`.")
  }

  fileprivate static var yRange: Self {
    Parameter("y_range", "Range of the vertical axis.")
  }
}
