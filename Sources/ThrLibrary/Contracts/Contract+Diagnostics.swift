import JSONText
import NumberText
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension CallError {
  init(_ fault: ContractFault, _ path: String) {
    let (message, remedy) = fault.words
    self.init(
      .unreadableContract, "`\(path)` \(message)", remedy: remedy, parameter: "path")
  }

  /// - Parameter limit: the part that is no rate; `nil` where the condition has another shape.
  static func unverifiable(_ promise: Constraint, _ limit: Limit? = nil) -> CallError {
    let names = Rate.all.map(\.description)
    let rates = "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
    guard let limit else {
      return CallError(
        .unverifiablePromise,
        "`\(promise)` is not one or more comparisons of a rate with a number, joined by `and`",
        remedy: "compare \(rates) with a number", parameter: "promise")
    }
    return CallError(
      .unverifiablePromise,
      "`\(limit.metric)` is not a rate, so no exact test on new rows can verify "
        + "`\(limit.constraint)`",
      remedy: "promise \(rates)", parameter: "promise")
  }
}

extension ContractFault {
  fileprivate var words: (message: String, remedy: String) {
    let restore = "restore the file, or save the decision again"
    return switch self {
    case .notJSON(let error): ("is not complete JSON: \(error)", restore)
    case .another: ("is not a contract", "contracts are written by `save(decision, path)`")
    case .newer(let version):
      (
        "is a contract of version \(version); this thr reads up to version \(Contract.version)",
        "update thr"
      )
    case .altered: ("was altered after it was saved: its checksum does not match", restore)
    case .unexpected(let text): ("is not a valid contract: \(text)", restore)
    }
  }
}

extension Warning {
  static func unmet(_ clause: Contract.Clause, _ contract: Contract) -> Warning {
    let value = contract.rows.flatMap { clause.limit.metric.value(of: $0.confusion) }
    return Warning(
      .unmetPromise,
      "`\(clause.text)` does not hold on the rows at hand, where \(clause.limit.metric) is "
        + (value.map(\.metricText) ?? "undefined"),
      remedy: "weaken the promise, or tune with `where = \(clause.text)`")
  }
}

extension Diagnostic.Kind {
  public static let unreadableContract = Diagnostic.Kind(
    "E0470", "unreadable-contract",
    explanation: .init(
      """
      The file is not a contract as `save` writes it: it was altered or cut off, or a newer thr has \
      written it. A contract is refused as a whole, as its threshold may be wrong. Do not edit the \
      file; save the decision again.
      """,
      wrong: """
        # scores.json holds: [{"score": 0.5}]
        load("scores.json")
        """,
      right: """
        save(0.5, "decision.json")
        load("decision.json")
        """))

  public static let unverifiablePromise = Diagnostic.Kind(
    "E0471", "unverifiable-promise",
    explanation: .init(
      """
      A contract promises only what new rows can verify by an exact test: rates (recall, fnr, \
      specificity, fpr, precision, npv, flag_rate, accuracy) compared with numbers and joined by \
      `and`.
      """,
      wrong: """
        save(0.5, "decision.json", promise = f1 >= 80%)
        """,
      right: """
        save(0.5, "decision.json", promise = recall >= 80% and precision >= 80%)
        """))

  public static let unmetPromise = Diagnostic.Kind(
    "W0670", "unmet-promise", .warning,
    explanation: .init(
      """
      A promise about new rows does not hold on the rows at hand, and new rows are unlikely to be \
      better.
      """,
      wrong: """
        s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
        save(evaluate(s, at=0.5), "decision.json", promise = recall >= 90%)
        """,
      right: """
        s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
        save(evaluate(s, at=0.4), "decision.json", promise = recall >= 90%)
        """))
}
