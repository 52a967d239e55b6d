import ThresholdEngine

extension Bench {
  /// Folds, a fit without each, and the best mean F1 over 1,000 thresholds.
  ///
  /// Answers the threshold and that mean; the other rules and the nested values are computed too.
  static func folds(_ folder: String) -> Job {
    let data = dataset(folder)
    return Job {
      guard let found = try? chosen(data) else { return { [] } }
      let rule = found.rules[1]
      return { [rule.decision?.threshold ?? .infinity, rule.mean ?? .nan] }
    }
  }

  private static func chosen(_ data: Dataset) throws -> CrossValidation {
    let folds = try StratifiedFolds.assigned(labels: data.labels, folds: 5, seed: 2)[0]
    var values = [Double](repeating: 0, count: data.rows)
    for fold in 0..<5 {
      let model = try LogisticRegression.fit(
        data.subset(rows: folds.indices.filter { folds[$0] != fold }))
      let held = folds.indices.filter { folds[$0] == fold }
      for (row, value) in zip(held, try model.probabilities(of: data.subset(rows: held))) {
        values[row] = value
      }
    }
    let scores = try Scores(values: values, labels: data.labels)
    return try crossValidate(
      [FoldedScores([FoldedScores.Round(scores, folds: folds)])],
      FoldedQuestion(.f1, search: .grid(step: 0.001)))
  }
}
