import ContentHash
import JSONText
import NumberText
import ThresholdEngine

// The file of a contract; `grammar/contract.schema.json` says the same for other programs.

extension Contract {
  /// The newest version of the format that is written, and read.
  static let version = 2

  /// The oldest version that can say this contract: groups and models came with the second.
  var version: Int { groups == nil && model == nil && kind != "cv" ? 1 : Self.version }

  static let format = "threshold contract"

  /// What names the contract.
  var checksum: String { Self.checksum(of: json.members) }

  /// The file, with its last line's end.
  var fileText: String {
    var members = json.members
    members.append(.init("checksum", .string(checksum)))
    return JSON.object(JSON.Object(members)).indentedText + "\n"
  }

  /// The checksum of everything but itself: of the compact form, so that spaces and line ends are
  /// free.
  static func checksum(of members: [JSON.Member]) -> String {
    "sha256:" + SHA256.hexadecimal(of: JSON.object(JSON.Object(members)).description.utf8)
  }

  private var json: JSON.Object {
    var members: [JSON.Member] = [
      .init("thr", .string(Self.format)), .init("version", .number(Double(version))),
      .init("decision", decisionJSON),
    ]
    if let groups { members.append(.init("groups", groups.json)) }
    if let model { members.append(.init("model", model.json)) }
    if let choice { members.append(.init("choice", choice.json)) }
    members.append(.init("clauses", .array(clauses.map(\.json))))
    if let rows { members.append(.init("rows", rows.json)) }
    return JSON.Object(members)
  }

  private var decisionJSON: JSON {
    if isModelAlone { return ["kind": .string(kind)] }
    var members: [JSON.Member] = [
      .init("kind", .string(kind)), .init("rule", .string(decision.rule)),
      .init("threshold", decision.threshold.map(JSON.exact) ?? .null),
    ]
    if let plateau {
      members.append(
        .init(
          "plateau",
          [
            "lower": plateau.lower.map(JSON.exact) ?? .null,
            "upper": plateau.upper.map(JSON.exact) ?? .null,
          ]))
    }
    return .object(JSON.Object(members))
  }
}

extension Contract.Choice {
  fileprivate var json: JSON {
    [
      "metric": .string(metric), "goal": .string(goal), "value": .exact(value),
      "where": constraint.map(JSON.string) ?? .null, "feasible": .bool(isFeasible),
    ]
  }
}

extension Contract.Clause {
  fileprivate var json: JSON {
    [
      "metric": .string(limit.metric.description), "comparison": .string(limit.comparison.rawValue),
      "bound": .exact(limit.bound), "source": .string(level == nil ? "promise" : "guarantee"),
      "level": level.map(JSON.exact) ?? .null,
    ]
  }
}

extension Contract.RowFacts {
  fileprivate var json: JSON {
    [
      "rows": .number(Double(rows)), "positives": .number(Double(positives)),
      "tp": .exact(confusion.truePositives), "fp": .exact(confusion.falsePositives),
      "tn": .exact(confusion.trueNegatives), "fn": .exact(confusion.falseNegatives),
      "hash": .string(hash), "scores": scores?.json ?? .null,
    ]
  }
}

extension ScoreBins {
  fileprivate var json: JSON {
    ["edges": .array(edges.map(JSON.exact)), "counts": .array(counts.map(JSON.exact))]
  }
}

extension JSON {
  /// A number in the shortest digits that read back exactly; an infinite one, which JSON lacks, as
  /// the text “inf” or “-inf”.
  static func exact(_ number: Double) -> JSON {
    number.isFinite ? .number(number) : .string(number < 0 ? "-inf" : "inf")
  }
}
