import NumberText
import ThrModel
import ThresholdEngine

/// What new rows say of a contract.
struct Verification: Hashable {
  let level: Double
  let rows: Int
  let positives: Int
  let clauses: [ClauseCheck]
  let drift: [Drift]

  /// One clause of the contract on the new rows.
  struct ClauseCheck: Hashable {
    let clause: Contract.Clause
    let test: RateTest
  }

  /// A quantity on the rows of the contract and on the new ones.
  struct Drift: Hashable {
    let name: String
    /// `nil` for the scores as a whole.
    let former: Double?
    let present: Double?
    /// `nil` where too few rows are expected for the test.
    let pValue: Double?
    var remark = ""
  }

  /// The contract fails if a clause does, and holds if there are clauses and all do.
  var verdict: RateTest.Verdict {
    if clauses.contains(where: { $0.test.verdict == .fails }) { return .fails }
    let holds = !clauses.isEmpty && clauses.allSatisfy { $0.test.verdict == .holds }
    return holds ? .holds : .open
  }

  /// The exit status that stands for the verdict.
  var status: Int {
    switch verdict {
    case .holds: 0
    case .fails: 1
    case .open: 3
    }
  }
}

extension Verification {
  /// Each verdict is wrong with probability (1 - level) / clauses at most.
  init(
    _ contract: Contract, _ scores: ScoredRows, level: Double, _ context: CallContext
  ) throws(CallError) {
    let content = scores.content
    guard content.weights == nil || content.isCounted else { throw .weightedRows }
    let confusion = try contract.confusion(on: scores, context)
    let allowed = (1 - level) / Double(max(contract.clauses.count, 1))
    self.level = level
    rows = content.rows
    positives = content.positives
    clauses = contract.clauses.map { clause in
      let (hits, rows) = clause.rate.reading(of: confusion)
      return ClauseCheck(
        clause: clause, test: RateTest(clause.limit, hits: hits, rows: rows, allowed: allowed))
    }
    drift = contract.rows.map { Self.drift($0, content, confusion) } ?? []
  }

  private static func drift(
    _ former: Contract.RowFacts, _ scores: Scores, _ confusion: Confusion
  ) -> [Drift] {
    // Of weighted rows there are no counts to compare.
    guard let bins = former.scores else { return [] }
    let rows = Double(scores.rows)
    let flagged = (Int(former.confusion.flagged), Int(confusion.flagged))
    return [
      Drift(
        name: "prevalence", former: former.prevalence, present: Double(scores.positives) / rows,
        pValue: DriftTest.rates(
          former.positives, of: former.rows, and: scores.positives, of: scores.rows)),
      Drift(
        name: "flag_rate", former: Double(flagged.0) / Double(former.rows),
        present: Double(flagged.1) / rows,
        pValue: DriftTest.rates(flagged.0, of: former.rows, and: flagged.1, of: scores.rows)),
      drift(of: bins, ScoreBins(counting: scores, edges: bins.edges)),
    ]
  }

  private static func drift(of former: ScoreBins, _ present: ScoreBins) -> Drift {
    func mean(_ counts: [Double]) -> Double {
      let sum = counts.indices.reduce(0) { $0 + Double($1) * counts[$1] }
      return sum / counts.reduce(0, +)
    }
    let (old, new) = (mean(former.counts), mean(present.counts))
    return Drift(
      name: "scores", former: nil, present: nil,
      pValue: DriftTest.counts(former.counts, and: present.counts),
      remark: new == old ? "" : new > old ? "higher" : "lower")
  }
}

extension Verification {
  /// Stands in the place of clauses, where a contract has none.
  static let claimsNothing = "the contract makes no claims: only drift was tested"
}

extension Verification.ClauseCheck {
  /// “precision >= 0.9 fails: it is 0.861 on 700 flagged rows (0.832 – 0.886)”.
  var sentence: String {
    guard let value = test.value else {
      return "\(clause.text) is open: there are no \(clause.rate.sample)"
    }
    let rows = "\(Double(test.rows).countText) \(clause.rate.sample)"
    let interval = test.interval
    let ends = "\(interval.lowerBound.metricText) – \(interval.upperBound.metricText)"
    return "\(clause.text) \(verb): it is \(value.metricText) on \(rows) (\(ends))"
  }

  private var verb: String { test.verdict == .open ? "is open" : test.verdict.rawValue }

  /// “holds”, or “open, needs about 380 positives”.
  var verdictText: String {
    guard test.verdict == .open else { return test.verdict.rawValue }
    guard let needed = test.neededRows else { return "open" }
    return "open, needs about \(needed.roundedText) \(clause.rate.sample)"
  }
}

extension Int {
  /// Rounded up to two significant digits: 380 of 372.
  fileprivate var roundedText: String {
    var unit = 1
    while self / unit >= 100 { unit *= 10 }
    return Double((self + unit - 1) / unit * unit).countText
  }
}
