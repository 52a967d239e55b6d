import JSONText
import Testing
import ThrLanguageServer
import ThrLibrary
import ThrModel

/// Names of columns in conditions on rows, which the table's file decides on.
@Suite("Columns in conditions") struct ColumnFaultTests {
  private func messages(_ text: String) -> [String] {
    let client = TestClient(
      ["textDocument": ["diagnostic": [:]]], files: ["/project/d.csv": "score,label\n0.5,1"],
      options: ["liveValues": false], folder: "file:///project",
      vocabulary: Library.standard.vocabulary)
    client.open(text)
    let items = client.result(
      "textDocument/diagnostic", ThrLanguageServerTests.text())["items"]?.array
    return (items ?? []).compactMap { $0["message"]?.string }
  }

  @Test func aColumnThatTheTableLacksIsReported() {
    let unknown = messages("t = read(\"d.csv\")\nfilter(t, age > 60)")
    #expect(unknown.count == 1)
    #expect(unknown.first?.contains("`score`, `label`") == true)
    // Not the function `scores`, which is as near.
    let near = messages("t = read(\"d.csv\")\nt |> filter(scor > 0.1)")
    #expect(near.first?.hasSuffix("did you mean `score`?") == true)
  }

  @Test(
    "A text that should name a column",
    arguments: [
      "t = read(\"d.csv\")\ncolumn(t, \"lable\")", "read(\"d.csv\") |> column(\"lable\")",
      "dataset(read(\"d.csv\"), target=\"lable\")", "scores(read(\"d.csv\"), label=\"lable\")",
      "t = read(\"d.csv\")\nsort(filter(t, score > 0), by=\"lable\")",
    ])
  func aTextThatNamesNoColumn(text: String) {
    let found = messages(text)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.hasSuffix("no column `lable`; did you mean `label`?") == true, "\(found)")
  }

  @Test(
    "Of a table that a function makes, too",
    arguments: [
      "fn made() = read(\"d.csv\")\nfilter(made(), age > 60)",
      "fn made() {\n  t = read(\"d.csv\")\n  filter(t, score > 0)\n}\nt = made()\nfilter(t, age > 60)",
      "fn made(from) = filter(read(\"d.csv\"), score > from)\nmade(0.5) |> filter(age > 60)",
    ])
  func madeByAFunction(text: String) {
    let found = messages(text)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.contains("`score`, `label`") == true, "\(found)")
  }

  @Test(
    "Where the columns are not certain, nothing is said",
    arguments: [
      "t = read(\"d.csv\")\nfilter(t, score > 0.1 and label == 1)",
      "t = read(\"d.csv\")\nlimit = 0.2\nfilter(t, score > limit)",
      "t = derive(read(\"d.csv\"), age = score + 1)\nfilter(t, age > 1)",
      "t = read(\"other.csv\")\nfilter(t, age > 1)",
      "t = read(\"d.csv\", header=false)\nfilter(t, age > 1)",
      "fn old(t) = filter(t, age > 1)",
      "t = read(\"d.csv\")\ncolumn(t, \"label\")\nsort(t, by=\"score\")",
      "t = derive(read(\"d.csv\"), age = score)\ncolumn(t, \"age\")",
      "c = \"age\"\nt = read(\"d.csv\")\nprint(c, column(t, \"score\"))",
      "fn made(path) = read(path)\nfilter(made(\"other.csv\"), age > 1)",
      "fn made() = derive(read(\"d.csv\"), age = score)\nfilter(made(), age > 1)",
      "t = read(\"d.csv\")\nfn now() = t\nt = derive(t, age = 2)\nfilter(now(), age > 1)",
      "fn made(t) = t\nfilter(made(derive(read(\"d.csv\"), age = 1)), age > 1)",
    ])
  func silence(text: String) {
    #expect(messages(text).filter { $0.contains("column of this name") }.isEmpty)
  }

  @Test func aColumnIsAName() {
    let client = TestClient(
      [:], files: ["/project/d.csv": "my_score,score\n0.5,1"], options: ["liveValues": false],
      folder: "file:///project", vocabulary: Library.standard.vocabulary)
    client.open("t = read(\"d.csv\")\nfilter(t, score > 1)\nfilter(t, 2 > score and my_score > 1)")
    let header: JSON = ["uri": "file:///project/d.csv", "range": range(0, 9, 14)]
    #expect(client.result("textDocument/definition", place(1, 12)) == header)
    let hover = client.result("textDocument/hover", place(1, 12))["contents"]?["value"]?.string
    #expect(hover == "score: column of d.csv")
    let uses: [JSON] = [(1, 10, 15), (2, 14, 19)].map { line, start, end in
      ["uri": "file:///project/a.thr", "range": range(line, start, end)]
    }
    let asked = place(2, 15).with("context", ["includeDeclaration": true])
    #expect(client.result("textDocument/references", asked) == .array([header] + uses))
    #expect(
      client.result("textDocument/documentHighlight", place(1, 12)).array?.map { $0["range"] }
        == uses.map { $0["range"] })
  }
}
