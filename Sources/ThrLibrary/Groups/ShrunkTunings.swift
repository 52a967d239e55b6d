import NumberText
import ParallelWork
import ThrModel
import ThresholdEngine

// Thresholds of groups that are drawn toward that of all rows.

extension Parameter<Bool> {
  static var shrink: Self {
    Parameter(
      "shrink", default: false,
      "With `by`: draws the thresholds of groups toward the overall one, the more the less certain "
        + "they are.")
  }
}

/// How the threshold of a group was drawn toward the overall one.
struct ShrunkThreshold: Hashable, Sendable {
  /// The best threshold of the group by itself.
  let own: Decision
  /// What part of its distance from the overall one is kept, 0 to 1.
  let kept: Double
}

extension TuningOptions {
  /// How many bootstrap samples say how certain a group is.
  private static let shrinkingSamples = 200

  /// The tunings with thresholds of groups drawn toward the overall one.
  func shrunk(_ tunings: TuningsByGroup, _ context: CallContext) throws -> TuningsByGroup {
    let shares = FlaggedShares(try tunings.overall.source.scores().content)
    let variances = try tunings.groups.map { tuning in
      try context.checkCancelled()
      return try variance(of: tuning, shares, context)
    }
    let own = tunings.groups.map { shares.share($0.content.outcome) }
    let center = shares.share(tunings.overall.content.outcome)
    let shrinkage = Shrinkage(
      own, about: center, variances: variances, least: shares.leastVariance)
    let groups = try tunings.groups.indices.map { place in
      let kept = shrinkage.kept[place]
      return try moved(
        tunings.groups[place], to: center + kept * (own[place] - center), kept, shares, context)
    }
    return TuningsByGroup(
      by: tunings.by, overall: tunings.overall, groups: groups, leftOut: tunings.leftOut)
  }

  /// How far the share of rows that the group's threshold flags varies over bootstrap samples.
  private func variance(
    of tuning: TuningResult, _ shares: FlaggedShares, _ context: CallContext
  ) throws -> Double? {
    if let confidence = tuning.confidence { return shares.variance(confidence.content) }
    do {
      let confidence = try tuning.confidence(
        BootstrapOptions(
          samples: samples ?? Self.shrinkingSamples, level: level, unit: unit, seed: seed), context)
      return shares.variance(confidence.content)
    } catch let error as CallError where error.kind == .undefinedEverywhere { return nil }
  }

  private func moved(
    _ tuning: TuningResult, to share: Double, _ kept: Double, _ shares: FlaggedShares,
    _ context: CallContext
  ) throws -> TuningResult {
    // What stands in for a threshold that no row supports is no estimate.
    guard tuning.content.isFeasible else { return tuning }
    let scores = try tuning.source.scores().knowing(limitDemands, context)
    let content = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try ThresholdEngine.tuning(
        tuning.content, on: scores, flagging: share, of: shares, midpoint: midpoint,
        isCancelled: context.isCancelled)
    }
    var result = TuningResult(content, history: tuning.history, source: tuning.source)
    result.group = tuning.group
    result.shrunk = ShrunkThreshold(own: tuning.content.outcome, kept: kept)
    return result
  }

  private var limitDemands: RowDemands {
    var demands = metric.demands
    if let constraint { demands.formUnion(constraint.demands) }
    return demands
  }

  func refuseShrinking() throws(CallError) {
    if isSampled { throw .shrinking("a quantile over samples", "metric") }
    if metric.isRegret { throw .shrinking("`regret`, which has no bootstrap", "metric") }
    if smooth != nil { throw .shrinking("`smooth`", "smooth") }
  }
}

extension CallError {
  static let shrinkInDatabase = CallError.notInCounts(
    "`shrink` of scores in a database", "it draws samples of single rows", parameter: "shrink")

  static let shrinkWithoutGroups = CallError(
    .unsuitableArgument,
    "`shrink` draws thresholds of groups toward the overall one, and there are "
      + "no groups", remedy: "name their column: `by=\"site\"`", parameter: "shrink")

  fileprivate static func shrinking(_ what: String, _ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument, "`shrink` is not available with \(what)",
      remedy: "remove one of the two", parameter: parameter)
  }
}
