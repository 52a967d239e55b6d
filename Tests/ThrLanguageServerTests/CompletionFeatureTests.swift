import JSONText
import Testing

@Suite("Completion and signatures, each by the client's means")
struct CompletionFeatureTests {
  // MARK: - Completion

  private func items(_ client: TestClient, _ line: Int, _ character: Int) -> JSON {
    client.result("textDocument/completion", place(line, character))
  }

  private func item(_ list: JSON, _ label: String) -> JSON? {
    list["items"]?.array?.first { $0["label"]?.string == label }
  }

  @Test("Items are plain where the client knows no more")
  func plainCompletion() {
    let client = TestClient([:])
    client.open("cub")
    let item = present(item(items(client, 0, 3), "cube"))
    #expect(item["insertTextFormat"] == nil)
    #expect(item["textEdit"]?["range"] == range(0, 0, 3))
    #expect(item["preselect"] == nil)
    let resolved = client.result("completionItem/resolve", item)
    #expect(resolved["documentation"]?["kind"] == "plaintext")
    #expect(resolved["documentation"]?["value"]?.string?.contains("cube(number") == true)
  }

  @Test("Items are rich where the client can take it")
  func richCompletion() {
    let client = TestClient([
      "textDocument": [
        "completion": [
          "completionItem": [
            "snippetSupport": true, "insertReplaceSupport": true,
            "documentationFormat": ["markdown", "plaintext"],
          ]
        ]
      ]
    ])
    client.open("cubeway")
    let item = present(item(items(client, 0, 3), "cube"))
    #expect(item["insertTextFormat"] == 2)
    #expect(item["textEdit"]?["newText"]?.string?.contains("${1:") == true)
    #expect(item["textEdit"]?["insert"] == range(0, 0, 3))
    #expect(item["textEdit"]?["replace"] == range(0, 0, 7))
    let resolved = client.result("completionItem/resolve", item)
    #expect(resolved["documentation"]?["kind"] == "markdown")
  }

  @Test("What holds for all items stands once, where the client can take it")
  func itemDefaults() {
    let client = TestClient([
      "textDocument": ["completion": ["completionList": ["itemDefaults": ["editRange"]]]]
    ])
    client.open("cub")
    let list = items(client, 0, 3)
    #expect(list["itemDefaults"]?["editRange"] == range(0, 0, 3))
    let item = present(item(list, "cube"))
    #expect(item["textEdit"] == nil)
    #expect(item["textEditText"] != nil)
  }

  @Test("An item of an older list comes back as it is")
  func staleItem() {
    let client = TestClient([:])
    client.open("cub")
    let item = present(item(items(client, 0, 3), "cube"))
    _ = items(client, 0, 0)
    #expect(client.result("completionItem/resolve", item) == item)
  }

  @Test("Of very many items the likeliest are offered, and the rest to who types on")
  func manyItems() {
    let client = TestClient([:])
    let names = (0..<400).map { "name_\($0) = \($0)\n" }.joined()
    client.open(names + "name_39")
    let all = client.result("textDocument/completion", place(400, 0))
    #expect(all["isIncomplete"] == true)
    #expect(all["items"]?.array?.count == 300)
    let some = client.result("textDocument/completion", place(400, 7))
    #expect(some["isIncomplete"] == false)
    let labels = some["items"]?.array?.compactMap { $0["label"]?.string } ?? []
    #expect(Set(labels).isSuperset(of: ["name_39"] + (390..<400).map { "name_\($0)" }))
  }

  @Test("Options complete within quotes, and a closing quote asks for nothing")
  func quotes() {
    let client = TestClient([:])
    client.open("mix(1, 2, how=\"\")\nx = \"a\"")
    #expect(item(items(client, 0, 15), "evenly") != nil)
    let closed = client.result(
      "textDocument/completion",
      place(1, 7).with("context", ["triggerKind": 2, "triggerCharacter": "\""]))
    #expect(closed["items"] == [])
  }

  @Test(
    "A path is completed from where it is looked up: a file's in the folder and beside the script",
    arguments: [
      ("write(1, \"", ["src/", "near.csv", "top.csv", "lib.thr"]),
      ("use \"", ["lib.thr"]),
      ("use \"../", ["src/"]),
    ])
  func paths(text: String, labels: [String]) {
    let client = TestClient(
      [:],
      files: [
        "/project/top.csv": "", "/project/src/near.csv": "", "/project/src/lib.thr": "",
      ], folder: "file:///project")
    client.open(text, at: "file:///project/src/a.thr")
    let found = client.result(
      "textDocument/completion", place(0, text.utf8.count, in: "file:///project/src/a.thr"))
    let shown = found["items"]?.array?.compactMap { $0["label"]?.string } ?? []
    #expect(Set(shown) == Set(labels))
  }

  // MARK: - Signatures

  @Test("A form that the user turned to stays while it fits")
  func retrigger() {
    let client = TestClient([:])
    client.open("mix()")
    let help = client.result("textDocument/signatureHelp", place(0, 4))
    #expect(help["signatures"]?.array?.count == 2)
    #expect(help["activeSignature"] == 0)
    let kept = client.result(
      "textDocument/signatureHelp",
      place(0, 4).with(
        "context",
        [
          "triggerKind": 3, "isRetrigger": true,
          "activeSignatureHelp": help.with("activeSignature", 1),
        ]))
    #expect(kept["activeSignature"] == 1)
  }

  @Test("Parameters are given by their places, where the client supports it")
  func parameterPlaces() {
    let capabilities: JSON = [
      "textDocument": [
        "signatureHelp": [
          "signatureInformation": ["parameterInformation": ["labelOffsetSupport": true]]
        ]
      ]
    ]
    for (capabilities, label) in [
      (JSON.object([:]), JSON.string("number: number")), (capabilities, JSON.array([5, 19])),
    ] {
      let client = TestClient(capabilities)
      client.open("cube()")
      let help = client.result("textDocument/signatureHelp", place(0, 5))
      #expect(help["signatures"]?[0]?["parameters"]?[0]?["label"] == label)
      #expect(help["activeParameter"] == 0)
    }
  }
}
