import JSONText
public import ThrLibrary
import ThrModel

/// How `thr verify` writes what it finds.
public enum ContractReport: String, Sendable, CaseIterable {
  case text, json, github, junit

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
    }
  }

  /// Workflow commands: an error for a clause that fails, a warning for one that is open.
  private static func annotations(
    _ check: ContractCheck, _ path: String, _ lines: [Substring]
  ) -> String {
    let places = lines.indices.filter { lines[$0].contains("\"comparison\"") }
    return check.clauses.enumerated().map { index, clause in
      let line = index < places.count ? places[index] + 1 : 1
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
      case "fails": "\(head)>\n      <failure message=\"\(message)\"/>\n    </testcase>\n"
      case "open": "\(head)>\n      <skipped message=\"\(message)\"/>\n    </testcase>\n"
      default: "\(head)/>\n"
      }
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="thr verify" tests="\(check.clauses.count)" failures="\(count("fails"))" \
      skipped="\(count("open"))">
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
