import JSONText
import TableIO
import ThresholdEngine

// Thresholds of groups in the file of a contract.

extension GroupedDecision {
  var json: JSON {
    [
      "by": .array(by.map(JSON.string)),
      "thresholds": .array(
        thresholds.map { group in
          [
            "group": .array(group.group.cells.map(\.json)),
            "threshold": group.decision.threshold.map(JSON.exact) ?? .null,
          ]
        }),
    ]
  }

  /// - Parameter overall: the decision for rows of other groups.
  init(json: JSON, overall: Decision) throws(ContractFault) {
    let reader = try ContractReader(json, "`groups`", keys: ["by", "thresholds"])
    let by = try reader.texts("by")
    guard !by.isEmpty, Set(by).count == by.count else { throw reader.fault("by", "columns") }
    guard let entries = try reader.value("thresholds").array else {
      throw reader.fault("thresholds", "an array")
    }
    var thresholds: [GroupThreshold] = []
    for entry in entries { thresholds.append(try GroupThreshold(json: entry, by: by)) }
    guard Set(thresholds.map(\.group)).count == thresholds.count else {
      throw reader.fault("thresholds", "one for each group")
    }
    self.init(by: by, thresholds: thresholds, overall: overall)
  }
}

extension GroupedDecision.GroupThreshold {
  fileprivate init(json: JSON, by: [String]) throws(ContractFault) {
    let reader = try ContractReader(json, "a group", keys: ["group", "threshold"])
    let cells = try reader.value("group").array?.map { Cell(json: $0) } ?? []
    let known = cells.compactMap { $0 }
    guard known.count == by.count, cells.count == by.count else {
      throw reader.fault("group", "a value for each column of `by`")
    }
    let threshold = try reader.optional("threshold", reader.number)
    self.init(
      group: GroupKey(columns: by, cells: known),
      decision: threshold.map(Decision.threshold) ?? .flagNothing)
  }
}

extension Cell {
  /// An infinite number, which is no text, stands in an object.
  fileprivate var json: JSON {
    switch self {
    case .missing: .null
    case .text(let text): .string(text)
    case .number(let number) where number.isFinite: .number(number)
    case .number(let number): ["number": .exact(number)]
    }
  }

  /// `nil` where it is no cell.
  fileprivate init?(json: JSON) {
    switch json {
    case .null: self = .missing
    case .string(let text): self = .text(text)
    case .number(let number): self = .number(number + 0)
    case ["number": "inf"]: self = .number(.infinity)
    case ["number": "-inf"]: self = .number(-.infinity)
    default: return nil
    }
  }
}
