import ThrModel
import ThresholdEngine

// Sums and averages of a list of numbers. An undefined element makes the result undefined, and so does an
// empty list, but for its sum.

extension Builtin {
  static let sum = Builtin(
    "sum", .everyday, "The sum of a list of numbers; 0 for an empty list.",
    documentation: "Uses compensated summation, so rounding errors do not accumulate.",
    example: "sum([0.1, 0.2, 0.3])",
    Form(.numbers) { _, list in Outcome(list.defined?.accurateSum) })

  static let mean = Builtin(
    "mean", .everyday, "The arithmetic mean of a list of numbers; undefined for an empty list.",
    example: "mean([1, 2, 6])", foreignNames: ["average", "avg"],
    Form(.numbers) { _, list in Outcome(list.defined?.mean) })

  static let median = Builtin(
    "median", .everyday, "The median of a list of numbers; undefined for an empty list.",
    documentation: "With an even count, it is the mean of the two middle numbers.",
    example: "median([3, 1, 2, 10])",
    Form(.numbers) { context, list in
      Outcome(try list.defined?.median(context.isCancelled))
    })

  static let min = Builtin(
    "min", .everyday, "The smallest of a list or of several numbers; for metrics, a metric.",
    documentation: "Undefined for an empty list, or if one of the numbers is undefined.",
    example: "min(3, 1, 2)",
    Form(.numbers, result: .numberOrUndefined) { _, list in extreme(list) { $0.min() } },
    Form(.metricList, result: .metric) { _, values in extreme(of: values, .min) },
    Form(.severalNumbers, result: extremeType) { _, values in extreme(of: values, .min) },
    Form(.severalMetrics, result: .metric) { _, values in extreme(of: values, .min) })

  static let max = Builtin(
    "max", .everyday, "The largest of a list or of several numbers; for metrics, a metric.",
    documentation: "Undefined for an empty list, or if one of the numbers is undefined.",
    example: "max([3, 1, 2])",
    Form(.numbers, result: .numberOrUndefined) { _, list in extreme(list) { $0.max() } },
    Form(.metricList, result: .metric) { _, values in extreme(of: values, .max) },
    Form(.severalNumbers, result: extremeType) { _, values in extreme(of: values, .max) },
    Form(.severalMetrics, result: .metric) { _, values in extreme(of: values, .max) })

  private static let extremeType = ValueType.either(.number, .undefined, .metric)

  /// Infinite numbers in the data are returned unchanged.
  private static func extreme(_ list: Numbers, _ choose: ([Double]) -> Double?) -> Value {
    list.defined.flatMap(choose).map(Value.number) ?? .undefined
  }

  private static func extreme(of values: [Operand], _ symbol: Metric.Operator) -> Value {
    guard let first = values.first else { return .undefined }
    return values.dropFirst().reduce(first) { joined($0, $1, symbol) }.value
  }

  private static func joined(_ left: Operand, _ right: Operand, _ symbol: Metric.Operator)
    -> Operand
  {
    switch (left, right) {
    case (.undefined, _), (_, .undefined): .undefined
    case (.number(let left), .number(let right)):
      .number(symbol == .min ? Swift.min(left, right) : Swift.max(left, right))
    case (.number(let number), .metric(let metric)):
      .metric(.combine(symbol, Metric(number), metric))
    case (.metric(let metric), .number(let number)):
      .metric(.combine(symbol, metric, Metric(number)))
    case (.metric(let left), .metric(let right)): .metric(.combine(symbol, left, right))
    }
  }
}

extension Parameter<Numbers> {
  fileprivate static var numbers: Self { Parameter("list", "The numbers.") }
}

extension Parameter<[Operand]> {
  fileprivate static var metricList: Self {
    Parameter("list", "The metrics, with numbers among them or not.")
  }

  fileprivate static var severalNumbers: Self {
    Parameter("numbers", kind: .variadic, "Two or more numbers or metrics.")
  }

  fileprivate static var severalMetrics: Self {
    Parameter("metrics", kind: .variadic, "Two or more metrics or numbers.")
  }
}
