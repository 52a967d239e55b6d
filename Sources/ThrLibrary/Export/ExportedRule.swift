import JSONText
import TableIO
import ThrModel
import ThresholdEngine

/// A decision rule as code of other languages.
///
/// Each compares doubles: of a score in single precision its exact value, as here. A text that a
/// user chose, such as a group's name, stands in literals only, never in comments or as code.
struct ExportedRule {
  let decision: Decision
  let groups: GroupedDecision?
  let model: LogisticModel?
  /// Whether there is a model, and no decision.
  let isModelAlone: Bool

  init(_ contract: Contract) {
    decision = contract.decision
    groups = contract.groups
    model = contract.model
    isModelAlone = contract.isModelAlone
  }

  func text(in language: ExportLanguage) throws(CallError) -> String {
    switch language {
    case .python: python
    case .sql: try sql
    case .javascript: javaScript
    case .json: json.indentedText + "\n"
    }
  }

  var comment: String {
    if isModelAlone { return "Model of thr: the probability of being positive." }
    let rule = groups == nil ? decision.rule : "a threshold for each group, else \(decision.rule)"
    return "Decision of thr: \(rule); 1 is flagged, 0 is not."
  }

  /// The parts that are there, one below the other.
  func joined(_ parts: [String?], separator: String) -> String {
    parts.compactMap { $0 }.joined(separator: separator)
  }
}

extension ExportedRule {
  private var json: JSON {
    var members: [JSON.Member] = []
    if !isModelAlone {
      members += [
        .init("rule", .string(decision.rule)),
        .init("threshold", decision.threshold.map(JSON.exact) ?? .null),
        .init("operator", decision.threshold == nil && groups == nil ? .null : ">="),
        .init("flagged", 1), .init("not_flagged", 0), .init("missing", .null),
      ]
    }
    if let groups { members.append(.init("groups", groups.json)) }
    if let model { members.append(.init("model", model.json)) }
    return .object(JSON.Object(members))
  }
}

extension Cell {
  /// A literal that Python and JavaScript share, but for numbers.
  func codeText(_ number: (Double) -> String, missing: String) -> String {
    switch self {
    case .number(let value): number(value)
    case .text(let text): JSON.string(text).description
    case .missing: missing
    }
  }
}

extension [String] {
  /// A list of literals in Python and JavaScript.
  var codeList: String { "[" + map { JSON.string($0).description }.joined(separator: ", ") + "]" }
}
