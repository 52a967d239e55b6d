import Testing

@testable import ThresholdEngine

@Suite struct MetricTests {
  private static let counts = Confusion(
    truePositives: 6, falsePositives: 2, trueNegatives: 10, falseNegatives: 4)

  private static let manyCounts = [0.0, 1, 4, 7].flatMap { tp in
    [0.0, 2, 9].flatMap { fp in
      [0.0, 3].flatMap { tn in
        [0.0, 5].map { fn in NaiveMetric.Counts(tp: tp, fp: fp, tn: tn, fn: fn) }
      }
    }
  }

  @Test(arguments: NaiveMetric.all)
  func followsItsDefinition(metric: NaiveMetric) throws {
    for counts in Self.manyCounts {
      let confusion = Confusion(
        truePositives: counts.tp, falsePositives: counts.fp, trueNegatives: counts.tn,
        falseNegatives: counts.fn)
      #expect(metric.metric.value(of: confusion) == metric.value(counts), "\(counts)")
    }
  }

  /// The range that is declared holds, and the direction is the better one.
  @Test(arguments: Metric.named)
  func declaresItsRangeAndDirection(named: NamedMetric) throws {
    let metric = Metric(named)
    for tp in 0...3 {
      for fp in 0...3 {
        let confusion = Confusion(
          truePositives: Double(tp), falsePositives: Double(fp), trueNegatives: Double(3 - fp),
          falseNegatives: Double(3 - tp))
        guard let value = metric.value(of: confusion) else { continue }
        #expect(try #require(named.range).contains(value))
      }
    }
    if let direction = named.direction {
      #expect(!metric.rewardsMistakes(goal: direction))
      let opposite: Direction = direction == .maximise ? .minimise : .maximise
      #expect(metric.rewardsMistakes(goal: opposite))
    }
  }

  @Test func namesAreUnique() {
    let names = Metric.named.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
    #expect(Metric.named.map { Metric(named: $0.name) } == Metric.named.map(Metric.init))
    #expect(Metric(named: "sensitivity") == Metric.recall)
    #expect(Metric(named: "tpr") == Metric.recall)
    #expect(Metric(named: "tnr") == Metric.specificity)
    #expect(Metric(named: "ppv") == Metric.precision)
    #expect(Metric(named: "f2") == nil)
  }

  // MARK: - Algebra

  @Test(
    arguments: [
      (40 * Metric.tp - 5 * Metric.fp - 100 * Metric.fn, "40*tp - 5*fp - 100*fn", -170),
      ((Metric.tp + Metric.fp) * 2, "(tp + fp)*2", 16),
      (Metric.tp - (Metric.fp - Metric.fn), "tp - (fp - fn)", 8),
      (Metric.tp / (Metric.fp / Metric.fn), "tp/(fp/fn)", 12),
      (Metric.tp * (Metric.fp / Metric.fn), "tp*(fp/fn)", 3),
      (-(Metric.tp + 1), "-(tp + 1)", -7),
      ((-Metric.tp).power(2), "(-tp)^2", 36),
      (-(Metric.tp.power(2)), "-tp^2", -36),
      (Metric(2).power(Metric.fp.power(3)), "2^fp^3", 256),
      ((Metric(2).power(Metric.fp)).power(3), "(2^fp)^3", 64),
      (Metric.fp.power(-1), "fp^-1", 0.5),
      (Metric.tp * -5, "tp*-5", -30),
      (Metric.apply(.abs, Metric.fp - Metric.tp), "abs(fp - tp)", 4),
      (Metric.apply(.sqrt, Metric.fp * 2), "sqrt(fp*2)", 2),
      (Metric.apply(.exp, Metric.fp * 0), "exp(fp*0)", 1),
      (Metric.apply(.log, Metric.fp - 1), "log(fp - 1)", 0),
      (
        Metric.combine(.min, Metric.tp, Metric.combine(.max, Metric.fp, 3)), "min(tp, max(fp, 3))",
        3
      ),
      (
        Metric.fBeta(2) + Metric.cost(fp: 1, fn: 20.5) - Metric.netBenefit(0.25),
        "fbeta(2) + cost(fp=1, fn=20.5) - net_benefit(0.25)", 30 / 48.0 + 84 - (6 - 2 / 3.0) / 22
      ),
      (Metric.cost(fp: 1, fn: 2, tn: -0.1), "cost(fp=1, fn=2, tn=-0.1)", 9),
      (1e-7 * Metric.tp + 1e300, "1e-07*tp + 1e300", 1e300),
    ] as [(Metric, String, Double)])
  func readsAsItIsWritten(metric: Metric, source: String, value: Double) throws {
    #expect(metric.description == source)
    #expect(abs(try #require(metric.value(of: Self.counts)) - value) <= 1e-12 * abs(value))
  }

