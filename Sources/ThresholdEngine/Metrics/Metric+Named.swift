extension Metric {
  // MARK: - Counts

  public static let tp = Metric(
    NamedMetric(
      "tp", "True positives: positives that are flagged.", formula: "tp", direction: nil,
      range: 0...(.infinity)
    ) { $0.tp })

  public static let fp = Metric(
    NamedMetric(
      "fp", "False positives: negatives that are flagged.", formula: "fp", direction: nil,
      range: 0...(.infinity)
    ) { $0.fp })

  public static let tn = Metric(
    NamedMetric(
      "tn", "True negatives: negatives that are not flagged.", formula: "tn", direction: nil,
      range: 0...(.infinity)
    ) { $0.tn })

  public static let fn = Metric(
    NamedMetric(
      "fn", "False negatives: positives that are not flagged.", formula: "fn", direction: nil,
      range: 0...(.infinity)
    ) { $0.fn })

  public static let flagged = Metric(
    NamedMetric(
      "flagged", "How many rows are flagged.", formula: "tp + fp", direction: nil,
      range: 0...(.infinity)
    ) { $0.flagged })

  // MARK: - Shares

  public static let recall = Metric(
    NamedMetric(
      "recall", aliases: ["sensitivity", "tpr"], "The share of positives that are flagged.",
      formula: "tp / (tp + fn)", direction: .maximise, range: 0...1
    ) { $0.tp / $0.positives })

  public static let specificity = Metric(
    NamedMetric(
      "specificity", aliases: ["tnr"], "The share of negatives that are not flagged.",
      formula: "tn / (tn + fp)", direction: .maximise, range: 0...1
    ) { $0.tn / $0.negatives })

  public static let precision = Metric(
    NamedMetric(
      "precision", aliases: ["ppv"], "The share of flags that are right.",
      formula: "tp / (tp + fp)", direction: .maximise, range: 0...1
    ) { $0.tp / $0.flagged })

  public static let npv = Metric(
    NamedMetric(
      "npv", "The share of unflagged rows that are negative.", formula: "tn / (tn + fn)",
      direction: .maximise, range: 0...1
    ) { $0.tn / ($0.tn + $0.fn) })

  public static let fpr = Metric(
    NamedMetric(
      "fpr", "The share of negatives that are flagged.", formula: "fp / (tn + fp)",
      direction: .minimise, range: 0...1
    ) { $0.fp / $0.negatives })

  public static let fnr = Metric(
    NamedMetric(
      "fnr", "The share of positives that are missed.", formula: "fn / (tp + fn)",
      direction: .minimise, range: 0...1
    ) { $0.fn / $0.positives })

  public static let flagRate = Metric(
    NamedMetric(
      "flag_rate", "The share of rows that are flagged.",
      formula: "(tp + fp) / (tp + fp + tn + fn)", direction: nil, range: 0...1
    ) { $0.flagged / $0.total })

  public static let accuracy = Metric(
    NamedMetric(
      "accuracy", "The share of decisions that are right.",
      formula: "(tp + tn) / (tp + fp + tn + fn)", direction: .maximise, range: 0...1
    ) { ($0.tp + $0.tn) / $0.total })

  // MARK: - Balance of recall and specificity

  // The three below divide once, so that equal counts give equal values and ties are ties.

  public static let gmean = Metric(
    NamedMetric(
      "gmean", "The geometric mean of recall and specificity.",
      formula: "sqrt(recall * specificity)", direction: .maximise, range: 0...1,
      comparedBy: { ($0.tp * $0.tn).whereBothClasses($0) }
    ) { ($0.tp * $0.tn / ($0.positives * $0.negatives)).squareRoot() })

  public static let youden = Metric(
    NamedMetric(
      "youden", "Youden's J: recall minus the false positive rate.",
      formula: "recall + specificity - 1", direction: .maximise, range: -1...1,
      comparedBy: { $0.scaledYouden.whereBothClasses($0) }
    ) { $0.scaledYouden / ($0.positives * $0.negatives) })

  public static let balancedAccuracy = Metric(
    NamedMetric(
      "balanced_accuracy", "The mean of recall and specificity.",
      formula: "(recall + specificity) / 2", direction: .maximise, range: 0...1,
      comparedBy: { $0.scaledYouden.whereBothClasses($0) }
    ) {
      let both = $0.positives * $0.negatives
      return ($0.scaledYouden + both) / (2 * both)
    })

  public static let closestTopleft = Metric(
    NamedMetric(
      "closest_topleft", "The squared distance to the top left corner of the ROC curve.",
      formula: "(1 - recall)^2 + (1 - specificity)^2", direction: .minimise, range: 0...2,
      comparedBy: {
        Lanes.sumOfSquares($0.fn * $0.negatives, $0.fp * $0.positives).whereBothClasses($0)
      }
    ) {
      let (missed, alarmed) = ($0.fn / $0.positives, $0.fp / $0.negatives)
      return missed * missed + alarmed * alarmed
    })

  // MARK: - One number for both kinds of mistake

  public static let f1 = Metric(
    NamedMetric(
      "f1", "The harmonic mean of precision and recall.", formula: "2*tp / (2*tp + fp + fn)",
      direction: .maximise, range: 0...1
    ) { 2 * $0.tp / (2 * $0.tp + $0.fn + $0.fp) })

  public static let jaccard = Metric(
    NamedMetric(
      "jaccard", "The Jaccard index: true positives among all rows that are flagged or positive.",
      formula: "tp / (tp + fp + fn)", direction: .maximise, range: 0...1
    ) { $0.tp / ($0.flagged + $0.fn) })

  public static let mcc = Metric(
    NamedMetric(
      "mcc", "Matthews' correlation coefficient of flags and labels.",
      formula: "(tp*tn - fp*fn) / sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))",
      note: """
        Where all rows are flagged, or none is, it is 0, as good as chance (Chicco and Jurman 2020; \
        scikit-learn). An undefined value is never chosen: if it were undefined there and negative \
        everywhere else, a threshold worse than chance would be the best.
        """,
      direction: .maximise, range: -1...1,
      comparedBy: {
        $0.scaledYouden.signedSquare(over: $0.flagged * $0.unflagged)
          .zeroWhereAllAreDecidedAlike($0)
      }
    ) {
      let margins = $0.flagged * $0.positives * ($0.negatives * $0.unflagged)
      return (($0.tp * $0.tn - $0.fp * $0.fn) / margins.squareRoot())
        .zeroWhereAllAreDecidedAlike($0)
    })

  public static let kappa = Metric(
    NamedMetric(
      "kappa", "Cohen's kappa: agreement of flags and labels beyond chance.",
      formula: "2 * (tp*tn - fp*fn) / ((tp + fp) * (fp + tn) + (tp + fn) * (fn + tn))",
      direction: .maximise, range: -1...1
    ) {
      let chance = $0.flagged * $0.negatives + $0.positives * ($0.tn + $0.fn)
      return 2 * ($0.tp * $0.tn - $0.fp * $0.fn) / chance
    })

  // MARK: - Likelihood ratios

  public static let lrPlus = Metric(
    NamedMetric(
      "lr_plus",
      "The positive likelihood ratio: the factor by which a flag raises the odds of being positive.",
      formula: "recall / fpr", note: "Infinite if some positive and no negative is flagged.",
      direction: .maximise, range: 0...(.infinity), isInfiniteOverZero: true
    ) { $0.tp * $0.negatives / ($0.fp * $0.positives) })

  public static let lrMinus = Metric(
    NamedMetric(
      "lr_minus",
      "The negative likelihood ratio: by which factor the odds of a positive change for unflagged rows.",
      formula: "fnr / specificity",
      note: "Infinite if every negative is flagged and some positive is not.",
      direction: .minimise, range: 0...(.infinity), isInfiniteOverZero: true
    ) { $0.fn * $0.negatives / ($0.tn * $0.positives) })

  public static let dor = Metric(
    NamedMetric(
      "dor", "The diagnostic odds ratio: lr_plus divided by lr_minus.", formula: "tp*tn / (fp*fn)",
      note: "Infinite if `fp` or `fn` is 0, and `tp` and `tn` are not.",
      direction: .maximise, range: 0...(.infinity), isInfiniteOverZero: true
    ) { $0.tp * $0.tn / ($0.fp * $0.fn) })

  /// Every metric without parameters, in the order of the reference.
  public static let named: [NamedMetric] = [
    tp, fp, tn, fn, flagged, recall, specificity, precision, npv, fpr, fnr, flagRate, accuracy,
    gmean, youden, balancedAccuracy, closestTopleft, f1, jaccard, mcc, kappa, lrPlus, lrMinus, dor,
  ].compactMap(\.name)

  /// The metric of this name or alias.
  public init?(named name: String) {
    guard
      let found = Metric.named.first(where: { $0.name == name || $0.aliases.contains(name) })
    else { return nil }
    self.init(found)
  }
}

