import ThresholdEngine

extension Bench {
  /// The best threshold of a metric, all scores being candidates.
  static func search(_ name: String, _ folder: String) -> Job? {
    switch name {
    case "exact": tuning(rows(folder), .f1)
    case "constraint": tuning(rows(folder), .f1, where: .recall >= 0.8)
    case "weights": tuning(rows(folder, weights: true), .f1)
    case "algebra":
      tuning(
        rows(folder),
        .f1 + .recall + 0.5 * .precision - 0.25 * .fpr + .specificity * .accuracy)
    // Labels that take turns: every part of the scores may hold the best threshold.
    case "unprunable": tuning(rows(folder), .youden)
    default: nil
    }
  }

  /// Each turn makes the scores of the rows again, as scores remember what was counted.
  static func tuning(
    _ rows: Rows, _ metric: Metric, where constraint: Constraint? = nil, search: Search = .exact
  ) -> Job {
    Job {
      let tuning = try? tune(rows.scores(), metric, where: constraint, search: search)
      return { tuning.map { [$0.threshold ?? .infinity, $0.value] } ?? [] }
    }
  }

  /// Whole curves with the area under them; each turn sorts the scores again.
  static func curve(_ name: String, _ folder: String) -> Job? {
    let rows = rows(folder)
    func job(_ area: @escaping (Scores) throws -> Double?) -> Job {
      Job {
        let found = (try? rows.scores()).flatMap { try? area($0) }
        return { found.map { [$0] } ?? [] }
      }
    }
    return switch name {
    case "roc": job { try Curve.roc($0).area }
    case "pr": job { try Curve.precisionRecall($0).area }
    case "auc": job { try auc($0) }
    default: nil
    }
  }

  /// Synthetic rows of twenty features; answers the sum of the first feature's magnitudes.
  static func synthesis(_ rows: Int, _ generator: SyntheticGenerator) -> Job {
    Job {
      let data = try? Dataset.synthetic(
        rows: rows, majority: 0.9, features: 20, informative: 2, redundant: 2, clusters: 2,
        flip: 0.01, seed: 3, generator: generator)
      return { data.map { [$0.features[0].reduce(0) { $0 + abs($1) }] } ?? [] }
    }
  }
}
