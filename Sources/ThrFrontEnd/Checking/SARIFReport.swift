import ContentHash
public import JSONText
import ThrSyntax

/// Findings in the Static Analysis Results Interchange Format 2.1.0 of OASIS.
public struct SARIFReport {
  private let findings: [CheckFinding]
  /// The kinds that occur, each once.
  private let rules: [Diagnostic.Kind]

  public init(_ findings: [CheckFinding]) {
    self.findings = findings
    var rules: [Diagnostic.Kind] = []
    for kind in findings.map(\.diagnostic.kind) where !rules.contains(kind) { rules.append(kind) }
    self.rules = rules
  }

  /// The whole report.
  public var json: JSON {
    [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "thr", "semanticVersion": .string(ThrVersion.current),
              "rules": .array(rules.map(rule)),
            ]
          ],
          "columnKind": "utf16CodeUnits",
          "results": .array(zip(findings, fingerprints).map(result)),
        ]
      ],
    ]
  }

  private func rule(_ kind: Diagnostic.Kind) -> JSON {
    var rule: JSON.Object = [
      "id": .string(kind.code), "name": .string(kind.name),
      "defaultConfiguration": ["level": .string(kind.severity.rawValue)],
    ]
    rule["properties"] = ["tags": [.string(kind.severity.rawValue)]]
    if let explanation = kind.explanation {
      rule["shortDescription"] = ["text": .string(explanation.summary.firstSentence)]
      rule["fullDescription"] = ["text": .string(explanation.summary)]
      rule["help"] = [
        "text": .string("Wrong:\n\n\(explanation.wrong)\n\nRight:\n\n\(explanation.right)"),
        "markdown": .string(
          "Wrong:\n\n```thr\n\(explanation.wrong)\n```\n\nRight:\n\n```thr\n\(explanation.right)\n```"
        ),
      ]
    }
    return .object(rule)
  }

  /// What marks each finding as the same one when lines above it come and go: its kind and its line,
  /// and which of several equal ones it is.
  private var fingerprints: [String] {
    var met: [String: Int] = [:]
    return findings.map { finding in
      let lines = finding.source.lines
      let line = finding.source.text(
        lines.span(ofLine: lines.line(at: finding.diagnostic.span.start)))
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let text = "\(finding.file)\n\(finding.diagnostic.kind.code)\n\(words)"
      met[text, default: 0] += 1
      return "\(String(ContentHash(Array(text.utf8)).value, radix: 16)):\(met[text] ?? 1)"
    }
  }

  private func result(_ finding: CheckFinding, _ fingerprint: String) -> JSON {
    let diagnostic = finding.diagnostic
    var text = diagnostic.message
    if let remedy = diagnostic.remedy { text += "; \(remedy)" }
    var result: JSON.Object = [
      "ruleId": .string(diagnostic.kind.code),
      "ruleIndex": .number(Double(rules.firstIndex(of: diagnostic.kind) ?? 0)),
      "level": .string(diagnostic.severity.rawValue),
      "message": ["text": .string(text)],
      "partialFingerprints": ["primaryLocationLineHash/v1": .string(fingerprint)],
      "locations": [["physicalLocation": location(diagnostic.span, finding)]],
    ]
    let notes = diagnostic.notes.filter { $0.file == nil || $0.file == finding.file }
    if !notes.isEmpty {
      result["relatedLocations"] = .array(
        notes.map {
          [
            "physicalLocation": location($0.span, finding),
            "message": ["text": .string($0.message)],
          ]
        })
    }
    if !diagnostic.fixes.isEmpty {
      result["fixes"] = .array(diagnostic.fixes.map { fix($0, finding) })
    }
    return .object(result)
  }

  private func location(_ span: Span, _ finding: CheckFinding) -> JSON {
    ["artifactLocation": artifact(finding), "region": region(span, finding)]
  }

  private func artifact(_ finding: CheckFinding) -> JSON {
    ["uri": .string(finding.file.asURIReference)]
  }

  private func region(_ span: Span, _ finding: CheckFinding) -> JSON {
    let start = finding.source.lines.utf16Position(at: span.start)
    let end = finding.source.lines.utf16Position(at: span.end)
    return [
      "startLine": .number(Double(start.line)), "startColumn": .number(Double(start.column)),
      "endLine": .number(Double(end.line)), "endColumn": .number(Double(end.column)),
    ]
  }

  private func fix(_ fix: Diagnostic.Fix, _ finding: CheckFinding) -> JSON {
    [
      "description": ["text": .string(fix.title)],
      "artifactChanges": [
        [
          "artifactLocation": artifact(finding),
          "replacements": [
            [
              "deletedRegion": region(fix.span, finding),
              "insertedContent": ["text": .string(fix.replacement)],
            ]
          ],
        ]
      ],
    ]
  }
}

extension String {
  /// A path as a relative reference of a URI, or as a file's address where it begins at the root.
  var asURIReference: String {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    var text = ""
    for byte in utf8 {
      if allowed.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return (hasPrefix("/") ? "file://" : "") + text
  }

  /// The text up to its first full stop that ends a sentence.
  fileprivate var firstSentence: String {
    let line = split(whereSeparator: \.isNewline).joined(separator: " ")
    let end = zip(line.indices, line.indices.dropFirst()).first {
      line[$0] == "." && line[$1] == " "
    }
    return end.map { String(line[...$0.0]) } ?? line
  }
}
