/// The best of the candidates shown so far: the highest rank, among equal ranks the highest second
/// rank, then by the tie rule.
///
/// The only place where one candidate is preferred to another.
struct Choice {
  private let ties: Ties
  private(set) var best: Candidate?
  private var rank = -Double.infinity
  private var second = -Double.infinity

  /// A candidate; no identity stands for flagging nothing.
  struct Candidate {
    var identity: UInt64?
    var truePositives: Double
    var falsePositives: Double
    var unflagged: ClassSums?

    static let flaggingNothing = Candidate(identity: nil, truePositives: 0, falsePositives: 0)
  }

  /// Candidates that compete with each other and with the best so far.
  struct Contest {
    let block: CandidateBlock
    /// One a candidate; NaN for those that do not compete.
    let ranks: UnsafeMutablePointer<Double>
    /// Compared where ranks are equal; NaN is below any number.
    var seconds: UnsafeMutablePointer<Double>?
    /// Flagging nothing must be strictly better.
    var isFlaggingNothing = false
  }

  init(ties: Ties) { self.ties = ties }

  /// Looks at candidates that are stricter than all to come, or flag nothing.
  mutating func consider(_ contest: Contest) {
    let highest = contest.highest
    let winsTies = ties == .lowest && !contest.isFlaggingNothing
    // What is infinitely bad is never chosen, not even where all else is undefined.
    guard highest > -.infinity,
      highest > rank || (highest == rank && (winsTies || contest.seconds != nil)),
      let place = contest.place(of: highest, ties)
    else { return }
    let runnerUp = contest.second(at: place)
    guard highest > rank || runnerUp > second || (runnerUp == second && winsTies) else { return }
    (rank, second) = (highest, runnerUp)
    let block = contest.block
    best = Candidate(
      identity: contest.isFlaggingNothing ? nil : block.identities[place],
      truePositives: block.truePositives[place], falsePositives: block.falsePositives[place],
      unflagged: block.unflagged(at: place))
  }
}

extension Choice.Contest {
  /// The highest rank; minus infinity where none competes.
  fileprivate var highest: Double {
    for place in block.count..<block.groups * Lanes.scalarCount { ranks[place] = .nan }
    var highest = Lanes(repeating: -.infinity)
    for group in 0..<block.groups {
      let rank = LaneMemory.load(ranks, group)
      highest.replace(with: rank, where: rank .> highest)
    }
    return highest.max()
  }

  fileprivate func second(at place: Int) -> Double {
    guard let second = seconds?[place], !second.isNaN else { return -.infinity }
    return second
  }

  /// Where the best of those with the highest rank is; strict ones come first.
  fileprivate func place(of highest: Double, _ ties: Ties) -> Int? {
    let places = (0..<block.count).lazy.filter { ranks[$0] == highest }
    guard seconds != nil else { return ties == .highest ? places.first : places.last }
    return places.reduce(nil) { best, place in
      guard let best else { return place }
      let (held, offered) = (second(at: best), second(at: place))
      return offered > held || (offered == held && ties == .lowest) ? place : best
    }
  }
}
