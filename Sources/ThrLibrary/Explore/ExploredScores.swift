import Algorithms
import Drawing
import ThrModel
import ThrSyntax
import ThresholdEngine

/// Scores that are explored: counted once, so that every move and every frame only looks up.
///
/// A *place* says how many distinct scores are flagged: 0 flags nothing, `count` everything.
struct ExploredScores: Sendable {
  let name: String?
  let rows: ScoredRows
  let sweep: Sweep
  /// Where each metric is best; `nil` for one without a direction or a value.
  let bestPlaces: [Int?]
  /// The scores of rows of weight 0, which are decided too, though they do not count; ascending.
  private let weightless: [Double]
  /// The places that the curves are drawn through.
  private let outline: [Int]

  /// As many points as the widest terminal can show apart.
  private static let outlinePoints = 600

  /// - Complexity: O(*n*); everything else is O(log *n*) at most.
  init(
    _ name: String?, _ rows: ScoredRows, _ metrics: [Metric], isCancelled: () -> Bool
  ) throws {
    self.name = name
    self.rows = rows
    let sweep = try Sweep(rows.content, isCancelled: isCancelled)
    self.sweep = sweep
    let content = rows.content
    weightless =
      content.weights.map { weights in
        content.values.indices.filter { weights[$0] == 0 }.map { content.values[$0] }.sorted()
      } ?? []
    bestPlaces = metrics.map { sweep.bestPlace($0) }
    outline = sweep.outline(points: Self.outlinePoints)
  }

  var count: Int { sweep.count }
  private var total: Double { sweep.positives + sweep.negatives }

  func confusion(at place: Int) -> Confusion {
    if place > 0 { return sweep.confusion(at: place - 1) }
    return Confusion(
      truePositives: 0, falsePositives: 0, trueNegatives: sweep.negatives,
      falseNegatives: sweep.positives)
  }

  /// `nil` where nothing is flagged.
  func threshold(at place: Int) -> Double? { place > 0 ? sweep.thresholds[place - 1] : nil }

  func plateau(at place: Int) -> Tuning.Plateau {
    let upper = threshold(at: place)
    let below = weightless[..<weightless.partitioningIndex { $0 >= upper ?? .infinity }].last
    let next = place < count ? sweep.thresholds[place] : nil
    return Tuning.Plateau(lower: [next, below].compactMap { $0 }.max(), upper: upper)
  }

  func decision(at place: Int) -> Decision {
    threshold(at: place).map(Decision.threshold) ?? .flagNothing
  }

  /// The share of rows, by weight, that is flagged.
  func share(at place: Int) -> Double { confusion(at: place).flagged / total }

  // MARK: - Places that are asked for

  /// The place whose share of flagged rows is nearest.
  func place(flagging share: Double) -> Int {
    let above = (0..<count).partitioningIndex { self.share(at: $0 + 1) > share }
    guard above < count else { return count }
    let (below, next) = (self.share(at: above), self.share(at: above + 1))
    return share - below <= next - share ? above : above + 1
  }

  /// The place of a threshold; of none it is 0.
  func place(of threshold: Double?) -> Int {
    guard let threshold else { return 0 }
    return sweep.thresholds.partitioningIndex { $0 < threshold }
  }

  /// The place that so many rows, by their share, are away, and at least one labelling.
  func place(_ share: Double, beyond place: Int) -> Int {
    let wanted = self.place(flagging: self.share(at: place) + share)
    return clamped(share > 0 ? max(wanted, place + 1) : min(wanted, place - 1))
  }

  func clamped(_ place: Int) -> Int { min(max(place, 0), count) }

  // MARK: - Curves

  /// The curve of a kind, and the point of a place.
  func series(_ kind: ExploredCurve) -> Figure.Series {
    let points = outline.map { kind.point(confusion(at: $0)) }
    return Figure.Series(
      kind == .roc ? .line : .stepsBefore, name: name ?? "", x: points.map(\.x),
      y: points.map(\.y))
  }

  func mark(_ kind: ExploredCurve, at place: Int) -> Figure.Mark {
    let point = kind.point(confusion(at: place))
    return Figure.Mark(x: point.x, y: point.y)
  }
}

/// The curves to choose from.
enum ExploredCurve: Sendable, CaseIterable {
  case roc, precisionRecall

  fileprivate func point(_ confusion: Confusion) -> (x: Double, y: Double) {
    let recall = Metric.recall.value(of: confusion) ?? .nan
    switch self {
    case .roc: return (Metric.fpr.value(of: confusion) ?? .nan, recall)
    case .precisionRecall: return (recall, Metric.precision.value(of: confusion) ?? .nan)
    }
  }

  var kind: Curve.Kind { self == .roc ? .roc : .precisionRecall }
}

extension Sweep {
  /// Places along the ROC curve, evenly spaced in recall and in false positive rate, with the ends.
  ///
  /// Found by bisection: what is drawn does not need to be looked through.
  fileprivate func outline(points: Int) -> [Int] {
    var places: Set<Int> = [0, count]
    for step in 1..<points {
      let share = Double(step) / Double(points)
      for (counts, all) in [(truePositives, positives), (falsePositives, negatives)] where all > 0 {
        places.insert(counts.partitioningIndex { $0 >= share * all } + 1)
      }
    }
    return places.filter { $0 <= count }.sorted()
  }
}
