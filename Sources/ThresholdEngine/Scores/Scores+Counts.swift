extension Scores {
  /// Adds up rows of this data; the same rows give the same sum in any order.
  var weightSum: WeightSum? {
    weights.map { WeightSum(largest: $0.max() ?? 1, rows: count) }
  }

  /// How much of each class there is, in rows or in weight.
  var classTotals: (positives: Double, negatives: Double) {
    guard weights != nil else { return (Double(positives), Double(negatives)) }
    let flagged = flagged { _ in true }
    return (flagged.positives, flagged.negatives)
  }

  /// The confusion matrix of a decision.
  ///
  /// - Complexity: O(*n*).
  public func confusion(at decision: Decision) -> Confusion {
    let (positives, negatives) = classTotals
    switch decision {
    case .flagNothing:
      return Confusion(tp: 0, fp: 0, positives: positives, negatives: negatives)
    case .threshold(let threshold):
      let flagged = flagged { $0 >= threshold }
      return Confusion(
        tp: flagged.positives, fp: flagged.negatives, positives: positives, negatives: negatives)
    }
  }

  @inline(__always)
  private func flagged(_ isFlagged: (Double) -> Bool) -> (positives: Double, negatives: Double) {
    values.withUnsafeBufferPointer { values in
      labels.withUnsafeBufferPointer { labels in
        guard let weights, let sum = weightSum else {
          var (positives, all) = (0, 0)
          for row in 0..<values.count {
            let flag = isFlagged(values[row]) ? 1 : 0
            all &+= flag
            positives &+= labels[row] ? flag : 0
          }
          return (Double(positives), Double(all - positives))
        }
        var (positives, negatives) = (WeightSum.Units.zero, WeightSum.Units.zero)
        for row in 0..<values.count where isFlagged(values[row]) {
          let units = sum.units(weights[row])
          if labels[row] { positives += units } else { negatives += units }
        }
        return (sum.weight(positives), sum.weight(negatives))
      }
    }
  }
}

extension Confusion {
  /// The four counts from what is flagged and the sizes of the classes.
  init(tp: Double, fp: Double, positives: Double, negatives: Double) {
    self.init(
      truePositives: tp, falsePositives: fp, trueNegatives: negatives - fp,
      falseNegatives: positives - tp)
  }
}
