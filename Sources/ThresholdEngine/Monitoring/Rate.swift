/// A metric that is a share of independent rows, so that binomial tests of it are exact.
public struct Rate: Hashable, Sendable {
  public let metric: Metric
  /// What its rows are called: “positives”.
  public let sample: String
  private let content: Content

  private enum Content: Hashable, Sendable {
    case recall, fnr, specificity, fpr, precision, npv, flagRate, accuracy
  }

  /// - Returns: `nil` for other metrics.
  public init?(_ metric: Metric) {
    self.metric = metric
    switch metric {
    case .recall: (content, sample) = (.recall, "positives")
    case .fnr: (content, sample) = (.fnr, "positives")
    case .specificity: (content, sample) = (.specificity, "negatives")
    case .fpr: (content, sample) = (.fpr, "negatives")
    case .precision: (content, sample) = (.precision, "flagged rows")
    case .npv: (content, sample) = (.npv, "unflagged rows")
    case .flagRate: (content, sample) = (.flagRate, "rows")
    case .accuracy: (content, sample) = (.accuracy, "rows")
    default: return nil
    }
  }

  public static let all: [Metric] = [
    .recall, .fnr, .specificity, .fpr, .precision, .npv, .flagRate, .accuracy,
  ]

  /// How many rows the rate is a share of, and how many of them are the share.
  ///
  /// - Parameter counts: whole numbers of rows.
  public func reading(of counts: Confusion) -> (hits: Int, rows: Int) {
    let (hits, rows) =
      switch content {
      case .recall: (counts.truePositives, counts.positives)
      case .fnr: (counts.falseNegatives, counts.positives)
      case .specificity: (counts.trueNegatives, counts.negatives)
      case .fpr: (counts.falsePositives, counts.negatives)
      case .precision: (counts.truePositives, counts.flagged)
      case .npv: (counts.trueNegatives, counts.trueNegatives + counts.falseNegatives)
      case .flagRate: (counts.flagged, counts.total)
      case .accuracy: (counts.truePositives + counts.trueNegatives, counts.total)
      }
    return (Int(hits), Int(rows))
  }
}
