import JSONText
import Testing

@Suite("Names that nothing reads")
struct UnusedNameTests {
  @Test(
    "are marked in functions, where the client can show them paler",
    arguments: [
      ("fn f(a, b) = a", ["b"]), ("fn f(a) {\n  c = a\n  a\n}", ["c"]), ("fn f(_a) = 1", []),
      ("x = 1", []), ("fn f(a) = \"{a}\"", []), ("fn f(xs) = [1 for x in xs]", []),
      ("fn f(xs) {\n  for x in xs { print(1) }\n}", []),
      ("fn f(a) {\n  fn g(b) = a\n  g(1)\n}", ["b"]), ("fn f(a) {\n  a = 2\n  a\n}", []),
      ("y = 1\n\n# a\nfn f(a, b) = b\nfn g(q) = y", ["a", "q"]),
    ])
  func marked(source: String, names: [String]) {
    for canShow in [true, false] {
      let tags: JSON = canShow ? ["tagSupport": ["valueSet": [1]]] : [:]
      let client = TestClient(["textDocument": ["publishDiagnostics": tags, "diagnostic": [:]]])
      client.open(source)
      let items = client.result("textDocument/diagnostic", text())["items"]?.array ?? []
      let unused = items.filter { $0["tags"] == [1] && $0["severity"] == 4 }
      #expect(
        unused.map { $0["message"]?.string }
          == (canShow ? names : []).map { "`\($0)` is never read" })
    }
  }

  @Test("follow an edit")
  func edited() {
    let client = TestClient([
      "textDocument": ["publishDiagnostics": ["tagSupport": ["valueSet": [1]]], "diagnostic": [:]]
    ])
    client.open("fn f(a, b) = a")
    client.change([["text": "\n\nfn f(a, b) = a"]], version: 2)
    let items = client.result("textDocument/diagnostic", text())["items"]
    #expect(items?[0]?["range"] == range(2, 8, 9))
    client.change([["text": "\n\nfn f(a, b) = a + b"]], version: 3)
    #expect(client.result("textDocument/diagnostic", text())["items"] == [])
  }
}
