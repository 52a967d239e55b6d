import Foundation
import Testing
import ThresholdEngine

/// How many random problems: 100,000 with THR_LONG_FUZZ set in the environment.
func randomProblems(_ count: Int) -> Int {
  ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] == nil ? count : 100_000
}

/// Thresholds of groups that are chosen together, against every combination counted row by row.
@Suite struct JointTuningTests {
  @Test func choosesAsEveryCombination() throws {
    var random = RandomScores(seed: 41)
    var answers: [String: Int] = [:]
    for round in 0..<randomProblems(1_200) {
      let rows = try JointRows(&random, groups: round.isMultiple(of: 3) ? 3 : 2)
      let limits = try JointLimit.all(pairwise: rows.groups == 2)
      let limit = limits[round / 3 % limits.count]
      let metrics = JointMetric.all(pairwise: rows.groups == 2)
      let asked = random.pick(metrics)
      let each: Constraint? = round.isMultiple(of: 4) ? .flagRate <= 0.7 : nil
      let found = rows.found(asked, limit, each)
      let expected = rows.best(asked, limit, each == nil ? nil : 0.7)
      #expect(found == expected, "\(asked.metric) where \(limit.constraint) in \(rows)")
      answers[expected == nil ? "infeasible" : "best", default: 0] += 1
    }
    #expect(answers.count == 2 && answers.values.allSatisfy { $0 > 40 }, "\(answers)")
  }

  /// What the groups come to together is what their decisions give row by row.
  @Test func groupsAddUp() throws {
    var random = RandomScores(seed: 5)
    for _ in 0..<100 {
      let rows = try JointRows(&random, groups: 2)
      let limit = try Metric.gap(.flagRate, "g") <= 0.3
      guard
        let tuning = try? JointTuning(
          rows.known, codes: rows.group, groups: 2, column: "g",
          .init(metric: .accuracy, joint: limit))
      else { continue }
      let flags = rows.flags(tuning.groups.map(\.outcome))
      let right = zip(flags, rows.labels).count { $0 == $1 }
      #expect(tuning.value == Double(right) / Double(rows.labels.count))
    }
  }

  @Test func saysWhatCannotBeSearched() throws {
    var random = RandomScores(seed: 6)
    let rows = try JointRows(&random, groups: 3)
    let limit = try Metric.gap(.recall, "g") <= 0.1
    #expect(throws: JointTuningError.noExactSearch(groups: 3)) {
      try JointTuning(
        rows.known, codes: rows.group, groups: 3, column: "g", .init(metric: .f1, joint: limit))
    }
  }
}

/// Rows of groups, each with all that is asked of it.
private struct JointRows: CustomStringConvertible {
  let values: [Double]
  let labels: [Bool]
  let group: [Int]
  let other: [Int]
  let groups: Int
  let known: Scores

  var description: String { "\(values) \(labels) \(group) \(other)" }

  init(_ random: inout RandomScores, groups: Int) throws {
    let count = random.pick(Array(groups * 2...groups * 4 + 3))
    self.groups = groups
    // Each group has a row.
    group = (0..<count).map { row in row < groups ? row : random.pick(Array(0..<groups)) }
    values = (0..<count).map { _ in random.pick([0, 0.25, 0.5, 0.75, 1, 1.5]) }
    labels = (0..<count).map { _ in random.pick([true, false]) }
    other = (0..<count).map { _ in random.pick([0, 1]) }
    var facts = RowFacts()
    facts.groups["g"] = .init(codes: group.map(Int32.init), count: groups)
    facts.groups["h"] = .init(codes: other.map(Int32.init), count: 2)
    known = try Scores(values: values, labels: labels).knowing(facts)
  }

  func found(_ asked: JointMetric, _ limit: JointLimit, _ each: Constraint?) -> Double? {
    try? JointTuning(
      known, codes: group, groups: groups, column: "g",
      .init(metric: asked.metric, each: each, joint: limit.constraint)
    ).value
  }

  func flags(_ decisions: [Decision]) -> [Bool] {
    zip(values, group).map { value, group in
      decisions[group].threshold.map { value >= $0 } ?? false
    }
  }

  /// The thresholds of each group, and none.
  private func candidates(_ group: Int) -> [Decision] {
    let own = values.indices.filter { self.group[$0] == group }.map { values[$0] }
    return Set(own).map { .threshold($0) } + [.flagNothing]
  }

