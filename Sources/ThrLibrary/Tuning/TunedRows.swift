import ThrModel

/// The rows that a tuning was made on, to ask them again.
///
/// A model's scores are made again when they are needed: a tuning holds on to rows that someone
/// holds anyway, and to no copy.
enum TunedRows: Hashable {
  case scores(ScoredRows)
  case model(FittedModel, DatasetRows)
  /// Rows that stay in a database or a file, and the thresholds at which their counts are wanted.
  case stored(StoredScoredRows, at: [Double])

  func scores() throws(CallError) -> ScoredRows {
    switch self {
    case .scores(let scores): scores
    case .model(let model, let rows): try model.scores(of: rows)
    case .stored(let scores, let thresholds): try scores.reduced(exactAt: thresholds)
    }
  }
}
