import CKernels

extension Scores {
  /// Adds up rows of this data; the same rows give the same sum in any order.
  var weightSum: WeightSum? {
    weights.map { _ in WeightSum(largest: weightExtent?.upperBound ?? 1, rows: count) }
  }

  /// The least and the greatest weight; `nil` where rows have none.
  var weightExtent: ClosedRange<Double>? {
    if let known = memory.weightExtent { return known }
    let extent = weights.flatMap { RowPass.extent(of: $0).range }
    memory.weightExtent = extent
    return extent
  }

  /// How much of each class there is, in rows or in weight.
  var classTotals: (positives: Double, negatives: Double) {
    guard let sum = weightSum else { return (Double(positives), Double(negatives)) }
    let totals = totals(in: sum)
    return (sum.weight(totals.positives), sum.weight(totals.negatives))
  }

  /// The weight of each class, in the units of its sum.
  func totals(in sum: WeightSum) -> WeightSum.Classes {
    guard let weights else { return WeightSum.Classes() }
    if let known = memory.counts?.weighed?.totals { return known }
    return RowPass.uncancelled(0..<count, from: WeightSum.Classes()) { [labels] totals, rows in
      for row in rows { totals.add(sum.units(weights[row]), isPositive: labels[row]) }
    } join: {
      $0 = $0 + $1
    }
  }

  /// The confusion matrix of a decision.
  ///
  /// - Complexity: O(*n*).
  public func confusion(at decision: Decision) -> Confusion {
    guard let threshold = decision.threshold else {
      let (positives, negatives) = classTotals
      return Confusion(tp: 0, fp: 0, positives: positives, negatives: negatives)
    }
    return weightSum.map { confusion(atLeast: threshold, $0) } ?? confusion(atLeast: threshold)
  }

  /// The same of rows that count once.
  private func confusion(atLeast threshold: Double) -> Confusion {
    let empty = RowPass.Shared(SIMD2<Int>(0, 0))
    let counts = RowPass.uncancelled(0..<count, from: empty) { [values, labels] counts, rows in
      var (flagged, hits) = (counts.value.x, counts.value.y)
      RowPass.withRows(values, labels, rows) { values, labels in
        thr_count_at_least(values, labels, rows.count, threshold, &flagged, &hits)
      }
      counts.value = SIMD2(flagged, hits)
    } join: {
      $0.value &+= $1.value
    }.value
    return Confusion(
      tp: Double(counts.y), fp: Double(counts.x - counts.y), positives: Double(positives),
      negatives: Double(negatives))
  }

  /// The same of weighted rows.
  private func confusion(atLeast threshold: Double, _ sum: WeightSum) -> Confusion {
    let flagged = RowPass.uncancelled(0..<count, from: WeightSum.Classes()) {
      [values, labels, weights] flagged, rows in
      for row in rows where values[row] >= threshold {
        flagged.add(sum.units(weights?[row] ?? 1), isPositive: labels[row])
      }
    } join: {
      $0 = $0 + $1
    }
    return sum.confusion(flagged: flagged, rest: totals(in: sum) - flagged)
  }
}