  @Test(
    arguments: [
      Metric.tp / (Metric.fp - 2), (Metric.fp - 2) / (Metric.fp - 2),
      Metric.apply(.log, Metric.fp - 2), Metric.apply(.log, Metric.fp - 3),
      Metric.apply(.sqrt, Metric.fp - 3), (Metric.fp - 2).power(-1), (Metric.fp - 3).power(0.5),
      Metric.apply(.exp, 1e6 * Metric.tp),
      1e308 * Metric.tp, Metric.tp + 1e308 + 1e308, Metric(.nan), Metric(.infinity),
      // Whatever touches the undefined is undefined, even where IEEE 754 and C know better.
      1 / (Metric.tp / (Metric.fp - 2)), 0 * (Metric.tp / (Metric.fp - 2)),
      (Metric.tp / (Metric.fp - 2)).power(0),
      Metric(1).power(Metric.tp / (Metric.fp - 2)),
      Metric.combine(.min, Metric.tp, Metric.tp / (Metric.fp - 2)),
      Metric.combine(.max, Metric.tp / (Metric.fp - 2), Metric.tp), -(Metric.tp / (Metric.fp - 2)),
      Metric.apply(.abs, Metric.tp / (Metric.fp - 2)),
      Metric.fBeta(.nan), Metric.netBenefit(1), Metric.cost(fp: .infinity, fn: 1),
    ] as [Metric])
  func isUndefined(metric: Metric) {
    #expect(metric.value(of: Self.counts) == nil)
  }

  @Test func zeroHasNoSign() {
    #expect((-(Metric.tp * 0)).value(of: Self.counts)?.sign == .plus)
  }

  // MARK: - Direction

  @Test func directions() {
    let minimised = Metric.named.filter { $0.direction == .minimise }.map(\.name)
    #expect(minimised == ["fpr", "fnr", "closest_topleft", "lr_minus"])
    let undirected = Metric.named.filter { $0.direction == nil }.map(\.name)
    #expect(undirected == ["tp", "fp", "tn", "fn", "flagged", "flag_rate"])
    #expect(Metric.cost(fp: 1, fn: 1).direction == .minimise)
    #expect((Metric.tp - Metric.fp).direction == .maximise)
  }

  private static func distance(_ one: Metric, _ other: Metric) -> Metric {
    .apply(.abs, one - other)
  }

  /// What mistakes raise is minimised, what they lower is maximised, and so is what is both.
  @Test(
    arguments: [
      (.recall - .fpr, .maximise), (1 - .fpr, .maximise), (.tp - .cost(fp: 1, fn: 1), .maximise),
      (4 * .flagged + .fn, .minimise), (.fp + 20 * .fn, .minimise), (-2 * .fp, .maximise),
      (40 * .tp - 5 * .fp - 100 * .fn, .maximise), (.tp + .fp / 10, .maximise),
      (distance(.recall, 0.9), .minimise), (2 * distance(.recall, 0.9), .minimise),
      (-distance(.recall, 0.9), .maximise), (.f1 - distance(.recall, 0.9), .maximise),
      (distance(.recall, .precision), .minimise), ((.recall - 0.9).power(2), .minimise),
      (Metric.recall.power(2), .maximise), (Metric.recall.power(-1), .minimise),
      (1 / .fpr, .maximise), (.precision * .recall, .maximise), (.tp / .flagged, .maximise),
      (.cost(fp: 1, fn: 5) / (.tp + .fp + .tn + .fn), .minimise),
      (.fp / (.fp + .tn), .minimise), (.apply(.log, .fnr), .minimise),
      (.combine(.min, .recall, .precision), .maximise), (.tp + .fn, .maximise),
      (.tp + .fp, nil), (3 * .flagged, nil), (.tp - .tn, nil), (2 * .flagRate, .minimise),
    ] as [(Metric, Direction?)])
  func directionsOfExpressions(metric: Metric, direction: Direction?) {
    #expect(metric.direction == direction)
  }

