import Testing
import ThresholdEngine

/// Every metric once more, from its definition and nothing of the engine: the truth of the tests.
///
/// `rank` is what candidates are compared by; the same one-rounding forms as the engine promises.
struct NaiveMetric: Sendable {
  var metric: Metric
  var value: @Sendable (Counts) -> Double?
  var rank: (@Sendable (Counts) -> Double?)?

  struct Counts {
    var tp, fp, tn, fn: Double
    var p: Double { tp + fn }
    var n: Double { fp + tn }
  }
}

func ratio(_ part: Double, _ whole: Double) -> Double? { whole == 0 ? nil : part / whole }

/// Infinite over 0, but undefined where both are 0.
private func odds(_ part: Double, _ whole: Double) -> Double? {
  whole == 0 && part > 0 ? .infinity : ratio(part, whole)
}

extension NaiveMetric {
  /// By the name in the language, so that a wrong name is found too.
  private static func named(
    _ name: String, _ value: @escaping @Sendable (Counts) -> Double?
  ) -> NaiveMetric {
    guard let metric = Metric(named: name) else { fatalError("no metric \(name)") }
    return NaiveMetric(metric: metric, value: value)
  }

  private static func youdenRank(_ c: Counts) -> Double? {
    c.p * c.n == 0 ? nil : c.tp * c.n - c.fp * c.p
  }

  // Of few rows all products are exact, and one quotient rounds once.
  private static func matthewsRank(_ c: Counts) -> Double? {
    if c.p * c.n == 0 { return nil }
    let (excess, margins) = (c.tp * c.n - c.fp * c.p, (c.tp + c.fp) * (c.tn + c.fn))
    return margins == 0 ? 0 : excess * abs(excess) / margins
  }

  private static func cornerRank(_ c: Counts) -> Double? {
    if c.p * c.n == 0 { return nil }
    return c.fn * c.n * (c.fn * c.n) + c.fp * c.p * (c.fp * c.p)
  }

  static let all: [NaiveMetric] = [
    named("tp") { $0.tp }, named("fp") { $0.fp }, named("tn") { $0.tn }, named("fn") { $0.fn },
    named("recall") { ratio($0.tp, $0.p) }, named("specificity") { ratio($0.tn, $0.n) },
    named("precision") { ratio($0.tp, $0.tp + $0.fp) },
    named("npv") { ratio($0.tn, $0.tn + $0.fn) },
    named("fpr") { ratio($0.fp, $0.n) }, named("fnr") { ratio($0.fn, $0.p) },
    named("flag_rate") { ratio($0.tp + $0.fp, $0.p + $0.n) },
    named("accuracy") { ratio($0.tp + $0.tn, $0.p + $0.n) },
    ranked("gmean", by: { $0.p * $0.n == 0 ? nil : $0.tp * $0.tn }) {
      ratio($0.tp * $0.tn, $0.p * $0.n)?.squareRoot()
    },
    ranked("youden", by: youdenRank) { ratio($0.tp * $0.n - $0.fp * $0.p, $0.p * $0.n) },
    ranked("balanced_accuracy", by: youdenRank) {
      ratio($0.tp * $0.n - $0.fp * $0.p + $0.p * $0.n, 2 * ($0.p * $0.n))
    },
    ranked("closest_topleft", by: cornerRank) {
      guard let missed = ratio($0.fn, $0.p), let alarmed = ratio($0.fp, $0.n) else { return nil }
      return missed * missed + alarmed * alarmed
    },
    named("f1") { ratio(2 * $0.tp, 2 * $0.tp + $0.fn + $0.fp) },
    named("jaccard") { ratio($0.tp, $0.tp + $0.fp + $0.fn) },
    ranked("mcc", by: matthewsRank) {
      let margins = ($0.tp + $0.fp) * $0.p * ($0.n * ($0.tn + $0.fn))
      if $0.p * $0.n != 0, margins == 0 { return 0 }
      return ratio($0.tp * $0.tn - $0.fp * $0.fn, margins.squareRoot())
    },
    named("kappa") {
      ratio(
        2 * ($0.tp * $0.tn - $0.fp * $0.fn),
        ($0.tp + $0.fp) * $0.n + $0.p * ($0.tn + $0.fn))
    },
    named("lr_plus") { odds($0.tp * $0.n, $0.fp * $0.p) },
    named("lr_minus") { odds($0.fn * $0.n, $0.tn * $0.p) },
    named("dor") { odds($0.tp * $0.tn, $0.fp * $0.fn) },
    NaiveMetric(metric: .fBeta(2)) { ratio(5 * $0.tp, 5 * $0.tp + 4 * $0.fn + $0.fp) },
    NaiveMetric(metric: .cost(fp: 1, fn: 20)) { $0.fp + 20 * $0.fn },
    NaiveMetric(metric: .cost(fp: 3, fn: 1, tp: 2, tn: -1)) {
      $0.fp * 3 + $0.fn + $0.tp * 2 - $0.tn
    },
    NaiveMetric(metric: .netBenefit(0.2)) { ratio($0.tp - $0.fp * (0.2 / 0.8), $0.p + $0.n) },
    NaiveMetric(metric: 40 * .tp - 5 * .fp - 100 * .fn) { 40 * $0.tp - 5 * $0.fp - 100 * $0.fn },
    NaiveMetric(metric: .precision * .recall / .combine(.max, .fp, .fn)) { c in
      guard let precision = ratio(c.tp, c.tp + c.fp), let recall = ratio(c.tp, c.p) else {
        return nil
      }
      return ratio(precision * recall, max(c.fp, c.fn))
    },
    NaiveMetric(metric: .apply(.abs, .flagRate - 0.3)) {
      ratio($0.tp + $0.fp, $0.p + $0.n).map { abs($0 - 0.3) }
    },
  ]

