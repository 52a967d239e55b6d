import Algorithms
import Glibc

// How clauses share what may go wrong.

extension Guarantee {
  /// What one clause may spend.
  struct Share {
    var allowed: Double
    /// Of a share of rows, the most mistakes that are certified; `nil` for none.
    var mistakes: Int?
  }

  /// One a clause.
  ///
  /// A clause on positives and one on negatives are independent given the labels: both hold with
  /// probability (1 - a)(1 - b), where a and b are first equal (Šidák); then what whole numbers of
  /// mistakes leave over is spent on more of them, first of the negatives. Further clauses share
  /// rows, and the probability of failing is split evenly.
  func shares(positives: Int, negatives: Int) -> [Share] {
    let pair = [Sample.positives, .negatives].map { sample in
      clauses.firstIndex { $0.rateSample == sample }
    }
    let isPaired = !pair.contains(nil)
    let each = allowed / Double(clauses.count - (isPaired ? 1 : 0))
    var shares = clauses.map { clause in
      Share(allowed: each, mistakes: clause.mistakes(within: each, positives, negatives))
    }
    guard isPaired, let one = pair[0], let other = pair[1] else { return shares }
    let part = 1 - (1 - each).squareRoot()
    for index in [one, other] {
      shares[index] = Share(
        allowed: part, mistakes: clauses[index].mistakes(within: part, positives, negatives))
    }
    for (index, fixed) in [(other, one), (one, other)] {
      spend(each, on: index, beside: fixed, &shares, positives, negatives)
    }
    return shares
  }

  /// Allows more mistakes of a clause while both hold as surely as asked.
  private func spend(
    _ allowed: Double, on index: Int, beside fixed: Int, _ shares: inout [Share],
    _ positives: Int, _ negatives: Int
  ) {
    func failing(_ index: Int, _ mistakes: Int?) -> Double {
      clauses[index].failing(mistakes ?? -1, positives, negatives)
    }
    guard let mistakes = shares[index].mistakes, shares[fixed].mistakes != nil else { return }
    let rest = 1 - failing(fixed, shares[fixed].mistakes)
    var most = mistakes
    while 1 - (1 - failing(index, most + 1)) * rest <= allowed.withRounding { most += 1 }
    shares[index].mistakes = most
  }
}

extension Guarantee.Clause {
  /// The class that the rate is of, if any.
  fileprivate var rateSample: Guarantee.Sample? {
    if case .share(let sample, _, _) = target { sample } else { nil }
  }

  fileprivate func binomial(_ positives: Int, _ negatives: Int) -> Binomial? {
    guard case .share(let sample, _, let most) = target else { return nil }
    let counts = RowCounts(tp: 0, fp: 0, positives: positives, negatives: negatives)
    return Binomial(trials: counts.all(of: sample), rate: most)
  }

  fileprivate func mistakes(within allowed: Double, _ positives: Int, _ negatives: Int) -> Int? {
    binomial(positives, negatives)?.largest(within: allowed)
  }

  /// The probability with which thresholds of so many mistakes include one that fails.
  fileprivate func failing(_ mistakes: Int, _ positives: Int, _ negatives: Int) -> Double {
    binomial(positives, negatives)?.atMost(mistakes) ?? 1
  }
}

extension Certificate.Part {
  /// Rows of the sample that it takes for one threshold to be certified at all; `nil` for precision
  /// and npv.
  public var neededRows: Int? {
    guard case .share(_, _, let most) = clause.target else { return nil }
    return Binomial.trials(rate: most, within: allowed)
  }

  /// The bound that so many rows could guarantee, without a mistake among them.
  public var attainableBound: Double? {
    guard case .mistakes(_, let rows) = rule, rows > 0 else { return nil }
    let logOfRest = log(allowed) / Double(rows)
    return clause.isFloor ? exp(logOfRest) : -expm1(logOfRest)
  }

  /// Of precision and npv, the right decisions that it takes before the first wrong one.
  public var neededRun: Int? {
    switch (rule, clause.target) {
    case (.stairs(let steps), _): return steps.first
    case (.mixture, .predictive(_, let least)):
      let mixture = LikelihoodMixture(precision: least, allowed: allowed)
      return (1..<1 << 30).partitioningIndex { mixture.certifies(right: Double($0), wrong: 0) } + 1
    default: return nil
    }
  }
}
