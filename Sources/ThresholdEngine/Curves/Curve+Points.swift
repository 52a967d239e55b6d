import Synchronization

// The points of a curve, as views of its counts.
extension Curve {
  /// How many points it has.
  public var count: Int { sweep.count + (kind.beginsWithNothing ? 1 : 0) }

  /// The horizontal position of every point.
  ///
  /// - Complexity: O(*n*) at the first call, then O(1) for this value and its copies.
  public var x: [Double] { columns.x { (0..<count).map(x(at:)) } }

  /// The height of every point; complexity as of `x`.
  public var y: [Double] { columns.y { (0..<count).map(y(at:)) } }

  /// The threshold of each point; `nil` where nothing is flagged.
  ///
  /// - Complexity: O(*n*).
  public var thresholds: [Double?] { (0..<count).map(threshold(at:)) }

  /// The threshold of a point; `nil` where nothing is flagged.
  public func threshold(at index: Int) -> Double? { place(of: index).map { sweep.thresholds[$0] } }

  /// The outcome counts at a point, in rows or in weight.
  public func confusion(at index: Int) -> Confusion {
    place(of: index).map(sweep.confusion(at:))
      ?? Confusion(tp: 0, fp: 0, positives: positives, negatives: negatives)
  }

  /// The point where a metric is best, as `tune` chooses: the strictest of equals, and flagging
  /// nothing only where it is strictly better; `nil` where the metric is undefined at all points.
  ///
  /// - Complexity: O(*n*).
  public func index(ofBest metric: Metric) -> Int? {
    guard let best = sweep.best(metric, orFlagNothing: kind.beginsWithNothing) else { return nil }
    guard let place = best.identity.map({ Int($0) }) else { return 0 }
    if kind == .decision { return count - 1 - place }
    return kind.beginsWithNothing ? place + 1 : place
  }

  /// The horizontal position of a point.
  public func x(at index: Int) -> Double {
    let counts = confusion(at: index)
    switch kind {
    case .roc, .det: return counts.falsePositives / negatives
    case .precisionRecall: return counts.truePositives / positives
    case .gains, .lift: return counts.flagged / (positives + negatives)
    case .decision: return threshold(at: index) ?? .nan
    }
  }

  /// The height of a point.
  public func y(at index: Int) -> Double {
    let counts = confusion(at: index)
    let tp = counts.truePositives
    switch kind {
    case .roc, .gains: return tp / positives
    case .precisionRecall: return tp / counts.flagged
    case .det: return counts.falseNegatives / positives
    // Products before the quotient: a lift of exactly 1 where everything is flagged.
    case .lift: return (tp * (positives + negatives)) / (counts.flagged * positives)
    case .decision:
      return threshold(at: index).flatMap { Metric.netBenefit($0).value(of: counts) } ?? .nan
    }
  }

  /// Where a point's counts are in the sweep; `nil` where nothing is flagged.
  private func place(of index: Int) -> Int? {
    if kind == .decision { return sweep.count - 1 - index }
    guard kind.beginsWithNothing else { return index }
    return index == 0 ? nil : index - 1
  }
}

extension Curve.Kind {
  /// Whether flagging nothing is the first point.
  fileprivate var beginsWithNothing: Bool {
    switch self {
    case .roc, .det, .gains: true
    case .precisionRecall, .lift, .decision: false
    }
  }
}

extension Curve {
  /// Coordinates that were asked for before.
  final class Columns: Sendable {
    private let known = Mutex<(x: [Double]?, y: [Double]?)>((nil, nil))

    func x(_ compute: () -> [Double]) -> [Double] {
      if let x = known.withLock({ $0.x }) { return x }
      let x = compute()
      known.withLock { $0.x = x }
      return x
    }

    func y(_ compute: () -> [Double]) -> [Double] {
      if let y = known.withLock({ $0.y }) { return y }
      let y = compute()
      known.withLock { $0.y = y }
      return y
    }
  }
}