  /// As few flags as a constraint allows, where it does not allow none.
  @Test(
    arguments: [
      (.flagRate, .recall >= 0.9, .minimise), (.flagged, .precision >= 0.5, .minimise),
      (.tp + .fp, .tp >= 50, .minimise), (.flagRate, .flagRate <= 0.02, nil),
      (.flagged, .fpr <= 0.1, nil), (.fp, .recall >= 0.9, .minimise),
      (.tp, .flagRate <= 0.02, .maximise), (.tp, .recall >= 0.9, nil), (.flagged, nil, nil),
    ] as [(Metric, Constraint?, Direction?)])
  func constraintsGiveADirection(metric: Metric, where constraint: Constraint?, goal: Direction?) {
    #expect(metric.direction(where: constraint) == goal)
    if let goal {
      #expect(!metric.rewardsMistakes(goal: goal, where: constraint))
      #expect(metric.degeneratesAlone(goal: goal, where: constraint) == nil)
    }
  }

  /// The best of these is at the target, not where hardly any row or nearly every one is flagged.
  @Test(
    arguments: [
      distance(.lrMinus, 0.5), distance(.precision, 0.7), distance(.flagRate, 0.02),
      distance(.flagRate, 0.001), distance(.flagRate, 0.3), distance(.recall, 0.9),
    ])
  func targetsDoNotDegenerate(metric: Metric) {
    #expect(metric.degeneratesAlone(goal: .minimise) == nil)
  }

  @Test(
    arguments: [
      (.precision, .flagRate <= 0.02, .flagHardlyAnything), (.precision, .recall >= 0.3, nil),
      (.recall, .precision >= 0.1, nil), (.recall, .flagRate <= 0.02, nil),
      (.recall, .fnr <= 0.5, .flagNearlyEverything),
    ] as [(Metric, Constraint, TrivialDecision?)])
  func degeneratesBeside(
    metric: Metric, constraint: Constraint, expected: TrivialDecision?
  ) {
    #expect(metric.degeneratesAlone(goal: .maximise, where: constraint) == expected)
  }

  /// Scaled with the rows: costs and counts are, shares are not.
  @Test func whatDependsOnSize() {
    let totals: Set = ["tp", "fp", "tn", "fn", "flagged"]
    for named in Metric.named {
      #expect(Metric(named).dependsOnSize == totals.contains(named.name), "\(named.name)")
    }
    let shares: [Metric] = [
      .tp / .flagged, .fBeta(2), .netBenefit(0.2), .apply(.abs, .recall - 0.9),
    ]
    for metric in shares { #expect(!metric.dependsOnSize) }
    let sums: [Metric] = [.cost(fp: 1, fn: 5), 40 * .tp - 5 * .fp, .apply(.sqrt, .fp), .f1 * .tp]
    for metric in sums { #expect(metric.dependsOnSize) }
  }

  @Test(
    arguments: [
      (Metric.fp + 20 * Metric.fn, .maximise, true), (Metric.fp + 20 * Metric.fn, .minimise, false),
      (Metric.tp + Metric.fp, .maximise, true), (Metric.flagRate, .minimise, true),
      (40 * Metric.tp - 5 * Metric.fp - 100 * Metric.fn, .maximise, false),
      (Metric.precision * Metric.recall, .maximise, false),
      (Metric.apply(.abs, Metric.flagRate - 0.3), .minimise, false),
      (Metric.cost(fp: 1, fn: 5, tp: 9), .minimise, true),
    ] as [(Metric, Direction, Bool)])
  func rewardsMistakes(metric: Metric, goal: Direction, expected: Bool) {
    #expect(metric.rewardsMistakes(goal: goal) == expected)
  }

  @Test(
    arguments: [
      (Metric.recall, .maximise, .flagNearlyEverything),
      (Metric.fnr, .minimise, .flagNearlyEverything),
      (Metric.npv, .maximise, .flagNearlyEverything),
      (Metric.lrMinus, .minimise, .flagNearlyEverything),
      (Metric.precision, .maximise, .flagHardlyAnything),
      (Metric.specificity, .maximise, .flagHardlyAnything),
      (Metric.fpr, .minimise, .flagHardlyAnything),
      (Metric.cost(fp: 1, fn: 0), .minimise, .flagHardlyAnything),
      (-2 * Metric.fp, .maximise, .flagHardlyAnything),
      (Metric.f1, .maximise, nil), (Metric.mcc, .maximise, nil), (Metric.youden, .maximise, nil),
      (Metric.gmean, .maximise, nil), (Metric.accuracy, .maximise, nil),
      (Metric.cost(fp: 1, fn: 20), .minimise, nil),
      (40 * Metric.tp - 5 * Metric.fp - 100 * Metric.fn, .maximise, nil),
    ] as [(Metric, Direction, TrivialDecision?)])
  func degeneratesAlone(metric: Metric, goal: Direction, expected: TrivialDecision?) {
    #expect(metric.degeneratesAlone(goal: goal) == expected)
  }
}
