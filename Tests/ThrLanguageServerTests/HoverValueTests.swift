import Foundation
import JSONText
import Testing
import ThrFrontEnd
import ThrLanguageServer
import ThrLibrary
import ThrModel

/// What the pointer shows is the value of what stands under it, with the real library.
///
/// The expected values are worked out by hand; `^` in a line of its own marks the place in the line
/// above it.
@Suite("The value under the pointer") struct HoverValueTests {
  private func value(_ marked: String) -> String? {
    var lines = marked.components(separatedBy: "\n")
    let caret = lines.firstIndex { $0.allSatisfy { $0 == " " || $0 == "^" } && $0.contains("^") }
    let line = (caret ?? 1) - 1
    let column = lines[line + 1].prefix { $0 == " " }.count
    lines.remove(at: line + 1)
    let text = lines.joined(separator: "\n")
    let client = TestClient(
      ["textDocument": ["inlayHint": [:]]], folder: "file:///project",
      running: NotebookEvaluator(.standard), vocabulary: Library.standard.vocabulary)
    client.open(text + "\n{end: 1}.end")
    // Values come in the order of the statements.
    var isThere = false
    while !isThere {
      let hover = client.result("textDocument/hover", place(lines.count, 9))["contents"]
      isThere = hover?["value"]?.string?.contains("= 1") == true
    }
    let contents = client.result("textDocument/hover", place(line, column))["contents"]
    let shown = contents?["value"]?.string?.components(separatedBy: "\n\n").first
    return shown
  }

  @Test(
    "A name shows its own value, at this place",
    arguments: [
      ("x = 3\nx = x + 1\n    ^", "x = 3"),
      ("x = 3\nx = x + 1\n^", "x = 4"),
      ("x = 3\ny = x * 2\nx + y\n    ^", "y = 6"),
      ("fn half(x) = x / 2\nfn double(x) = 2 * x\nhalf(double(5))\n        ^", "double(5) = 10"),
      ("fn half(x) = x / 2\nfn double(x) = 2 * x\nhalf(double(5))\n  ^", "half(double(5)) = 5"),
      ("print(len([1, 2, 3]), sum([4, 5]))\n       ^", "len([1, 2, 3]) = 3"),
      ("r = {a: 1 + 1, b: 5}\nr.b + 1\n  ^", "r.b = 5"),
      ("r = {a: 1 + 1, b: 5}\n     ^", "1 + 1 = 2"),
    ])
  func names(marked: String, expected: String) { #expect(value(marked) == expected) }

  @Test func aLongTextIsCut() throws {
    let shown = try #require(value("a = \"ab\"\nfor i in range(17) { a = a + a }\na\n^"))
    #expect(shown.hasPrefix("a = "))
    #expect(shown.utf8.count < 60_000)
  }

  @Test("A stage of a pipe shows what it gives, and what it was given")
  func stages() {
    #expect(
      value("[3, 1, 2] |> sort |> reverse |> sum\n              ^")
        == "[3, 1, 2] = [3, 1, 2]\n|> sort = [1, 2, 3]")
    #expect(
      value("[3, 1, 2] |> sort |> reverse |> sum\n                         ^")
        == "|> sort = [1, 2, 3]\n|> reverse = [3, 2, 1]")
  }

  @Test("Loops and functions show a table of their turns")
  func turns() {
    #expect(
      value("total = 0\nfor i in [10, 20, 30] {\n  total = total + i\n  ^\n}")
        == "turn  i   total\n1     10  10\n2     20  30\n3     30  60")
    #expect(
      value("fn square(x) = x ^ 2\n                 ^\nsquare(3)\nsquare(4)")
        == "turn  x ^ 2\n1     9\n2     16")
    #expect(
      value("fn square(x) = x ^ 2\n          ^\nsquare(3)\nsquare(4)")
        == "turn  x\n1     3\n2     4")
    #expect(
      value("[i * i for i in [1, 2, 3]]\n           ^") == "turn  i\n1     1\n2     2\n3     3")
    // Of very many, the first ten and the last.
    let many = value("for i in range(1000) {\n    ^\n  i\n}")
    #expect(many?.hasPrefix("turn  i\n1     0\n2     1\n") == true)
    #expect(many?.hasSuffix("\n10    9\n…\n1000  999") == true)
  }

  @Test("A literal and a word of the language have no value of their own to show")
  func nothing() {
    #expect(value("x = 3 + 4\n    ^") == nil)
    #expect(value("t = {a: f1}\n        ^")?.contains("=") != true)
  }
}
