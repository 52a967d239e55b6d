import Drawing
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Figure {
  /// Several curves or calibrations under their names.
  init(parts: [(name: String, value: Value)], _ options: PlotOptions) throws(CallError) {
    guard let first = parts.first else { throw .nothingToPlot }
    guard case .object(let object) = first.value, let base = object.base as? any DrawnTogether
    else { throw .notCurves(first.value.type) }
    self = try Self.figure(like: base, of: parts, options)
  }

  /// - Parameter base: a value of the type that all parts are to have.
  private static func figure<Base: DrawnTogether>(
    like base: Base, of parts: [(name: String, value: Value)], _ options: PlotOptions
  ) throws(CallError) -> Figure {
    let known = parts.compactMap { part in
      Base(part.value).map { (name: part.name, value: $0) }
    }
    guard known.count == parts.count else {
      throw .notCurves(parts.first { Base($0.value) == nil }?.value.type ?? .unknown)
    }
    return try Base.figure(of: known, options)
  }

  /// A list of curves or calibrations, or numbers along x with others along y.
  init(
    list: List, y: Numbers?, names: [String]?, _ options: PlotOptions
  ) throws(CallError) {
    if let y {
      try self.init(x: list, y: y, options)
      return
    }
    if list.isTooLongToHold { throw .tooLong(list.count) }
    if let numbers = Numbers(list.value), list.count > 0 {
      try self.init(x: List(Array(1...list.count).map(Double.init)), y: numbers, options)
      return
    }
    if let names, names.count != list.count { throw .unequalNames(names.count, list.count) }
    let parts = list.enumerated().map { place, value in
      (name: names?[place] ?? value.groupText ?? "\(place + 1)", value: value)
    }
    try self.init(parts: parts, options)
  }

  private init(x list: List, y: Numbers, _ options: PlotOptions) throws(CallError) {
    if list.isTooLongToHold { throw .tooLong(list.count) }
    guard let x = Numbers(list.value) else {
      throw CallError(
        .typeMismatch, "with `y`, the first list must contain the numbers along x",
        parameter: "curves")
    }
    guard x.values.count == y.values.count else {
      throw CallError(
        .unequalLengths,
        "there are \(counted(x.values.count, "number")) along x, and "
          + "\(y.values.count) along y", parameter: "y")
    }
    guard !x.values.isEmpty else { throw .nothingToPlot }
    let kind: Series.Kind = x.values.count <= 40 ? .lineWithPoints : .line
    self.init(
      title: "", xAxis: Axis("x"), yAxis: Axis("y"),
      series: [Series(kind, x: x.values, y: y.values)])
    self = options.applied(to: self)
  }
}

extension Value {
  /// The group of a result by group.
  fileprivate var groupText: String? {
    guard case .object(let object) = self else { return nil }
    return (object.base as? any InGroups)?.group?.text
  }
}

extension CallError {
  static let nothingToPlot = CallError(
    .unsuitableArgument, "there is nothing to plot", parameter: "curves")

  static let mixedCurves = CallError(
    .unsuitableArgument, "a plot can show curves of one kind only",
    remedy: "plot each kind separately", parameter: "curves")

  fileprivate static func notCurves(_ type: ValueType) -> CallError {
    CallError(
      .unsuitableArgument,
      "only curves of one kind, or only calibrations, can be plotted together; "
        + "here is \(type.withArticle)",
      remedy: "write `plot([roc(m1, rows), roc(m2, rows)])`", parameter: "curves")
  }

  fileprivate static func unequalNames(_ names: Int, _ curves: Int) -> CallError {
    CallError(
      .unequalLengths, "there are \(counted(curves, "curve")), and \(counted(names, "name"))",
      remedy: "give every curve a name", parameter: "names")
  }
}
