import JSONText
public import ThrLibrary
import ThrModel

/// How `thr verify` writes what it finds.
public enum ContractReport: String, Sendable, CaseIterable {
  case text, json, github, junit, sarif

  /// The report, with its last line's end.
  ///
  /// - Parameters:
  ///   - path: the contract's, for annotations.
  ///   - lines: the contract's text, to find the line of each clause.
  public func text(of check: ContractCheck, path: String, lines: [Substring]) -> String {
    switch self {
    case .text: ValueDisplay(.standard).full(check.value) + "\n"
    case .json: check.value.json(.standard).description + "\n"
    case .github: Self.annotations(check, path, lines)
    case .junit: Self.junit(check, path)
    case .sarif: Self.sarif(check, path, lines).description + "\n"
    }
  }

  /// The line of each clause in the contract's text, from 1; the first where it is not found.
  ///
  /// A quote within a text is escaped, so that only a key reads so.
  static func places(of check: ContractCheck, in lines: [Substring]) -> [Int] {
    let places = lines.indices.filter { lines[$0].contains("\"comparison\":") }
    return check.clauses.indices.map { $0 < places.count ? places[$0] + 1 : 1 }
  }

  /// Workflow commands: an error for a clause that fails, a warning for one that is open.
  private static func annotations(
    _ check: ContractCheck, _ path: String, _ lines: [Substring]
  ) -> String {
    zip(check.clauses, places(of: check, in: lines)).map { clause, line in
      let command =
        switch clause.verdict {
        case "fails": "error"
        case "open": "warning"
        default: "notice"
        }
      let file = path.escapedForGitHub(alsoMarks: true)
      let title = clause.text.escapedForGitHub(alsoMarks: true)
      return "::\(command) file=\(file),line=\(line),title=\(title)::"
        + clause.sentence.escapedForGitHub(alsoMarks: false) + "\n"
    }.joined()
  }

  /// JUnit's XML: a test for each clause; one that is open counts as skipped.
  private static func junit(_ check: ContractCheck, _ path: String) -> String {
    func count(_ verdict: String) -> Int { check.clauses.count { $0.verdict == verdict } }
    let cases = check.clauses.map { clause in
      let head =
        "    <testcase classname=\"\(path.escapedForXML)\" name=\"\(clause.text.escapedForXML)\""
      let message = clause.sentence.escapedForXML
      return switch clause.verdict {
      case "fails":
        "\(head)>\n      <failure type=\"clause\" message=\"\(message)\"/>\n    </testcase>\n"
      case "open": "\(head)>\n      <skipped message=\"\(message)\"/>\n    </testcase>\n"
      default: "\(head)/>\n"
      }
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="thr verify" tests="\(check.clauses.count)" failures="\(count("fails"))" \
      errors="0" skipped="\(count("open"))">
      \(cases.joined())  </testsuite>
      </testsuites>

      """
  }
}

extension String {
  fileprivate func escapedForGitHub(alsoMarks: Bool) -> String {
    var text = replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    if alsoMarks { text = text.replacing(":", with: "%3A").replacing(",", with: "%2C") }
    return text
  }

  fileprivate var escapedForXML: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
