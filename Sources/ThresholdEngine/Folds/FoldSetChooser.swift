/// Chooses for some folds together, both by their rows and by the mean of their curves.
final class FoldSetChooser {
  let members: [Int]
  /// How many rounds the members are of: counts are means over these.
  let rounds: Int
  private var selector: Selector
  private var mean: Choice
  private let sign: Double
  private let truth: BlockProgram?
  private let block = CandidateBlock()
  private let ranks = LaneMemory.allocate()
  private var places = [Int](repeating: 0, count: CandidateBlock.capacity)
  private let positives: Double
  private let negatives: Double
  /// Whether candidates that decide the same rows count as one.
  private let isExact: Bool
  private var flagged = 0.0

  /// The best by the rows of all members, and by the mean of their curves.
  var best: (pooled: Choice.Candidate?, mean: Choice.Candidate?) { (selector.best, mean.best) }

  init(_ members: [Int], rounds: Int, _ question: Question, _ sweeps: FoldSweeps) {
    self.members = members
    self.rounds = rounds
    isExact = sweeps.search == .exact
    let all = sweeps.confusion(of: members, at: .flagNothing, rounds: rounds)
    (positives, negatives) = (all.positives, all.negatives)
    selector = Selector(question, positives: positives, negatives: negatives)
    mean = Choice(ties: question.ties)
    sign = question.goal == .maximise ? 1 : -1
    truth = question.constraint.map { BlockProgram(truthOf: $0) }
  }

  deinit { ranks.deallocate() }

  /// - Parameter values: the metric of every fold at each candidate; `nil` for a fold that never
  ///   has a value.
  func consider(_ folds: FoldBlock, _ values: [UnsafeMutablePointer<Double>?]) {
    fill(from: folds)
    guard block.count > 0 else { return }
    let speaking = members.compactMap { values[$0] }
    for place in 0..<block.count {
      var sum = 0.0
      for value in speaking { sum += value[places[place]] }
      ranks[place] = sum / Double(speaking.count) * sign
    }
    contest(isFlaggingNothing: false)
    selector.consider(block)
  }

  /// - Parameter values: the metric of every fold where nothing is flagged, likewise.
  func considerFlaggingNothing(_ values: [Double?]) {
    block.truePositives[0] = 0
    block.falsePositives[0] = 0
    block.count = 1
    let speaking = members.compactMap { values[$0] }
    ranks[0] = speaking.reduce(0, +) / Double(speaking.count) * sign
    contest(isFlaggingNothing: true)
    selector.considerFlaggingNothing()
  }

  /// The candidates that some row of a member has as its score, or every one of a grid that flags
  /// something.
  private func fill(from folds: FoldBlock) {
    block.count = 0
    let share = Double(rounds)
    for place in 0..<folds.count {
      var (tp, fp) = (0.0, 0.0)
      for member in members {
        tp += folds.folds[member].truePositives[place]
        fp += folds.folds[member].falsePositives[place]
      }
      guard isExact ? tp + fp > flagged : tp + fp > 0 else { continue }
      flagged = tp + fp
      block.truePositives[block.count] = rounds == 1 ? tp : tp / share
      block.falsePositives[block.count] = rounds == 1 ? fp : fp / share
      block.identities[block.count] = UInt64(folds.start + place)
      places[block.count] = place
      block.count += 1
    }
  }

  private func contest(isFlaggingNothing: Bool) {
    if let truth {
      let truths = truth.run(block, positives: positives, negatives: negatives)
      for place in 0..<block.count where truths[place] != 1 { ranks[place] = .nan }
    }
    mean.consider(
      Choice.Contest(block: block, ranks: ranks, isFlaggingNothing: isFlaggingNothing))
  }
}
