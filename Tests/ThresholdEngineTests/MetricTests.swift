import Testing
import ThresholdEngine

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
    #expect(undirected == ["tp", "fp", "tn", "fn", "flag_rate"])
    #expect(Metric.cost(fp: 1, fn: 1).direction == .minimise)
    #expect((Metric.tp - Metric.fp).direction == .maximise)
    #expect(!(Metric.tp - Metric.fp).containsMinimisedMetric)
    #expect((1 - Metric.fpr).containsMinimisedMetric)
    #expect((Metric.tp - Metric.cost(fp: 1, fn: 1)).containsMinimisedMetric)
    #expect(!Metric.fpr.containsMinimisedMetric)
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
