import JSONText
import Testing
import ThrLanguageServer
import ThrLibrary
import ThrModel

/// Completion where a statement begins, with text after the cursor.
@Suite("Completion at a statement's start") struct CompletionPlaceTests {
  private func labels(_ marked: String) -> [String] {
    let before = marked.split(separator: "¦", omittingEmptySubsequences: false)[0]
    let client = TestClient([:], vocabulary: Library.standard.vocabulary)
    client.open(marked.filter { $0 != "¦" })
    let line = before.filter { $0 == "\n" }.count
    let column = before.split(separator: "\n", omittingEmptySubsequences: false).last?.utf16.count
    let found = client.result("textDocument/completion", place(line, column ?? 0))
    return (found["items"]?.array ?? []).compactMap { $0["label"]?.string }
  }

  @Test(
    "The function of a call can be changed",
    arguments: [
      "x = 1\npr¦(1)", "x = 1\n¦print(x)", "x = 1\npri¦nt(x)", "fn f() {\n  x = 1\n  pri¦(x)\n}",
      "pr¦(1)", "x = 1; pr¦(1)",
    ])
  func calls(marked: String) { #expect(labels(marked).contains("print")) }

  @Test("A name before a pipe too")
  func pipes() {
    #expect(labels("xs = 1\nx¦ |> round").contains("xs"))
    #expect(labels("x = 1\nsq¦\n  |> sum").contains("sqrt"))
  }

  @Test("A parameter has the fields of what its calls hand over")
  func fields() {
    #expect(labels("fn f(r) = r.¦\nf({alpha: 1, beta: 2})") == ["alpha", "beta"])
  }

  @Test("What goes on with an expression is offered where it can only go on")
  func continuations() {
    #expect(labels("x = 1 ¦") == ["and", "in", "or", "|>"].sorted())
    #expect(!labels("x = [1\n¦]").contains("print"))
  }
}
