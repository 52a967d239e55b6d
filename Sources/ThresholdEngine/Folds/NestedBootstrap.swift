import ParallelWork
import Synchronization

/// Intervals of nested values: rows are drawn with replacement, each with the decision that the
/// other folds chose for it.
struct NestedBootstrap {
  private let question: Question
  private let level: Double
  private let seed: UInt64
  /// What rows, or units of rows, contribute; equal ones have one entry.
  private let kinds: [Contribution]
  /// The kind of each row or unit, and which of them are drawn from each other: the classes.
  private let strata: [[Int32]]

  /// Counts of a row for each rule, one rule after the other.
  fileprivate struct Contribution: Hashable {
    var positives = 0.0
    var negatives = 0.0
    var truePositives: [Double]
    var falsePositives: [Double]
  }

  init(
    _ judgement: NestedJudgement, _ rules: [CrossValidation.Outcome], units: [Int]?,
    _ asked: FoldedQuestion
  ) {
    question = judgement.question
    (level, seed) = (asked.level, asked.seed)
    let rows = Self.contributions(judgement, rules)
    var places: [Contribution: Int32] = [:]
    var kinds: [Contribution] = []
    func kind(_ contribution: Contribution) -> Int32 {
      if let place = places[contribution] { return place }
      places[contribution] = Int32(kinds.count)
      kinds.append(contribution)
      return Int32(kinds.count - 1)
    }
    if let units {
      var sums: [Int: Contribution] = [:]
      for (row, unit) in zip(rows, units) { sums[unit] = sums[unit].map { $0 + row } ?? row }
      strata = [sums.keys.sorted().compactMap { sums[$0] }.map(kind)]
    } else {
      strata = [true, false].map { isPositive in
        rows.filter { ($0.positives > 0) == isPositive }.map(kind)
      }
    }
    self.kinds = kinds
  }

  /// One for each row of a weight above 0: its share of each count, on average over the rounds.
  private static func contributions(
    _ judgement: NestedJudgement, _ rules: [CrossValidation.Outcome]
  ) -> [Contribution] {
    let scores = judgement.options[0].rounds[0].scores
    let share = 1 / Double(judgement.options[0].rounds.count)
    let nothing = [Double](repeating: 0, count: rules.count)
    var rows = scores.labels.enumerated().map { row, label in
      let weight = scores.weights?[row] ?? 1
      return Contribution(
        positives: label ? weight : 0, negatives: label ? 0 : weight, truePositives: nothing,
        falsePositives: nothing)
    }
    for (fold, part) in judgement.options[0].parts.enumerated() {
      for (place, rule) in rules.enumerated() where fold < rule.decisions.count {
        guard let threshold = rule.decisions[fold]?.threshold else { continue }
        let values = judgement.options[rule.options[fold]].rounds[part.round].scores.values
        for row in part.rows where values[row] >= threshold {
          rows[row].truePositives[place] += rows[row].positives * share
          rows[row].falsePositives[place] += rows[row].negatives * share
        }
      }
    }
    return rows.filter { $0.positives + $0.negatives > 0 }
  }

  /// From percentile to percentile, for each rule; `nil` where no sample gives a value.
  ///
  /// - Complexity: O(rows · samples), on all processors.
  func intervals(
    samples: Int, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(Cancelled) -> [Confidence.Interval?] {
    let rules = kinds.first?.truePositives.count ?? 0
    let values = Mutex([[Double]](repeating: [], count: samples))
    Workers.run(pieces: samples, threads: Workers.available) { _, next in
      while let number = next() {
        if isCancelled() { return }
        let sample = sample(number)
        values.withLock { $0[number] = sample }
      }
    }
    if isCancelled() { throw Cancelled() }
    let found = values.withLock { $0 }
    return (0..<rules).map { rule in
      Confidence.Interval(found.map { $0[rule] }.filter { !$0.isNaN }, level: level)
    }
  }

  /// The metric of each rule on one sample; NaN where undefined.
  private func sample(_ number: Int) -> [Double] {
    var stream = DrawStream(seed: seed, number: number)
    var drawn = [Int](repeating: 0, count: kinds.count)
    for members in strata where !members.isEmpty {
      let bound = UInt64(members.count)
      let rejected = DrawStream.rejected(below: bound)
      for _ in members.indices {
        drawn[Int(members[stream.integer(below: bound, rejected: rejected)])] &+= 1
      }
    }
    var sum = Contribution(
      truePositives: kinds[0].truePositives.map { _ in 0 },
      falsePositives: kinds[0].falsePositives.map { _ in 0 })
    for (kind, count) in zip(kinds, drawn) where count > 0 { sum.add(kind, Double(count)) }
    return sum.truePositives.indices.map { rule in
      question.metric.value(
        of: Confusion(
          tp: sum.truePositives[rule], fp: sum.falsePositives[rule], positives: sum.positives,
          negatives: sum.negatives)) ?? .nan
    }
  }
}

extension NestedBootstrap.Contribution {
  fileprivate mutating func add(_ other: Self, _ times: Double) {
    positives += other.positives * times
    negatives += other.negatives * times
    for place in truePositives.indices {
      truePositives[place] += other.truePositives[place] * times
      falsePositives[place] += other.falsePositives[place] * times
    }
  }

  fileprivate static func + (one: Self, other: Self) -> Self {
    var sum = one
    sum.add(other, 1)
    return sum
  }
}