  func best(_ asked: JointMetric, _ limit: JointLimit, _ mostFlagged: Double?) -> Double? {
    var combinations: [[Decision]] = [[]]
    for group in 0..<groups {
      combinations = combinations.flatMap { start in candidates(group).map { start + [$0] } }
    }
    var best: Double?
    for decisions in combinations {
      let flags = flags(decisions)
      let shares = split(flags, by: group, groups).map { Double($0.tp + $0.fp) / Double($0.rows) }
      if let mostFlagged, !shares.allSatisfy({ $0 <= mostFlagged }) { continue }
      guard limit.isMet(self, flags), let value = asked.value(counts(flags)) else { continue }
      best = best.map { asked.isLargerBetter ? max($0, value) : min($0, value) } ?? value
    }
    return best
  }

  struct Counts {
    var tp = 0, fp = 0, tn = 0, fn = 0
    var rows: Int { tp + fp + tn + fn }
  }

  func counts(_ flags: [Bool]) -> Counts { split(flags, by: flags.map { _ in 0 }, 1)[0] }

  func split(_ flags: [Bool], by codes: [Int], _ count: Int) -> [Counts] {
    var parts = Array(repeating: Counts(), count: count)
    for (row, code) in codes.enumerated() {
      switch (flags[row], labels[row]) {
      case (true, true): parts[code].tp += 1
      case (true, false): parts[code].fp += 1
      case (false, false): parts[code].tn += 1
      case (false, true): parts[code].fn += 1
      }
    }
    return parts
  }
}

private struct JointMetric {
  let metric: Metric
  let isLargerBetter: Bool
  let value: (JointRows.Counts) -> Double?

  /// - Parameter pairwise: whether metrics that are no sum over rows are among them.
  static func all(pairwise: Bool) -> [JointMetric] {
    let sums = [
      JointMetric(metric: .accuracy, isLargerBetter: true) { c in
        Double(c.tp + c.tn) / Double(c.rows)
      },
      JointMetric(metric: .cost(fp: 1, fn: 3), isLargerBetter: false) { c in
        Double(c.fp + 3 * c.fn)
      },
      JointMetric(metric: 4 * .tp - .fp, isLargerBetter: true) { c in Double(4 * c.tp - c.fp) },
    ]
    let f1 = JointMetric(metric: .f1, isLargerBetter: true) { c in
      // Undefined only with neither positives nor flags.
      c.tp + c.fn + c.fp == 0 ? nil : Double(2 * c.tp) / Double(2 * c.tp + c.fn + c.fp)
    }
    return sums + (pairwise ? [f1] : [])
  }
}

private struct JointLimit {
  let constraint: Constraint
  let isMet: (JointRows, [Bool]) -> Bool

  /// - Parameter pairwise: whether limits of other groups are among them.
  static func all(pairwise: Bool) throws -> [JointLimit] {
    func recalls(_ parts: [JointRows.Counts]) -> [Double] {
      parts.filter { $0.tp + $0.fn > 0 }.map { Double($0.tp) / Double($0.tp + $0.fn) }
    }
    func shares(_ parts: [JointRows.Counts]) -> [Double] {
      parts.map { Double($0.tp + $0.fp) / Double($0.rows) }
    }
    let gap = JointLimit(constraint: try .gap(.recall, "g") <= 0.25) { rows, flags in
      let values = recalls(rows.split(flags, by: rows.group, rows.groups))
      guard let high = values.max(), let low = values.min() else { return false }
      return high - low <= 0.25
    }
    let strict = JointLimit(constraint: try .gap(.flagRate, "g") < 0.25) { rows, flags in
      let values = shares(rows.split(flags, by: rows.group, rows.groups))
      return (values.max() ?? 0) - (values.min() ?? 0) < 0.25
    }
    let ratio = JointLimit(constraint: try .ratio(.flagRate, "g") >= 0.8) { rows, flags in
      let values = shares(rows.split(flags, by: rows.group, rows.groups))
      guard let high = values.max(), let low = values.min(), high > 0 else { return false }
      return low / high >= 0.8
    }
    let others = [
      JointLimit(constraint: try .per(.recall, "h") >= 0.5 && .flagRate <= 0.6) { rows, flags in
        let values = recalls(rows.split(flags, by: rows.other, 2))
        let all = rows.counts(flags)
        return !values.isEmpty && values.allSatisfy { $0 >= 0.5 }
          && Double(all.tp + all.fp) / Double(all.rows) <= 0.6
      },
      JointLimit(constraint: try .gap(.flagRate, "h") <= 0.1) { rows, flags in
        let parts = rows.split(flags, by: rows.other, 2).filter { $0.rows > 0 }
        let values = shares(parts)
        return (values.max() ?? 0) - (values.min() ?? 0) <= 0.1
      },
    ]
    return [gap, strict, ratio] + (pairwise ? others : [])
  }
}
