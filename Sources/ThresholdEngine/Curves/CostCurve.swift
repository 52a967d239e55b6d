public import ParallelWork

/// Which threshold is cheapest at each ratio of the prices of a miss and a false alarm.
///
/// A threshold with FP false alarms and FN misses costs FP + ρ·FN at the ratio ρ. The thresholds
/// that are cheapest at some ratio are the vertices of the lower left convex hull of the points
/// (FP, FN) (Provost and Fawcett 2001); each is so between the ratios at its two edges.
public struct CostCurve: Hashable, Sendable {
  /// A decision and the ratios at which it is cheapest.
  public struct Segment: Hashable, Sendable {
    public let decision: Decision
    public let plateau: Tuning.Plateau
    public let confusion: Confusion
    /// The ratios: `lower` to `upper`, which is infinite for the last segment.
    public let lower: Double
    public let upper: Double

    /// The cost at a ratio, in false alarms.
    public func cost(at ratio: Double) -> Double {
      confusion.falsePositives + ratio * confusion.falseNegatives
    }
  }

  /// At least one, by rising ratio: ever fewer misses.
  public let segments: [Segment]

  /// - Throws: `Cancelled` soon after `isCancelled` says so.
  /// - Complexity: O(*n*) in the number of rows.
  public init(_ scores: Scores, isCancelled: () -> Bool = { false }) throws(Cancelled) {
    let sweep = try Sweep(scores, isCancelled: isCancelled)
    var hull: [Int] = []
    for place in -1..<sweep.count {
      let point = sweep.mistakes(place)
      while let last = hull.last {
        let previous = hull.dropLast().last.map(sweep.mistakes)
        guard sweep.mistakes(last).isNeedless(between: previous, and: point) else { break }
        hull.removeLast()
      }
      if let last = hull.last, point.misses >= sweep.mistakes(last).misses { continue }
      hull.append(place)
    }
    let edges = zip(hull, hull.dropFirst()).map { sweep.mistakes($0).ratio(to: sweep.mistakes($1)) }
    segments = hull.enumerated().map { position, place in
      Segment(
        decision: sweep.decision(place), plateau: sweep.plateau(place),
        confusion: sweep.counts(place), lower: position == 0 ? 0 : edges[position - 1],
        upper: position < edges.count ? edges[position] : .infinity)
    }
  }
}

/// What a threshold gets wrong.
private struct Mistakes {
  let alarms: Double
  let misses: Double

  /// Whether no ratio needs the point, where the curve comes from one point and another follows with
  /// no fewer alarms.
  func isNeedless(between previous: Mistakes?, and next: Mistakes) -> Bool {
    if next.misses >= misses { return false }
    if next.alarms == alarms { return true }
    guard let previous else { return false }
    // On or above the line from the previous point to the next.
    return (alarms - previous.alarms) * (previous.misses - next.misses)
      >= (next.alarms - previous.alarms) * (previous.misses - misses)
  }

  /// The price of a miss in false alarms at which two points cost the same.
  func ratio(to next: Mistakes) -> Double { (next.alarms - alarms) / (misses - next.misses) }
}

extension Sweep {
  /// The place -1 flags nothing.
  fileprivate func mistakes(_ place: Int) -> Mistakes {
    place < 0
      ? Mistakes(alarms: 0, misses: positives)
      : Mistakes(alarms: falsePositives[place], misses: positives - truePositives[place])
  }

  fileprivate func decision(_ place: Int) -> Decision {
    place < 0 ? .flagNothing : .threshold(thresholds[place])
  }

  fileprivate func counts(_ place: Int) -> Confusion {
    place < 0
      ? Confusion(tp: 0, fp: 0, positives: positives, negatives: negatives)
      : confusion(at: place)
  }

  fileprivate func plateau(_ place: Int) -> Tuning.Plateau {
    Tuning.Plateau(
      lower: place + 1 < count ? thresholds[place + 1] : nil,
      upper: place < 0 ? nil : thresholds[place])
  }
}
