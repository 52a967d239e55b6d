import ParallelWork

/// How the thresholds of several folds become one.
public enum FoldRule: String, Hashable, Sendable, CaseIterable {
  /// The best on the rows of all folds together, each scored by the model that did not see it.
  case pooled = "pooled scores"
  /// Where the mean of the folds' curves is best.
  case meanCurve = "mean curve"
  /// The median of the thresholds that are best on each fold by itself.
  case median = "median of folds"
}

/// What each rule chooses on all folds of one model, and on all but one.
struct FoldChoices: Sendable {
  let sweeps: FoldSweeps
  let question: Question
  /// The best of each fold by itself; `nil` where none has a value and meets the constraint.
  let own: [Decision?]
  /// On all folds, for each of `FoldRule.allCases`.
  let all: [Judged]
  /// Without one fold, on the others of its round: for each fold, for each rule.
  let without: [[Judged]]
  /// Which folds have a value of the metric at some threshold.
  let isSpeaking: [Bool]
  /// The folds with what metrics ask of their rows, where counts are not enough.
  var tallied: TalliedFolds?

  /// A decision, and what it is worth on the rows that chose it.
  struct Judged: Hashable, Sendable {
    var decision: Decision?
    var value: Double?
    var meetsConstraint = false
  }

  /// - Complexity: O(thresholds · folds²).
  init(
    _ sweeps: FoldSweeps, _ question: Question, midpoint: Bool, isCancelled: () -> Bool
  ) throws(Cancelled) {
    var (own, isSpeaking): ([Decision?], [Bool]) = ([], [])
    for fold in sweeps.folds {
      let (best, speaks) = fold.best(question, midpoint: midpoint)
      own.append(best)
      isSpeaking.append(speaks)
    }
    let (folds, rounds) = (Array(sweeps.folds.indices), sweeps.rounds)
    let sets =
      [FoldSetChooser(folds, rounds: rounds, question, sweeps)]
      + folds.map { left in
        FoldSetChooser(
          folds.filter { $0 != left && sweeps.folds[$0].round == sweeps.folds[left].round },
          rounds: 1, question, sweeps)
      }
    let thresholds = try sweeps.offer(question, isSpeaking, to: sets, isCancelled)
    let judged = sets.map { set in
      set.judged(own, thresholds, sweeps, question, midpoint: midpoint)
    }
    self.sweeps = sweeps
    self.question = question
    self.own = own
    self.isSpeaking = isSpeaking
    all = judged[0]
    without = Array(judged.dropFirst())
  }

  /// What was chosen in another way.
  init(
    sweeps: FoldSweeps, question: Question, own: [Decision?], all: [Judged], without: [[Judged]],
    isSpeaking: [Bool], tallied: TalliedFolds
  ) {
    (self.sweeps, self.question, self.own) = (sweeps, question, own)
    (self.all, self.without, self.isSpeaking) = (all, without, isSpeaking)
    self.tallied = tallied
  }

  /// The mean over the folds of the metric at a decision; `nil` where one has no value.
  func mean(at decision: Decision) -> Double? {
    if let tallied { return tallied.mean(at: decision) }
    var sum = 0.0
    for (fold, speaks) in zip(sweeps.folds, isSpeaking) where speaks {
      guard
        let value = question.metric.value(of: fold.confusion(at: decision, sweeps.search))
      else { return nil }
      sum += value
    }
    let count = isSpeaking.count { $0 }
    return count == 0 ? nil : sum / Double(count)
  }
}

extension FoldSweeps {
  /// Shows every candidate to sets of folds.
  fileprivate func offer(
    _ question: Question, _ isSpeaking: [Bool], to sets: [FoldSetChooser],
    _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Double] {
    let programs = folds.map { _ in BlockProgram(valueOf: question.metric) }
    let thresholds = try forEachBlock(isCancelled: isCancelled) { block in
      let values = folds.indices.map { index -> UnsafeMutablePointer<Double>? in
        guard isSpeaking[index] else { return nil }
        return programs[index].run(
          block.folds[index], positives: folds[index].positives,
          negatives: folds[index].negatives)
      }
      for set in sets { set.consider(block, values) }
    }
    let nothing = zip(folds, isSpeaking).map { fold, speaks -> Double? in
      guard speaks else { return nil }
      return question.metric.value(of: fold.confusion(at: .flagNothing, search)) ?? .nan
    }
    for set in sets { set.considerFlaggingNothing(nothing) }
    return thresholds
  }
}

