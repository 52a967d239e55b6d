import Testing
import ThrAnalysis
import ThrSyntax

/// Which warnings a project's `thr.json` lets through.
@Suite struct CheckRulesTests {
  private static let warning = Diagnostic.Kind(
    "W0601", "hides-builtin", .warning, explanation: .init("A.", wrong: "a", right: "b"))
  private static let error = Diagnostic.Kind(
    "E0210", "unknown-name", explanation: .init("A.", wrong: "a", right: "b"))

  private func rules(_ text: String) throws -> CheckRules {
    try CheckRules(parsing: Array(text.utf8))
  }

  @Test(arguments: [
    ("{}", true), (#"{"check": {}}"#, true), (#"{"check": {"ignore": ["W0601"]}}"#, false),
    (#"{"check": {"ignore": ["W06"]}}"#, false), (#"{"check": {"ignore": ["W07"]}}"#, true),
    (#"{"check": {"ignore": ["hides-builtin"]}}"#, false),
    (#"{"check": {"ignore": ["hides"]}}"#, true), (#"{"check": {"select": ["W07"]}}"#, false),
    (#"{"check": {"select": ["W06", "W07"]}}"#, true),
    (#"{"check": {"select": ["W06"], "ignore": ["W0601"]}}"#, false),
  ]) func letsAWarningThrough(text: String, isReported: Bool) throws {
    #expect(try rules(text).reports(Self.warning) == isReported)
    #expect(try rules(text).reports(Self.error))
  }

  @Test(arguments: [
    ("", "not valid JSON"), ("[1]", "write an object"),
    (#"{"ignore": []}"#, "`ignore` means nothing"),
    (#"{"check": {"ignored": []}}"#, "`ignored` means nothing"),
    (#"{"check": {"ignore": "W0601"}}"#, "`ignore` takes a list of texts"),
    (#"{"check": {"ignore": [601]}}"#, "`ignore` takes a list of texts"),
    (#"{"check": {"strict": "yes"}}"#, "`strict` takes true or false"),
  ]) func refusesWhatMeansNothing(text: String, reason: String) {
    let error = #expect(throws: CheckRulesError.self) { try rules(text) }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func refusesNamesOfNoWarning() throws {
    let kinds = [Self.warning, Self.error]
    try rules(#"{"check": {"ignore": ["W0601", "W"]}}"#).verifyNames(among: kinds)
    for name in ["W0999", "E0210", "hides", ""] {
      #expect(throws: CheckRulesError.self, "\(name)") {
        try rules(#"{"check": {"ignore": ["\#(name)"]}}"#).verifyNames(among: kinds)
      }
    }
  }
}
