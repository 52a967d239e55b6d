import Synchronization
import Testing
import ThrLibrary
import ThrModel
import ThrSyntax
import ThresholdEngine

/// What is said of a tuning beside its figures, and where none can be made.
@Suite struct TuningMeaningTests {
  private let caller = Caller()

  private func scores(_ values: [Double], _ labels: [Double]) throws -> Value {
    try caller.call("scores", values, labels)
  }

  private func line(_ name: String, of tuning: Value) -> String? {
    caller.display.full(tuning).split(separator: "\n").first { $0.hasPrefix("\(name) ") }
      .map { String($0.dropFirst(name.count).drop { $0 == " " }) }
  }

  /// The plateau is (0.4, 0.6]: no single ratio of costs explains it.
  @Test func impliedCostsAreARange() throws {
    let scores = try scores([0.1, 0.4, 0.6, 0.9], [0, 0, 1, 1])
    let tuning = try caller.call("tune", scores, Metric.f1)
    #expect(
      line("implies", of: tuning) == """
        a miss costs 0.667 to 1.5 false alarms, if the scores are calibrated
        """)
    let other = try caller.call("tune", scores, Metric.f1, named: ["default": 0.3])
    #expect(line("implies", of: other) == line("implies", of: tuning))
  }

  @Test(arguments: [
    (Metric.cost(fp: 1, fn: 20), "the best threshold would be 0.04762"),
    (.netBenefit(0.1), "the best threshold would be 0.1"),
    (Metric.fp + 4 * Metric.fn, "the best threshold would be 0.2"),
  ])
  func statedCostsAreNotContradicted(metric: Metric, text: String) throws {
    let scores = try scores([0.1, 0.4, 0.6, 0.9], [0, 0, 1, 1])
    let tuning = try caller.call("tune", scores, metric)
    #expect(line("calibrated", of: tuning) == text)
    #expect(line("implies", of: tuning) == nil)
  }

  /// Of a negative number there is no percentage.
  @Test func gainsOverNegativeValues() throws {
    let scores = try scores([0.9, 0.4, 0.3, 0.2], [0, 1, 1, 0])
    let tuning = try caller.call("tune", scores, Metric.youden)
    #expect(line("youden", of: tuning) == "0.500, 1.000 better than -0.500 at 0.5")
  }

  @Test func fewRowsOfAClass() throws {
    let one = try caller.call("tune", scores([0.9, 0.4, 0.3], [1, 0, 0]), Metric.f1)
    #expect(line("caution", of: one) == "1 positive row says nothing about new rows")
    let negative = try caller.call("tune", scores([0.9, 0.4, 0.3, 0.2], [1, 1, 1, 0]), Metric.f1)
    #expect(line("caution", of: negative) == "1 negative row says nothing about new rows")
    let many = (0..<20).map { Double($0) }
    let enough = try caller.call("tune", scores(many, many.map { $0 < 10 ? 0 : 1 }), Metric.f1)
    #expect(line("caution", of: enough) == nil)
  }

  /// Rows of no weight do not count: here no positive does.
  @Test func aClassWithoutWeightIsAbsent() throws {
    let scores = try caller.call(
      "scores", [0.1, 0.4, 0.3, 0.8], [0.0, 0, 1, 1], named: ["weight": [1.0, 1, 0, 0]])
    _ = try caller.call("tune", scores, Metric.f1)
    #expect(caller.warnings.withLock { $0.contains { $0.kind.name == "one-class" } })
  }

  @Test(arguments: [
    ([0.9, 0.8, 0.2, 0.1], [0.0, 0, 1, 1], true), ([3, 1, 2, 9, 8], [1, 1, 1, 0, 0], true),
    ([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0], false), ([0.9, 0.8, 0.2, 0.1], [0, 1, 1, 0], false),
  ])
  func scoresThatPointTheOtherWay(values: [Double], labels: [Double], isTold: Bool) throws {
    _ = try caller.call("tune", scores(values, labels), Metric.youden)
    let kinds = caller.warnings.withLock { $0.map(\.kind.name) }
    #expect(kinds.contains("reversed-scores") == isTold)
  }

  /// Two tunings for one metric differ by their constraints, which the table shows.
  @Test func tablesShowConstraints() throws {
    let scores = try scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
    let tunings = try [Metric.recall >= 0.5, Metric.recall >= 0.9].map {
      try caller.call("tune", scores, Metric.f1, named: ["where": Value.constraint($0)])
    }
    let table = caller.display.full(.list(List(tunings)))
    #expect(table.contains("recall >= 0.5") && table.contains("recall >= 0.9"))
    #expect(try tunings[0].member("specificity") == .number(0.5))
    #expect(try tunings[0].member("tpr") == tunings[0].member("recall"))
  }

  @Test func saysWhatIsOutOfReach() throws {
    let scores = try scores([0.9, 0.8, 0.7, 0.6], [0, 1, 0, 1])
    func fault(_ constraint: Constraint) -> String {
      caller.fault {
        try $0.call("tune", scores, Metric.recall, named: ["where": Value.constraint(constraint)])
      }
    }
    #expect(
      fault(.precision >= 0.9).hasPrefix(
        """
        no threshold meets `precision >= 0.9`: `precision` is 0.5 at most (threshold 0.8); the \
        nearest is threshold 0.6, where `precision >= 0.9` fails with 0.5
        """))
    let two = fault(Metric.precision >= 0.5 && Metric.recall > 1)
    #expect(two.contains("where `precision >= 0.5` holds, `recall` is 1 at most (threshold 0.6)"))
    // A value is shown on its own side of the bound.
    let bound = fault(.accuracy > 0.5)
    #expect(bound.contains("`accuracy` is 0.5 at most"))
    #expect(fault(.f1 >= 0.66666666667).contains("`f1` is 0.666666666667 at most"))
  }

  @Test func measuresCountsFromElsewhere() throws {
    let counts = [("tp", 5.0), ("fp", 1), ("tn", 90), ("fn", 4)].map {
      Record.Field($0.0, .number($0.1))
    }
    #expect(try caller.call("measure", Record(counts), Metric.f1) == .number(10.0 / 15))
    let fault = caller.fault { try $0.call("measure", Record(Array(counts.dropLast())), Metric.f1) }
    #expect(fault.contains("`fn` of the record"))
  }

  @Test func infiniteNumbersStayWhatTheyAre() throws {
    #expect(try caller.call("abs", -Double.infinity) == .number(.infinity))
    #expect(try caller.call("round", Double.infinity) == .number(.infinity))
    let scores = try scores([0.9, 0.8, 0.2], [1, 1, 0])
    let evaluation = try caller.call("evaluate", scores, 0.5)
    #expect(try evaluation.member("lr_plus") == .number(.infinity))
    #expect(try caller.call("measure", evaluation, Metric.lrPlus) == .number(.infinity))
  }

  /// A total is that of all rows: 8 misses at 5 each cost 40; so is that of as many new rows.
  @Test func totalsOnNewRowsAreThoseOfAllRows() throws {
    let values = (0..<200).map { Double($0) / 200 }
    let labels = (0..<200).map { $0 % 10 == 3 || $0 > 170 ? 1.0 : 0 }
    let scores = try scores(values, labels)
    let cost = Metric.cost(fp: 1, fn: 5)
    let tuning = try caller.call("tune", scores, cost, named: ["bootstrap": 200.0])
    let share = try caller.call(
      "tune", scores, cost / (.tp + .fp + .tn + .fn), named: ["bootstrap": 200.0])
    let confidence = try tuning.member("confidence")
    for name in ["worth", "gain"] {
      guard case .number(let total) = try confidence.member(name),
        case .number(let mean) = try share.member("confidence").member(name)
      else {
        Issue.record("\(name) is no number")
        return
      }
      #expect(abs(total - 200 * mean) < 1e-9 * abs(total))
    }
  }
}
