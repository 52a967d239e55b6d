/// A quantile of a metric over samples of the rows, which only a search on rows can know.
struct SampledMetric: Hashable, Sendable {
  let expression: Metric.Expression
  /// Share of the samples whose values lie below, 0 to 1.
  let share: Double

  /// Makes one number of the values on all samples, and leaves them sorted.
  ///
  /// Lowest first, interpolated linearly; a sample where the metric is undefined counts as worse than
  /// any, and NaN is the result where that reaches the quantile.
  func joined(_ values: UnsafeMutableBufferPointer<Double>) -> Double {
    let isFloor = isFloor
    let undefined = values.count { $0.isNaN }
    if undefined > 0 {
      let worst: Double = isFloor ? -.infinity : .infinity
      for place in values.indices where values[place].isNaN { values[place] = worst }
    }
    var values = values
    values.sort()
    let place = share * Double(values.count - 1)
    let reachesUndefined =
      isFloor
      ? Int(place) < undefined : Int(place.rounded(.up)) >= values.count - undefined
    return undefined > 0 && reachesUndefined ? .nan : values.interpolated(at: place)
  }

  /// Whether large values of the metric are good.
  private var isFloor: Bool {
    let metric = Metric(expression: expression)
    return (metric.direction ?? expression.facts.pull.direction) == .maximise
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// Between two of the ascending numbers, from the nearer one, so that no end is passed.
  fileprivate func interpolated(at place: Double) -> Double {
    let below = Int(place)
    let part = place - Double(below)
    let left = self[below]
    guard part > 0, self[below + 1] != left else { return left }
    let right = self[below + 1]
    if left.isInfinite { return left }
    return part < 0.5 ? left + (right - left) * part : right - (right - left) * (1 - part)
  }
}

extension Metric {
  /// A quantile of the metric over samples of the rows: `share` of them have lower values.
  ///
  /// It has a value in `tune` only, as the metric or one side of a comparison.
  public static func quantile(_ metric: Metric, _ share: Double) throws(MetricError) -> Metric {
    if metric.holdsRegret || metric.holdsSamples { throw .searchedOnly(metric.description) }
    return Metric(form: .sampled(SampledMetric(expression: metric.expression, share: share)))
  }

  /// Whether it is a quantile over samples and nothing else.
  public var isSampled: Bool { if case .sampled = expression.form { true } else { false } }

  /// Whether a quantile over samples is part of it.
  public var holdsSamples: Bool { expression.holdsSamples }

  /// What a quantile over samples is of; any other metric itself.
  public var onRows: Metric {
    if case .sampled(let sampled) = expression.form {
      return Metric(expression: sampled.expression)
    }
    return self
  }

  /// The share, of a quantile over samples.
  public var sampledShare: Double? {
    if case .sampled(let sampled) = expression.form { sampled.share } else { nil }
  }
}

extension Constraint {
  /// Whether it compares quantiles over samples.
  public var holdsSamples: Bool { node.expressions.contains(where: \.holdsSamples) }

  /// Quantiles at the good end of what is asked: a high one of what is to be large, or a low one of
  /// what is to be small.
  public var optimisticSamples: [Metric] {
    var found: [Metric] = []
    for (left, comparison, right) in node.comparisons {
      let isFloor = comparison == .greater || comparison == .greaterOrEqual
      for (side, isFloor) in [(left, isFloor), (right, !isFloor)] {
        let metric = Metric(expression: side)
        guard let share = metric.sampledShare else { continue }
        if isFloor ? share > 0.5 : share < 0.5 { found.append(metric) }
      }
    }
    return found
  }

  /// The sides of comparisons.
  public var comparedSides: [Metric] { node.expressions.map(Metric.init(expression:)) }
}

extension Metric.Expression {
  var holdsSamples: Bool { facts.holdsSamples }

  /// The distinct quantiles over samples in it.
  var sampledParts: [SampledMetric] {
    var parts: [SampledMetric] = []
    forEachNode { node in
      if case .sampled(let sampled) = node.form, !parts.contains(sampled) { parts.append(sampled) }
    }
    return parts
  }
}