extension FoldSweeps.Fold {
  /// The best decision by itself, and whether the metric has a value anywhere.
  fileprivate func best(
    _ question: Question, midpoint: Bool
  ) -> (decision: Decision?, speaks: Bool) {
    var selector = Selector(question, positives: positives, negatives: negatives)
    let program = BlockProgram(valueOf: question.metric)
    var speaks = question.metric.value(of: confusion(at: .flagNothing, .exact)) != nil
    sweep.forEachBlock { block in
      guard block.truePositives[block.count - 1] + block.falsePositives[block.count - 1] > 0 else {
        return
      }
      selector.consider(block.flagging)
      let values = program.run(block, positives: positives, negatives: negatives)
      speaks = speaks || (0..<block.count).contains { !values[$0].isNaN }
    }
    selector.considerFlaggingNothing()
    let decision = selector.best.map { best in
      best.identity.map { Decision.threshold(sweep.thresholds[Int($0)]) } ?? .flagNothing
    }
    guard midpoint, let decision, let middle = scores.plateau(of: decision).middle else {
      return (decision, speaks)
    }
    return (.threshold(middle), speaks)
  }
}

extension CandidateBlock {
  /// Without the first candidates that flag nothing, as on a grid beyond the scores.
  fileprivate var flagging: CandidateBlock {
    guard count > 0, truePositives[0] + falsePositives[0] == 0 else { return self }
    let rest = CandidateBlock()
    for place in 0..<count where truePositives[place] + falsePositives[place] > 0 {
      rest.truePositives[rest.count] = truePositives[place]
      rest.falsePositives[rest.count] = falsePositives[place]
      rest.identities[rest.count] = identities[place]
      rest.count += 1
    }
    return rest
  }
}

extension FoldSetChooser {
  /// What each rule chooses for the members.
  fileprivate func judged(
    _ own: [Decision?], _ thresholds: [Double], _ sweeps: FoldSweeps, _ question: Question,
    midpoint: Bool
  ) -> [FoldChoices.Judged] {
    func decision(_ candidate: Choice.Candidate?) -> Decision? {
      guard let candidate else { return nil }
      guard let identity = candidate.identity else { return .flagNothing }
      let threshold = thresholds[Int(identity)]
      return .threshold(midpoint ? sweeps.middle(of: members, at: threshold) : threshold)
    }
    let decisions = [
      decision(best.pooled), decision(best.mean), Decision.median(members.compactMap { own[$0] }),
    ]
    return decisions.map { decision in
      guard let decision else { return FoldChoices.Judged() }
      let counts = sweeps.confusion(of: members, at: decision, rounds: rounds)
      return FoldChoices.Judged(
        decision: decision, value: question.metric.value(of: counts),
        meetsConstraint: question.constraint?.isMet(by: counts) ?? true)
    }
  }
}

extension FoldSweeps {
  /// The middle of the thresholds that decide the members' rows as this one does.
  fileprivate func middle(of members: [Int], at threshold: Double) -> Double {
    let plateaus = members.map { folds[$0].scores.plateau(of: .threshold(threshold)) }
    let whole = Tuning.Plateau(
      lower: plateaus.compactMap(\.lower).max(), upper: plateaus.compactMap(\.upper).min())
    return whole.middle ?? threshold
  }
}

extension Decision {
  /// The median, flagging nothing being above every threshold; of an even number the middle between
  /// the two in the middle.
  static func median(_ decisions: [Decision]) -> Decision? {
    let sorted = decisions.map { $0.threshold ?? .infinity }.sorted()
    guard !sorted.isEmpty else { return nil }
    let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
    let isNothing = decisions.contains(.flagNothing) && high == .infinity
    if isNothing { return .flagNothing }
    return .threshold(low == high ? low : low + (high - low) / 2)
  }
}
