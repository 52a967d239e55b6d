extension Metric {
  /// The goal when none is given: a named metric's own; what arithmetic makes is maximised.
  ///
  /// `nil` where a goal must be given: the bare counts and `flag_rate`.
  public var direction: Direction? {
    if let name { name.direction } else { .maximise }
  }

  /// Whether arithmetic touches a metric that is minimised on its own, so that only the user can
  /// say which way the whole is meant.
  public var containsMinimisedMetric: Bool {
    name == nil && expression.names.contains { $0.direction == .minimise }
  }

  /// Whether the goal pays for mistakes: some kind of mistake never hurts and sometimes helps.
  ///
  /// `fp + 20*fn` maximised does; so does `tp + fp`. A target that is approached from both sides,
  /// such as `abs(flag_rate - 0.02)`, does not. Probed on made-up counts, so it needs no data.
  public func rewardsMistakes(goal: Direction) -> Bool {
    Probe.kindsOfMistake.contains { probe in
      let effects = probe.steps.compactMap { step -> Double? in
        guard let before = value(of: step.before), let after = value(of: step.after) else {
          return nil
        }
        return goal == .maximise ? after - before : before - after
      }
      return effects.contains { $0 > 0 } && !effects.contains { $0 < 0 }
    }
  }

  /// Whether no mistake ever makes it better in its own direction: never less for one more true
  /// positive, never more for one more false positive.
  ///
  /// Every named metric with a direction is so at fixed class sizes, but for a cost whose correct
  /// decisions cost more than mistakes, which the probe finds: it is linear. For `mcc` and `kappa`
  /// differentiate by TP and FP, and use |TP·TN - FP·FN| ≤ min(flagged, unflagged) · class size.
  var isNeverImprovedByMistakes: Bool {
    guard let direction = name?.direction else { return false }
    return Probe.kindsOfMistake.allSatisfy { probe in
      probe.steps.allSatisfy { step in
        guard let before = value(of: step.before), let after = value(of: step.after) else {
          return true
        }
        return direction == .maximise ? after <= before : after >= before
      }
    }
  }

  /// The trivial decision that scores as well as a perfect one, so that the metric alone settles
  /// nothing; `nil` for a metric that can stand alone.
  public func degeneratesAlone(goal: Direction) -> TrivialDecision? {
    guard let perfect = value(of: Probe.confusion(tp: 1, fp: 0)) else { return nil }
    return TrivialDecision.allCases.first { decision in
      decision.confusions.contains { confusion in
        guard let value = value(of: confusion) else { return false }
        return goal == .maximise ? value >= perfect : value <= perfect
      }
    }
  }
}

/// A decision that needs no model.
public enum TrivialDecision: Hashable, Sendable, CaseIterable {
  /// Flag nothing, or only the surest row.
  case flagHardlyAnything
  /// Flag every row, or all but the surest.
  case flagNearlyEverything

  fileprivate var confusions: [Confusion] {
    switch self {
    case .flagHardlyAnything:
      [Probe.confusion(tp: 0, fp: 0), Probe.confusion(tp: 1 / Probe.positives, fp: 0)]
    case .flagNearlyEverything:
      [Probe.confusion(tp: 1, fp: 1), Probe.confusion(tp: 1, fp: 1 - 1 / Probe.negatives)]
    }
  }
}

/// Made-up outcomes at fixed class sizes: one kind of mistake grows, all else stays.
private struct Probe {
  var steps: [(before: Confusion, after: Confusion)]

  static let positives = 64.0
  static let negatives = 256.0
  private static let shares = [0, 0.0625, 0.25, 0.5, 0.75, 0.9375, 1]

  /// Counts from the share of each class that is flagged.
  static func confusion(tp: Double, fp: Double) -> Confusion {
    Confusion(
      truePositives: positives * tp, falsePositives: negatives * fp,
      trueNegatives: negatives * (1 - fp), falseNegatives: positives * (1 - tp))
  }

  static var kindsOfMistake: [Probe] {
    let growing = zip(shares, shares.dropFirst())
    let alarms = shares.flatMap { tp in
      growing.map { (confusion(tp: tp, fp: $0), confusion(tp: tp, fp: $1)) }
    }
    let misses = shares.flatMap { fp in
      growing.map { (confusion(tp: $1, fp: fp), confusion(tp: $0, fp: fp)) }
    }
    return [Probe(steps: alarms), Probe(steps: misses)]
  }
}

extension Metric.Expression {
  /// Every named metric in the expression, left to right.
  var names: [NamedMetric] {
    switch self {
    case .constant: []
    case .named(let named): [named]
    case .unary(_, let operand): operand.names
    case .binary(_, let left, let right): left.names + right.names
    }
  }
}
