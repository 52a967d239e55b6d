import ThresholdEngine

/// Rows with a column, a condition and a group beside score and label, counted one by one.
struct NaiveRows: Sendable {
  var scores: Scores
  var x: [Double]
  var holds: [Bool]
  var group: [Int]
  /// `nil` for every distinct score.
  var grid: [Double]?

  static let condition = RowCondition("holds", finder: 0)

  var known: Scores {
    var facts = RowFacts()
    facts.columns["x"] = x
    facts.conditions[Self.condition] = holds
    facts.groups["g"] = .init(codes: group.map(Int32.init), count: 3)
    return scores.knowing(facts)
  }

  /// In the order in which the first of equals wins; flagging nothing last.
  var candidates: [Decision] {
    let values = (0..<scores.rows).filter { scores.weights?[$0] != 0 }.map { scores.values[$0] }
    let thresholds = (grid ?? Array(Set(values))).filter { threshold in
      values.contains { $0 >= threshold }
    }
    return thresholds.sorted { grid == nil ? $0 > $1 : $0 < $1 }.map { .threshold($0) }
      + [.flagNothing]
  }

  /// The counts of a decision, each row as much as `much` says beside its weight.
  func counts(
    _ decision: Decision, _ much: (Int) -> Double = { _ in 1 }
  ) -> NaiveMetric.Counts {
    var counts = NaiveMetric.Counts(tp: 0, fp: 0, tn: 0, fn: 0)
    for row in 0..<scores.rows {
      let weight = (scores.weights?[row] ?? 1) * much(row)
      let flag = decision.threshold.map { scores.values[row] >= $0 } ?? false
      switch (flag, scores.labels[row]) {
      case (true, true): counts.tp += weight
      case (true, false): counts.fp += weight
      case (false, false): counts.tn += weight
      case (false, true): counts.fn += weight
      }
    }
    return counts
  }

  /// A metric in each group where it has a value at some threshold.
  func groups(
    _ decision: Decision, _ metric: (NaiveMetric.Counts) -> Double?
  ) -> [Double?] {
    let thresholds = candidates.filter { $0 != .flagNothing }
    return (0..<3).compactMap { group -> Double?? in
      let member = { (row: Int) in self.group[row] == group ? 1.0 : 0 }
      guard thresholds.contains(where: { metric(counts($0, member)) != nil }) else { return nil }
      return .some(metric(counts(decision, member)))
    }
  }

  /// The best decision and its value, by trying all.
  func best(_ asked: NaiveRowMetric, where limit: NaiveRowConstraint?) -> Answer {
    let feasible = candidates.filter { limit?.isMet(self, $0) ?? true }
    if feasible.isEmpty { return .infeasible }
    var best: (decision: Decision, value: Double)?
    for decision in feasible {
      guard let value = asked.value(self, decision) else { continue }
      let isBetter =
        asked.goal == .maximise
        ? value > best?.value ?? -.infinity : value < best?.value ?? .infinity
      if isBetter { best = (decision, value) }
    }
    return best.map { .best($0.decision, $0.value) } ?? .undefined
  }

  enum Answer: Equatable {
    case best(Decision, Double)
    case undefined, infeasible
  }
}

/// A metric of rows and its value by definition.
struct NaiveRowMetric: Sendable {
  var metric: Metric
  var goal: Direction
  var value: @Sendable (NaiveRows, Decision) -> Double?
}

struct NaiveRowConstraint: Sendable {
  var constraint: Constraint
  var isMet: @Sendable (NaiveRows, Decision) -> Bool
}

private func recall(_ c: NaiveMetric.Counts) -> Double? { ratio(c.tp, c.p) }
private func precision(_ c: NaiveMetric.Counts) -> Double? { ratio(c.tp, c.tp + c.fp) }
private func flagRate(_ c: NaiveMetric.Counts) -> Double? { ratio(c.tp + c.fp, c.p + c.n) }

/// All of them; `nil` where one is undefined, or there is none.
private func whole(_ values: [Double?]) -> [Double]? {
  let known = values.compactMap { $0 }
  return known.count == values.count && !known.isEmpty ? known : nil
}

