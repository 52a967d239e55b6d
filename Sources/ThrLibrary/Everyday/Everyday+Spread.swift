import ThrModel
import ThresholdEngine

// How the numbers of a list are spread, and where the extreme ones stand.

extension Builtin {
  static let std = Builtin(
    "std", .everyday, "The standard deviation of a list of numbers; undefined for an empty list.",
    documentation: """
      The root of the mean squared distance from the mean, as NumPy's `std`. With `ddof=1` the sum
      is divided by the number of elements minus 1, as R's `sd` and pandas do.
      """,
    example: "std([1, 2, 3, 4])", foreignNames: ["stdev", "sd", "pstdev"],
    Form(
      Parameter<Numbers>("list", "The numbers."),
      Parameter<Int>(
        "ddof", in: 0...1_000_000, default: 0,
        "Delta degrees of freedom: the divisor is the number of elements minus `ddof`."),
      result: .numberOrUndefined
    ) { _, list, ddof in Outcome(list.defined?.standardDeviation(ddof: ddof)) })

  static let quantile = Builtin(
    "quantile", .everyday,
    "A quantile of a list, or of a metric over bootstrap samples: a given share lies below it.",
    documentation: """
      Between two elements it is interpolated linearly, as by NumPy's `quantile` and R's default.
      Undefined for an empty list, or if an element is undefined.

      `quantile(f1, 10%)` is a metric for `tune`: at each threshold the 10 % quantile of F1 over
      bootstrap samples of the rows. The best threshold by it is good in nearly all samples, not
      just on average. Lowest values come first: 10 % is the cautious choice for a metric that is
      maximised, 90 % for a cost. `tune(…, bootstrap=1000, seed=1)` sets the samples, which draw
      rows of each class with replacement; with `unit=` whole units, of any class. Every threshold is
      tried on all samples, so the answer is exact for these samples. A sample without a value, such
      as precision where it has no flagged row, counts as worse than any other; at a threshold where
      that decides the quantile, the quantile is undefined.

      It has a value in a search only: use it alone, as the metric of `tune`, or as one side of a
      comparison in `where=`, such as `where = quantile(recall, 5%) >= 80%`.
      """,
    example: """
      quantile([3, 1, 2, 10], 90%)
      s = scores([0.1, 0.2, 0.4, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
      tune(s, quantile(f1, 10%), bootstrap=200).threshold
      """, foreignNames: ["percentile"],
    Form(
      Parameter<Numbers>("list", "The numbers."),
      Parameter<Double>("q", in: 0...1, "The share: 50% gives the median.")
    ) { context, list, q in
      Outcome(try list.defined?.ordered(context, by: <).interpolated(at: q))
    },
    Form(
      Parameter<Metric>("metric", "The metric to take on each bootstrap sample."),
      Parameter<Double>("q", in: 0...1, "Share of the samples whose values lie below."),
      result: .metric
    ) { _, metric, q in
      do throws(MetricError) {
        return try Metric.quantile(metric, q)
      } catch { throw CallError(error, metric, "") }
    })

  static let argmax = Builtin(
    "argmax", .everyday, "The index of the first largest number of a list.",
    documentation: "Undefined elements are left out; `none` if no number remains.",
    example: "argmax([0.2, 0.9, 0.7])", foreignNames: ["which_max", "idxmax"],
    Form(Parameter<Numbers>("list", "The numbers.")) { _, list in list.first(before: >) })

  static let argmin = Builtin(
    "argmin", .everyday, "The index of the first smallest number of a list.",
    documentation: "Undefined elements are left out; `none` if no number remains.",
    example: "argmin([0.2, 0.9, 0.1])", foreignNames: ["which_min", "idxmin"],
    Form(Parameter<Numbers>("list", "The numbers.")) { _, list in list.first(before: <) })
}

extension Numbers {
  /// The index of the number that stands before all others, the first of equal ones.
  fileprivate func first(before precedes: (Double, Double) -> Bool) -> Int? {
    var first: Int?
    for position in values.indices where !values[position].isNaN {
      if let best = first, !precedes(values[position], values[best]) { continue }
      first = position
    }
    return first
  }
}

extension [Double] {
  /// `nil` where there are not more numbers than `ddof`.
  fileprivate func standardDeviation(ddof: Int) -> Double? {
    guard count > ddof, let mean else { return nil }
    let distances = map { ($0 - mean).magnitude }
    guard let greatest = distances.max(), greatest > 0 else { return 0 }
    // Squares of numbers near 1 do not leave the range of a Double.
    let scale = (1e-100...1e100).contains(greatest) ? 1 : greatest
    let squares = distances.map { ($0 / scale) * ($0 / scale) }
    return scale * (squares.accurateSum / Double(count - ddof)).squareRoot()
  }

  /// The quantile of ascending numbers, by linear interpolation; `nil` of nothing.
  fileprivate func interpolated(at share: Double) -> Double? {
    if isEmpty { return nil }
    let position = share * Double(count - 1)
    let below = Int(position)
    let part = position - Double(below)
    if part == 0 { return self[below] }
    let (left, right) = (self[below], self[below + 1])
    if left == right { return left }
    // From the nearer end, so that the result is never beyond an end.
    return part < 0.5 ? left + (right - left) * part : right - (right - left) * (1 - part)
  }
}
