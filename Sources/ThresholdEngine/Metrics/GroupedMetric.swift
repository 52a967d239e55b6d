/// A metric taken in every group of a column, and made one number.
struct GroupedMetric: Hashable, Sendable {
  let expression: Metric.Expression
  let column: String
  let summary: Summary

  /// What is made of the values of the groups.
  enum Summary: Hashable, Sendable {
    /// The worst value, or the worst but those of a share of the groups.
    ///
    /// - isFloor: Whether the smallest is the worst.
    case worst(isFloor: Bool, quantile: Double?)
    /// The largest difference.
    case gap
    /// The least over the largest.
    case ratio
  }

  /// The metric in one of the groups.
  func metric(in group: Int) -> Metric.Expression {
    expression.mapLeaves { named, tally in
      var tally = tally ?? Tally()
      tally.group = RowGroup(column: column, index: group)
      return Metric.Expression(.tallied(named, tally))
    }
  }

  /// Makes one number of the groups' values; undefined is worse than any.
  func joined(_ values: UnsafeMutableBufferPointer<Lanes>) -> Lanes {
    guard let first = values.first else { return Lanes(repeating: .nan) }
    switch summary {
    case .worst(let isFloor, nil):
      return values.dropFirst().reduce(first) {
        (isFloor ? Metric.Operator.min : .max).apply($0, $1, keepsInfinity: true)
      }
    case .worst(let isFloor, let quantile?):
      // ⌈q · groups⌉ of them keep it; less a rounding error of the product.
      let kept = Int((quantile * Double(values.count) - 1e-9).rounded(.up))
      return Self.worst(values, isFloor, but: values.count - max(1, min(kept, values.count)))
    case .gap:
      return (Self.extreme(values, .max) - Self.extreme(values, .min)).defined
    case .ratio:
      return (Self.extreme(values, .min) / Self.extreme(values, .max)).defined
    }
  }

  private static func extreme(
    _ values: UnsafeMutableBufferPointer<Lanes>, _ symbol: Metric.Operator
  ) -> Lanes {
    values.dropFirst().reduce(values[0]) { symbol.apply($0, $1, keepsInfinity: true) }
  }

  private static func worst(
    _ values: UnsafeMutableBufferPointer<Lanes>, _ isFloor: Bool, but spared: Int
  ) -> Lanes {
    let none: Double = isFloor ? -.infinity : .infinity
    var result = Lanes()
    for lane in 0..<Lanes.scalarCount {
      let sorted = values.map { $0[lane].isNaN ? none : $0[lane] }
        .sorted { isFloor ? $0 < $1 : $0 > $1 }
      result[lane] = sorted[spared] == none ? .nan : sorted[spared]
    }
    return result
  }
}

extension Metric.Operator {
  /// The lesser or the greater; undefined with either.
  fileprivate func apply(_ x: Lanes, _ y: Lanes, keepsInfinity: Bool) -> Lanes {
    let chosen =
      self == .min
      ? x.replacing(with: y, where: y .< x)
      : x.replacing(with: y, where: y .> x)
    return chosen.replacing(with: .nan, where: (x .!= x) .| (y .!= y))
  }
}
