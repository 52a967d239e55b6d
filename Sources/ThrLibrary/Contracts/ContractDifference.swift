import NumberText
public import ThrModel
import ThresholdEngine

/// What changed from one contract to another, in words.
public struct ContractDifference: Sendable {
  /// A sentence for each change; empty where the contracts decide and claim the same.
  public let lines: [String]

  public init(from old: String, to new: String, _ context: CallContext) throws {
    let old = try Builtin.contract(at: old, context)
    let new = try Builtin.contract(at: new, context)
    self.init(old, new)
  }

  init(_ old: Contract, _ new: Contract) {
    let choice = [
      Self.change("the metric", old.choice?.metric, new.choice?.metric),
      Self.change("the constraint", old.choice?.constraint, new.choice?.constraint),
    ]
    lines =
      [Self.decision(old, new)].compactMap { $0 } + Self.groups(old.groups, new.groups)
      + [Self.model(old.model, new.model)].compactMap { $0 } + choice.compactMap { $0 }
      + Self.clauses(old.clauses, new.clauses) + Self.rows(old.rows, new.rows)
  }

  private static func decision(_ old: Contract, _ new: Contract) -> String? {
    if old.isModelAlone != new.isModelAlone {
      return new.isModelAlone ? "the decision was removed" : "a decision was added"
    }
    guard old.decision != new.decision else { return nil }
    let (former, present) = (old.decision.threshold, new.decision.threshold)
    let texts = [former, present].map { $0?.shortestText ?? "flag nothing" }
    guard let former, let present else { return "the decision was \(texts[0]) and is \(texts[1])" }
    let effect =
      present < former ? "lower: more rows are flagged" : "higher: fewer rows are flagged"
    return "the threshold was \(texts[0]) and is \(texts[1]), \(effect)"
  }

  private static func groups(_ old: GroupedDecision?, _ new: GroupedDecision?) -> [String] {
    let columns = [old, new].map { $0?.by.joined(separator: ", ") }
    guard columns[0] == columns[1] else {
      return [change("the groups", columns[0], columns[1])].compactMap { $0 }
    }
    let former = old?.thresholds ?? []
    let present = new?.thresholds ?? []
    let before = Dictionary(former.map { ($0.group, $0.decision) }) { first, _ in first }
    let after = Set(present.map(\.group))
    let changed = present.compactMap { group -> String? in
      let text = group.decision.threshold?.shortestText ?? "flag nothing"
      guard let old = before[group.group] else {
        return "\(group.group.place) got a threshold of its own: \(text)"
      }
      if old == group.decision { return nil }
      return "the threshold of \(group.group.place) was "
        + "\(old.threshold?.shortestText ?? "flag nothing") and is \(text)"
    }
    return changed
      + former.filter { !after.contains($0.group) }.map {
        "\($0.group.place) has no threshold of its own any more"
      }
  }

  private static func model(_ old: LogisticModel?, _ new: LogisticModel?) -> String? {
    guard let old, let new else {
      return old == new ? nil : old == nil ? "a model was added" : "the model was removed"
    }
    if old.featureNames != new.featureNames { return "the model has other features" }
    let changed = zip(old.coefficients, new.coefficients).count { $0 != $1 }
    if changed == 0, old.intercept == new.intercept { return nil }
    return "the model is another: \(changed) of \(counted(new.coefficients.count, "coefficient")) "
      + "differ" + (old.intercept == new.intercept ? "" : ", and the intercept")
  }

  private static func change(_ name: String, _ old: String?, _ new: String?) -> String? {
    if old == new { return nil }
    return "\(name) was \(old ?? "none") and is \(new ?? "none")"
  }

  private static func clauses(_ old: [Contract.Clause], _ new: [Contract.Clause]) -> [String] {
    func key(_ clause: Contract.Clause) -> String {
      "\(clause.limit.metric) \(clause.limit.isFloor)"
    }
    var lines: [String] = []
    for clause in new where !old.contains(clause) {
      if let former = old.first(where: { key($0) == key(clause) && !new.contains($0) }) {
        lines.append(
          "the clause `\(former.claim)` became `\(clause.claim)`\(strictness(former, clause))")
      } else {
        lines.append("the clause `\(clause.claim)` was added")
      }
    }
    let kept = Set(new.map(key))
    for clause in old where !new.contains(clause) && !kept.contains(key(clause)) {
      lines.append("the clause `\(clause.claim)` was removed")
    }
    return lines
  }

  private static func strictness(_ old: Contract.Clause, _ new: Contract.Clause) -> String {
    if old.limit.bound == new.limit.bound { return "" }
    let isStricter = (new.limit.bound > old.limit.bound) == new.limit.isFloor
    return isStricter ? ", which claims more" : ", which claims less"
  }

  private static func rows(_ old: Contract.RowFacts?, _ new: Contract.RowFacts?) -> [String] {
    guard let old, let new else {
      return old == new ? [] : [old == nil ? "rows were added" : "the rows were removed"]
    }
    if old.hash == new.hash { return [] }
    return [
      "the rows differ: there were \(rowsText(old.rows, old.positives, nil)), and are "
        + rowsText(new.rows, new.positives, nil)
    ]
  }
}