extension NaiveRowMetric {
  static func all() throws -> [NaiveRowMetric] {
    let condition = NaiveRows.condition
    return [
      .init(metric: try .recall.weighed(by: "x"), goal: .maximise) { rows, decision in
        recall(rows.counts(decision) { rows.x[$0] })
      },
      .init(metric: try .f1.weighed(by: "x"), goal: .maximise) { rows, decision in
        let c = rows.counts(decision) { rows.x[$0] }
        return ratio(2 * c.tp, 2 * c.tp + c.fn + c.fp)
      },
      .init(metric: try 4 * .flagged + .fn.weighed(by: "x"), goal: .minimise) { rows, decision in
        let c = rows.counts(decision)
        return 4 * (c.tp + c.fp) + rows.counts(decision) { rows.x[$0] }.fn
      },
      .init(
        metric: try .cost(fp: .fixed(4), fn: .column("x")), goal: .minimise
      ) { rows, decision in
        4 * rows.counts(decision).fp + rows.counts(decision) { rows.x[$0] }.fn
      },
      .init(metric: Metric.accuracy.only(condition), goal: .maximise) { rows, decision in
        let c = rows.counts(decision) { rows.holds[$0] ? 1 : 0 }
        return ratio(c.tp + c.tn, c.p + c.n)
      },
      .init(
        metric: try .tp.weighed(by: "x").only(condition) - .fp, goal: .maximise
      ) { rows, decision in
        rows.counts(decision) { rows.holds[$0] ? rows.x[$0] : 0 }.tp - rows.counts(decision).fp
      },
      .init(metric: try .per(.recall, "g"), goal: .maximise) { rows, decision in
        whole(rows.groups(decision, recall))?.min()
      },
      .init(
        metric: try .per(.flagRate, "g", quantile: 0.6), goal: .minimise
      ) { rows, decision in
        let values = rows.groups(decision, flagRate).map { $0 ?? .infinity }.sorted(by: >)
        // Two of three groups, two of two, one of one.
        return values.isEmpty ? nil : values[values.count == 3 ? 1 : 0]
      },
      .init(metric: try .gap(.recall, "g"), goal: .minimise) { rows, decision in
        whole(rows.groups(decision, recall)).flatMap { values in
          values.max().flatMap { high in values.min().map { high - $0 } }
        }
      },
      .init(metric: try .ratio(.flagRate, "g"), goal: .maximise) { rows, decision in
        whole(rows.groups(decision, flagRate)).flatMap { values in
          values.max().flatMap { high in values.min().flatMap { ratio($0, high) } }
        }
      },
      NaiveRowMetric(metric: .accuracy, goal: .maximise) { rows, decision in
        let c = rows.counts(decision)
        return ratio(c.tp + c.tn, c.p + c.n)
      },
    ]
  }
}

extension NaiveRowConstraint {
  static func all() throws -> [NaiveRowConstraint] {
    [
      .init(constraint: try .per(.recall, "g") >= 0.5) { rows, decision in
        whole(rows.groups(decision, recall))?.allSatisfy { $0 >= 0.5 } ?? false
      },
      .init(constraint: try .per(.flagged, "g", quantile: 0.6) <= 3) { rows, decision in
        let kept = rows.groups(decision) { $0.tp + $0.fp }.compactMap { $0 }.filter { $0 <= 3 }
        return kept.count >= 2
      },
      .init(
        constraint: try Metric.precision.only(NaiveRows.condition) >= 0.6
          && Metric.flagged.weighed(by: "x") <= 12
      ) { rows, decision in
        let some = rows.counts(decision) { rows.holds[$0] ? 1 : 0 }
        let c = rows.counts(decision) { rows.x[$0] }
        return (precision(some).map { $0 >= 0.6 } ?? false) && c.tp + c.fp <= 12
      },
      .init(constraint: try .gap(.flagRate, "g") <= 0.25) { rows, decision in
        guard let values = whole(rows.groups(decision, flagRate)), let high = values.max(),
          let low = values.min()
        else { return false }
        return high - low <= 0.25
      },
    ]
  }
}

extension RandomScores {
  /// Scores with a column, a condition and groups.
  mutating func rows(kind: ScoresKind) throws -> NaiveRows {
    let scores = try scores(kind: kind)
    let count = scores.rows
    return NaiveRows(
      scores: scores, x: (0..<count).map { _ in pick([0, 0.5, 1, 2.25, 8]) },
      holds: (0..<count).map { _ in pick([true, true, false]) },
      group: (0..<count).map { _ in pick([0, 1, 1, 2, -1]) })
  }
}
