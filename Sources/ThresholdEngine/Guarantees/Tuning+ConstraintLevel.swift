extension Tuning {
  /// How sure it is that the constraint holds on new rows: of each comparison of a rate with a
  /// number, 1 less the exact binomial p-value of missing it; of several the least.
  ///
  /// `nil` without a constraint, or where it is of another kind: alternatives, totals, metrics that
  /// are no plain share of rows, ceilings of precision. It is no guarantee, since the same rows
  /// chose the threshold, but by simulation it is near the share of such thresholds that hold.
  var constraintLevel: Double? {
    guard isFeasible, let constraint, let clauses = try? Guarantee(constraint).clauses else {
      return nil
    }
    let counts = RowCounts(
      tp: Int(confusion.truePositives), fp: Int(confusion.falsePositives),
      positives: Int(confusion.positives), negatives: Int(confusion.negatives))
    return clauses.map { clause in
      let (right, wrong) = clause.target.reading(counts)
      return Binomial(trials: right + wrong, rate: clause.target.least).atMost(right - 1)
    }.min()
  }
}
