extension Metric {
  /// Whether the goal pays for mistakes: some kind of mistake never hurts and sometimes helps.
  ///
  /// `fp + 20*fn` maximised does; so does `tp + fp`. A target that is approached from both sides,
  /// such as `abs(flag_rate - 0.02)`, does not, nor does a goal whose extreme a constraint rules
  /// out: the fewest flags that find 90 % of the positives. Probed on made-up counts, so it needs no
  /// data.
  public func rewardsMistakes(goal: Direction, where constraint: Constraint? = nil) -> Bool {
    guard canBeProbed else { return false }
    return zip(
      Probe.kindsOfMistake, [.flagNearlyEverything, .flagHardlyAnything] as [TrivialDecision]
    )
    .contains { probe, extreme in
      let effects = probe.steps.compactMap { step -> Double? in
        guard let before = value(of: step.before), let after = value(of: step.after) else {
          return nil
        }
        return goal == .maximise ? after - before : before - after
      }
      return effects.contains { $0 > 0 } && !effects.contains { $0 < 0 }
        && constraint?.rulesOut(extreme) != true
    }
  }

  /// Whether made-up counts say what it rewards: in `4*flagged + fn["amount"]` that depends on the
  /// amounts.
  private var canBeProbed: Bool {
    if case .tallied = expression.form { return true }
    return demands.columns.isEmpty
  }

  /// Whether it is a total over rows, such as a cost or a count, and not a share: whether it changes
  /// where there are four times as many rows of every kind.
  ///
  /// By four, since even a root of it is exact in Double.
  var dependsOnSize: Bool {
    Probe.kindsOfMistake.contains { probe in
      probe.steps.contains { step in
        value(of: step.before.scaled(by: 4)) != value(of: step.before)
      }
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

  /// The trivial decision that scores as well as a perfect one and as any other, so that the metric
  /// alone settles nothing; `nil` for a metric that can stand alone, or beside this constraint.
  public func degeneratesAlone(
    goal: Direction, where constraint: Constraint? = nil
  ) -> TrivialDecision? {
    guard canBeProbed, let perfect = value(of: Probe.confusion(tp: 1, fp: 0)) else { return nil }
    let sign: Double = goal == .maximise ? 1 : -1
    let best = Probe.everywhere.compactMap { value(of: $0) }.reduce(perfect * sign) {
      max($0, $1 * sign)
    }
    return TrivialDecision.allCases.first { decision in
      decision.confusions.contains { value(of: $0).map { $0 * sign >= best } ?? false }
        && constraint?.rulesOut(decision) != true
    }
  }
}

extension Constraint {
  /// Whether a decision that needs no model fails it, or is undefined, where the classes are of some
  /// size.
  func rulesOut(_ decision: TrivialDecision) -> Bool {
    Probe.classSizes.contains { positives, negatives in
      !isMet(by: decision.extreme(positives: positives, negatives: negatives))
    }
  }
}

/// A decision that needs no model.
public enum TrivialDecision: Hashable, Sendable, CaseIterable {
  /// Flag nothing, or only the surest row.
  case flagHardlyAnything
  /// Flag every row, or all but the surest.
  case flagNearlyEverything

  /// Not one row, or every one.
  func extreme(positives: Double, negatives: Double) -> Confusion {
    let isAll = self == .flagNearlyEverything
    return Confusion(
      tp: isAll ? positives : 0, fp: isAll ? negatives : 0, positives: positives,
      negatives: negatives)
  }

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
  /// Balanced more or less, and either class rare.
  static let classSizes = [(positives, negatives), (positives, 0x1p20), (0x1p20, positives)]
  private static let shares = [0, 0.0625, 0.25, 0.5, 0.75, 0.9375, 1]

  /// Counts from the share of each class that is flagged.
  static func confusion(tp: Double, fp: Double) -> Confusion {
    Confusion(
      truePositives: positives * tp, falsePositives: negatives * fp,
      trueNegatives: negatives * (1 - fp), falseNegatives: positives * (1 - tp))
  }

  /// Decisions of all kinds, those that flag very few among them.
  static let everywhere: [Confusion] = {
    let all = [0, 1e-5, 1e-4, 1e-3, 0.01, 0.1] + shares.dropFirst()
    return all.flatMap { tp in all.map { confusion(tp: tp, fp: $0) } }
  }()

  /// False alarms, then misses.
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