// MARK: - Metrics that take numbers

extension Metric {
  /// The weighted harmonic mean of precision and recall, of which recall has the weight `beta`².
  ///
  /// F-beta = (1+b²)TP / ((1+b²)TP + b²FN + FP) (van Rijsbergen 1979). `beta` of 0 is precision.
  public static func fBeta(_ beta: Double) -> Metric {
    let square = beta * beta
    return Metric(
      NamedMetric(
        "fbeta(\(sourceText(of: beta)))", "The weighted harmonic mean of precision and recall.",
        formula: "(1 + b^2)*tp / ((1 + b^2)*tp + b^2*fn + fp)", direction: .maximise, range: 0...1
      ) {
        let hits = (1 + square) * $0.tp
        return hits / (hits + square * $0.fn + $0.fp)
      })
  }

  /// The total cost of the decisions, with a cost for each outcome.
  public static func cost(
    fp: Double, fn: Double, tp: Double = 0, tn: Double = 0
  ) -> Metric {
    let optional = [("tp", tp), ("tn", tn)].filter { $0.1 != 0 }
    let prices = ([("fp", fp), ("fn", fn)] + optional)
      .map { "\($0.0)=\(sourceText(of: $0.1))" }.joined(separator: ", ")
    return Metric(
      NamedMetric(
        "cost(\(prices))", "The total cost of the decisions, with a cost for each outcome.",
        formula: "cost_fp*fp + cost_fn*fn + cost_tp*tp + cost_tn*tn", direction: .minimise,
        range: nil
      ) { $0.fp * fp + $0.fn * fn + $0.tp * tp + $0.tn * tn })
  }

