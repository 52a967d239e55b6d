import NumberText
import ThrModel
import ThresholdEngine

/// A decision with what is claimed of it, as a file keeps it: without any row.
struct Contract: Hashable {
  /// What was saved: “tuning”, “tunings”, “cv”, “evaluation”, “number”, “none”, “model”.
  var kind: String
  /// For the rows of no group, where there are groups; to flag nothing, where there is a model alone.
  var decision: Decision
  /// The thresholds of groups; `nil` where all rows have one.
  var groups: GroupedDecision?
  /// What computes the scores; `nil` where it is not known.
  var model: LogisticModel?
  /// The thresholds that decide the rows at hand alike; `nil` without rows and for groups.
  var plateau: Tuning.Plateau?
  var choice: Choice?
  var clauses: [Clause] = []
  var rows: RowFacts?

  /// How the threshold was chosen, in the language's own words.
  struct Choice: Hashable {
    var metric: String
    /// “max” or “min”.
    var goal: String
    var value: Double
    /// What held on the rows at hand.
    var constraint: String?
    /// Whether it did: another threshold may stand in for one that meets the constraint.
    var isFeasible: Bool
  }

  /// Something claimed of new rows.
  struct Clause: Hashable {
    let limit: Limit
    let rate: Rate
    /// The confidence level of a guarantee; `nil` for a promise.
    let level: Double?
  }

  /// The rows that the decision was made on, in sums.
  struct RowFacts: Hashable {
    var rows: Int
    var positives: Int
    /// Numbers of rows, or weights.
    var confusion: Confusion
    var hash: String
    /// `nil` for rows with weights.
    var scores: ScoreBins?
  }
}

extension Contract.Clause {
  /// - Returns: `nil` where the metric is no rate.
  init?(_ limit: Limit, level: Double?) {
    guard let rate = Rate(limit.metric) else { return nil }
    self.init(limit: limit, rate: rate, level: level)
  }

  /// “precision >= 0.9”.
  var text: String { "\(limit.constraint)" }
}

extension Contract {
  init(_ decision: Decision, kind: String) {
    self.kind = kind
    self.decision = decision
  }

  /// Whether it holds a model, and no decision.
  var isModelAlone: Bool { kind == Self.modelKind }

  static let modelKind = "model"
  /// All else that can be saved.
  static let decisionKinds: Set = ["tuning", "tunings", "cv", "evaluation", "number", "none"]

  /// The decision rule in words.
  var rule: String? {
    if isModelAlone { return nil }
    guard let groups else { return decision.rule }
    return "by \(groups.by.joined(separator: " and ")), else \(decision.rule)"
  }

  /// The counts of the decision on rows, each by its group's threshold.
  ///
  /// - Parameter context: what is warned of unknown groups.
  func confusion(
    on scores: ScoredRows, _ context: CallContext
  ) throws(CallError) -> Confusion {
    if isModelAlone { throw .noDecision(parameter: "contract") }
    guard let groups else { return scores.content.confusion(at: decision) }
    return try groups.evaluation(.scores(scores), context).content.confusion
  }

  /// The threshold as people read it; all digits where no rows say which of them matter.
  var thresholdText: String? {
    guard let plateau else { return decision.threshold?.shortestText }
    return decision.text(on: plateau)
  }
}

extension Contract.RowFacts {
  init(_ scores: ScoredRows, _ confusion: Confusion) {
    let content = scores.content
    self.init(
      rows: content.rows, positives: content.positives, confusion: confusion,
      hash: content.contentHash,
      scores: content.weights == nil || content.isCounted
        ? ScoreBins(content, parts: Self.parts(of: content.rows)) : nil)
  }

  /// Ten, or fewer of at least ten rows each: the file is to hold sums, and no row.
  private static func parts(of rows: Int) -> Int { min(max(rows / 10, 1), 10) }

  var prevalence: Double { Double(positives) / Double(rows) }
}
