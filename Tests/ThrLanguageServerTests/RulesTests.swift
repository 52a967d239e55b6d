import JSONText
import Testing
import ThrLanguageServer
import ThrLibrary
import ThrModel

/// Which warnings an editor shows, as the project's `thr.json` says.
@Suite struct RulesTests {
  private func codes(_ rules: String?, at path: String = "/project/thr.json") -> [String] {
    let client = TestClient(
      ["textDocument": ["diagnostic": [:]]], files: rules.map { [path: $0] } ?? [:],
      options: ["liveValues": false], folder: "file:///project",
      vocabulary: Library.standard.vocabulary)
    let address = "file:///project/a/s.thr"
    client.open("f1 = 2\nx = mean(q)", at: address)
    let items = client.result(
      "textDocument/diagnostic", ["textDocument": ["uri": .string(address)]])["items"]?.array
    return (items ?? []).compactMap { $0["code"]?.string }
  }

  @Test func aProjectHasRules() {
    let all = ["W0601", "E0210"]
    #expect(codes(nil) == all)
    let rules = #"{"check": {"ignore": ["W0601", "E0210"]}}"#
    #expect(codes(rules) == ["E0210"])
    #expect(codes(rules, at: "/project/a/thr.json") == ["E0210"])
    #expect(codes(rules, at: "/project/b/thr.json") == all)
    // What is broken hides nothing.
    #expect(codes("{") == all)
  }
}