  /// The net benefit of decision curve analysis at the threshold probability `pt`, in 0..<1.
  ///
  /// TP/n - FP/n · pt/(1-pt) (Vickers and Elkin 2006).
  public static func netBenefit(_ pt: Double) -> Metric {
    let odds = pt / (1 - pt)
    return Metric(
      NamedMetric(
        "net_benefit(\(sourceText(of: pt)))",
        "Net benefit: true positives per row minus false positives weighted by the odds of `pt`.",
        formula: "(tp - fp * pt/(1-pt)) / (tp + fp + tn + fn)", direction: .maximise, range: nil
      ) { ($0.tp - $0.fp * odds) / $0.total })
  }
}

extension CountLanes {
  /// Youden's J times P·N: exact wherever the products stay below 2⁵³.
  fileprivate var scaledYouden: Lanes { tp * negatives - fp * positives }
}

extension Lanes {
  /// 0 where both classes have rows, and all of them are flagged or none.
  fileprivate func zeroWhereAllAreDecidedAlike(_ counts: CountLanes) -> Lanes {
    replacing(with: 0, where: (counts.flagged * counts.unflagged) .== 0).whereBothClasses(counts)
  }

  /// Undefined where one of the classes has no rows.
  fileprivate func whereBothClasses(_ counts: CountLanes) -> Lanes {
    replacing(with: .nan, where: (counts.positives * counts.negatives) .== 0)
  }
}
