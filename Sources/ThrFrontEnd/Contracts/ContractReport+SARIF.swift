import ContentHash
import JSONText
import ThrLibrary

extension ContractReport {
  /// A result for each clause, at its line of the contract: one that holds is a “pass”, one that the
  /// rows are too few for is “open”.
  static func sarif(_ check: ContractCheck, _ path: String, _ lines: [Substring]) -> JSON {
    let results = zip(check.clauses, places(of: check, in: lines)).map { clause, line in
      result(clause, path, line)
    }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "thr", "semanticVersion": .string(ThrVersion.current), "rules": [rule],
            ]
          ],
          "results": .array(results),
        ]
      ],
    ]
  }

  private static let rule: JSON = [
    "id": "contract-clause", "name": "ContractClause",
    "shortDescription": ["text": "A clause of a threshold contract on new rows."],
    "fullDescription": [
      "text": .string(
        "What the contract claims of new rows is tested exactly on labelled ones: a clause fails, "
          + "holds, or is open where the rows are too few.")
    ],
    "help": [
      "text": .string(
        "If a clause fails, the threshold no longer does what was promised: tune again on recent "
          + "rows, or promise less. If it is open, label more rows.")
    ],
  ]

  private static func result(_ clause: ContractCheck.Clause, _ path: String, _ line: Int) -> JSON {
    let (kind, level): (JSON, JSON) =
      switch clause.verdict {
      case "fails": ("fail", "error")
      case "open": ("open", "none")
      default: ("pass", "none")
      }
    let print = ContentHash(Array("\(path)\n\(clause.text)".utf8)).value
    return [
      "ruleId": "contract-clause", "ruleIndex": 0, "kind": kind, "level": level,
      "message": ["text": .string(clause.sentence)],
      "partialFingerprints": ["contractClause/v1": .string(String(print, radix: 16))],
      "locations": [
        [
          "physicalLocation": [
            "artifactLocation": ["uri": .string(path.asURIReference)],
            "region": ["startLine": .number(Double(line))],
          ]
        ]
      ],
    ]
  }
}