  private static func ranked(
    _ name: String, by rank: @escaping @Sendable (Counts) -> Double?,
    _ value: @escaping @Sendable (Counts) -> Double?
  ) -> NaiveMetric {
    var metric = named(name, value)
    metric.rank = rank
    return metric
  }

  init(metric: Metric, value: @escaping @Sendable (Counts) -> Double?) {
    self.metric = metric
    self.value = value
  }
}

extension NaiveMetric: CustomTestStringConvertible {
  var testDescription: String { metric.description }
}

/// A constraint and its truth by definition: whether it holds, and by how much it falls short.
struct NaiveConstraint: Sendable {
  var constraint: Constraint
  var isMet: @Sendable (NaiveMetric.Counts) -> Bool
  var shortfall: @Sendable (NaiveMetric.Counts) -> Double?

  private static func gap(_ low: Double, _ high: Double) -> Double {
    low >= high ? 0 : (high - low) / max(abs(low), abs(high))
  }

  private static func precision(_ c: NaiveMetric.Counts) -> Double? { ratio(c.tp, c.tp + c.fp) }
  private static func flagRate(_ c: NaiveMetric.Counts) -> Double? { ratio(c.tp + c.fp, c.p + c.n) }

  static let all: [NaiveConstraint] = [
    NaiveConstraint(constraint: .precision >= 0.7) {
      precision($0).map { $0 >= 0.7 } ?? false
    } shortfall: {
      precision($0).map { gap($0, 0.7) }
    },
    NaiveConstraint(constraint: Metric.precision >= 0.6 && Metric.flagRate <= 0.25) {
      guard let precision = precision($0), let rate = flagRate($0) else { return false }
      return precision >= 0.6 && rate <= 0.25
    } shortfall: { c in
      guard let precision = precision(c), let rate = flagRate(c) else { return nil }
      return max(gap(precision, 0.6), gap(0.25, rate))
    },
    NaiveConstraint(constraint: Metric.precision >= 2 || Metric.tp >= 10_000) { _ in
      false
    } shortfall: { c in
      min(precision(c).map { gap($0, 2) } ?? .infinity, gap(c.tp, 10_000))
    },
    // Unknown stays unknown when negated: flagging nothing meets neither this nor its opposite.
    NaiveConstraint(constraint: !(Metric.precision < 0.5)) {
      precision($0).map { $0 >= 0.5 } ?? false
    } shortfall: {
      precision($0).map { gap($0, 0.5) }
    },
    NaiveConstraint(constraint: .fp <= .tp) {
      $0.fp <= $0.tp
    } shortfall: {
      gap($0.tp, $0.fp)
    },
  ]
}
