import JSONText
import Testing

@Suite("Features, each by the client's means")
struct FeatureTests {
  // MARK: - Names

  @Test("A name is found, highlighted and renamed")
  func names() {
    let client = TestClient([:])
    client.open("x = 1\nx + x")
    let places = [range(0, 0, 1), range(1, 0, 1), range(1, 4, 5)]
    #expect(client.result("textDocument/definition", place(1, 4))["range"] == places[0])
    let references = client.result(
      "textDocument/references",
      place(1, 0).with("context", ["includeDeclaration": false]))
    #expect(references.array?.map { $0["range"] } == Array(places.dropFirst()))
    let highlights = client.result("textDocument/documentHighlight", place(0, 0))
    #expect(highlights.array?.map { $0["kind"] } == [3, 2, 2])
    #expect(
      client.result("textDocument/prepareRename", place(0, 0))
        == ["range": places[0], "placeholder": "x"])
    let edit = client.result("textDocument/rename", place(0, 0).with("newName", "y"))
    #expect(
      edit["changes"]?["file:///project/a.thr"]?.array?.map { $0["range"] } == places)
    #expect(client.errorCode("textDocument/rename", place(0, 0).with("newName", "1y")) == -32803)
  }

  @Test("A rename is bound to the version it was made for, where the client can take it")
  func versionedRename() {
    let client = TestClient(["workspace": ["workspaceEdit": ["documentChanges": true]]])
    client.open("x = 1", version: 5)
    let edit = client.result("textDocument/rename", place(0, 0).with("newName", "y"))
    #expect(
      edit["documentChanges"]?[0]?["textDocument"] == [
        "uri": "file:///project/a.thr", "version": 5,
      ])
  }

  @Test("What cannot be renamed says so by null")
  func noRename() {
    let client = TestClient([:])
    client.open("cube(1)")
    #expect(client.result("textDocument/prepareRename", place(0, 1)) == .null)
    #expect(client.result("textDocument/prepareRename", place(0, 5)) == .null)
  }

  // MARK: - Symbols

  @Test("Symbols nest where the client can take it")
  func symbols() {
    let source = "x = 1\nfn f(a) {\n  b = a\n  b\n}"
    for isNested in [false, true] {
      let client = TestClient([
        "textDocument": ["documentSymbol": ["hierarchicalDocumentSymbolSupport": .bool(isNested)]]
      ])
      client.open(source)
      let symbols = client.result("textDocument/documentSymbol", text())
      #expect(symbols[1]?["name"] == "f")
      #expect((symbols[1]?["children"] != nil) == isNested)
      #expect((symbols[1]?["location"] != nil) == !isNested)
    }
  }

  @Test("The symbols of all scripts in the folders are found by their letters")
  func workspaceSymbols() {
    let client = TestClient(
      [:],
      files: [
        "/project/a.thr": "stale = 1", "/project/sub/b.thr": "fn threshold(x) = x",
        "/project/.hidden/c.thr": "threads = 1", "/project/d.txt": "thrown = 1",
      ], folder: "file:///project")
    client.open("thirsty = 1")
    let found = client.result("workspace/symbol", ["query": "thr"]).array?.compactMap {
      $0["name"]?.string
    }
    #expect(found == ["thirsty", "threshold"])
  }

  @Test("What files declare is read again only where they have changed")
  func keptSymbols() {
    let client = TestClient(
      [:], files: ["/project/a.thr": "alpha = 1", "/project/b.thr": "fn alpine(x) = x"],
      folder: "file:///project")
    func names(_ query: JSON) -> [String] {
      let found = client.result("workspace/symbol", ["query": query]).array ?? []
      return found.compactMap { $0["name"]?.string }
    }
    #expect(names("al") == ["alpha", "alpine"])
    _ = client.files.takeReads()
    #expect(names("alp") == ["alpha", "alpine"] && names("alph") == ["alpha"])
    #expect(client.files.takeReads() == [])
    client.files.write("alps = 1", to: "/project/a.thr")
    #expect(names("alp") == ["alps", "alpine"])
  }

  @Test("Symbols come file by file, where the client asks for that")
  func partialResults() {
    let client = TestClient(
      [:], files: ["/project/a.thr": "one = 1", "/project/b.thr": "ones = 1"],
      folder: "file:///project")
    let rest = client.result("workspace/symbol", ["query": "one", "partialResultToken": 5])
    #expect(rest == [])
    for name in ["one", "ones"] {
      let part = client.message("$/progress")["params"]
      #expect(part?["token"] == 5)
      #expect(part?["value"]?[0]?["name"]?.string == name)
    }
  }

  // MARK: - Colours

  @Test("Changed colours are sent as changes")
  func colours() throws {
    let client = TestClient([:])
    client.open("x = 1\ny = cube(x)\nz = 3")
    let first = client.result("textDocument/semanticTokens/full", text())
    client.change([["range": range(1, 4, 8), "text": "f1"]])
    let delta = client.result(
      "textDocument/semanticTokens/full/delta",
      text().with("previousResultId", present(first["resultId"])))
    let fresh = client.result("textDocument/semanticTokens/full", text())
    var data = try #require(first["data"]?.array)
    for edit in try #require(delta["edits"]?.array) {
      let start = try #require(edit["start"]?.integer)
      let count = try #require(edit["deleteCount"]?.integer)
      data.replaceSubrange(start..<(start + count), with: edit["data"]?.array ?? [])
    }
    #expect(JSON.array(data) == fresh["data"])
    #expect(delta["resultId"] == fresh["resultId"])
    let unknown = client.result(
      "textDocument/semanticTokens/full/delta", text().with("previousResultId", "other"))
    #expect(unknown["data"] == fresh["data"])
    let part = client.result(
      "textDocument/semanticTokens/range", text().with("range", range(2, 0, 5)))
    #expect(part["data"]?.array?.prefix(3) == [2, 0, 1])
  }

  // MARK: - Diagnostics

  private static let pulling: JSON = [
    "textDocument": [
      "diagnostic": [:],
      "publishDiagnostics": [
        "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true,
        "tagSupport": ["valueSet": [1, 2]],
      ],
    ]
  ]

  @Test("Diagnostics are given when asked for, and only once the same")
  func pullDiagnostics() {
    let client = TestClient(Self.pulling)
    client.open("cubr(1)")
    let report = client.result("textDocument/diagnostic", text())
    #expect(report["kind"] == "full")
    let item = present(report["items"]?[0])
    #expect(item["code"] == "E0210" || item["code"]?.string?.hasPrefix("E02") == true)
    #expect(
      item["codeDescription"]?["href"]?.string
        == "https://example.org/\(item["code"]?.string ?? "")")
    let again = client.result(
      "textDocument/diagnostic",
      text().with("previousResultId", present(report["resultId"])))
    #expect(again == ["kind": "unchanged", "resultId": report["resultId"] ?? .null])
    let workspace = client.result("workspace/diagnostic", ["previousResultIds": []])
    #expect(workspace["items"]?[0]?["uri"] == "file:///project/a.thr")
    #expect(workspace["items"]?[0]?["items"]?.array?.count == report["items"]?.array?.count)
    #expect(
      !client.transport.untaken.contains { $0["method"] == "textDocument/publishDiagnostics" })
  }

  @Test("A diagnostic has as much as the client can show")
  func richDiagnostics() {
    let client = TestClient([
      "textDocument": [
        "publishDiagnostics": Self.pulling["textDocument"]?["publishDiagnostics"] ?? .null
      ]
    ])
    client.open("cube = 1\ncube(2)")
    let diagnostics = client.diagnostics()
    #expect(
      diagnostics.contains {
        $0["relatedInformation"]?[0]?["location"]?["range"]?["start"] == position(0, 0)
      })
    #expect(diagnostics.allSatisfy { $0["codeDescription"] != nil && $0["data"] != nil })
  }

  @Test(
    "What never runs is marked as such, where the client can show it", arguments: [true, false])
  func unreachable(isShown: Bool) {
    let tags: JSON = ["textDocument": ["publishDiagnostics": ["tagSupport": ["valueSet": [1]]]]]
    let client = TestClient(isShown ? tags : [:])
    client.open("if false { cube(1) }")
    let diagnostics = client.diagnostics()
    #expect(diagnostics.count == 1)
    #expect(diagnostics[0]["tags"] == (isShown ? [1] : nil))
  }

  // MARK: - Actions

  private func actions(
    _ client: TestClient, _ place: JSON, diagnostics: [JSON] = [], only: JSON = .null
  ) -> [JSON] {
    client.result(
      "textDocument/codeAction",
      text().with("range", place)
        .with("context", ["diagnostics": .array(diagnostics), "only": only])
    ).array ?? []
  }

  private static let literals: JSON = [
    "codeActionLiteralSupport": ["codeActionKind": ["valueSet": []]], "isPreferredSupport": true,
    "dataSupport": true, "resolveSupport": ["properties": ["edit"]],
  ]

  @Test("A fix is offered with its diagnostic")
  func quickFix() {
    let client = TestClient(["textDocument": ["codeAction": Self.literals]])
    client.open("cubr(1)")
    let reported = client.diagnostics()
    let fix = present(actions(client, range(0, 1, 1), diagnostics: reported).first)
    #expect(fix["kind"] == "quickfix")
    #expect(fix["isPreferred"] == true)
    #expect(fix["diagnostics"] == .array(reported))
    #expect(
      fix["edit"]?["changes"]?["file:///project/a.thr"]
        == [["range": range(0, 0, 4), "newText": "cube"]])
    let only = actions(client, range(0, 1, 1), only: ["refactor"])
    #expect(only.allSatisfy { $0["kind"]?.string?.hasPrefix("refactor") == true })
  }

  @Test("All fixes at once are worked out when asked for, and not for another text")
  func fixAll() {
    let client = TestClient(["textDocument": ["codeAction": Self.literals]])
    client.open("cubr(1)\ncubr(2)")
    let action = present(actions(client, range(0, 0, 0), only: ["source"]).first)
    #expect(action["edit"] == nil)
    let edit = client.result("codeAction/resolve", action)["edit"]
    #expect(edit?["changes"]?["file:///project/a.thr"]?.array?.count == 2)
    client.change([["text": "cube(1)"]])
    #expect(client.errorCode("codeAction/resolve", action) == -32801)
  }

  @Test("A client that knows commands only is offered commands")
  func commandsOnly() {
    let client = TestClient(["workspace": ["applyEdit": true]])
    client.open("cubr(1)")
    let fix = present(actions(client, range(0, 1, 1)).first)
    #expect(fix["command"] == "thr.applyEdit")
    _ = client.result(
      "workspace/executeCommand",
      ["command": "thr.applyEdit", "arguments": fix["arguments"] ?? .null])
    #expect(client.message("workspace/applyEdit")["params"]?["edit"] == fix["arguments"]?[0])
  }

  @Test("Lenses stand above what shows a value, and are resolved to commands")
  func lenses() {
    let client = TestClient(
      ["workspace": ["applyEdit": true]], options: ["liveValues": false])
    client.open("x = 1\nx\nx + 1")
    let lenses = client.result("textDocument/codeLens", text()).array ?? []
    #expect(lenses.count == 4)
    let resolved = client.result("codeLens/resolve", present(lenses.first))
    #expect(resolved["command"]?["command"] == "thr.runToHere")
    #expect(resolved["command"]?["arguments"] == ["file:///project/a.thr", position(1, 0)])
    client.change([["text": "x"]])
    #expect(client.errorCode("codeLens/resolve", present(lenses.first)) == -32801)
  }

  // MARK: - Structure

  @Test("Whole lines are folded where the client can do no more")
  func folding() {
    for (wholeLines, expected) in [
      (false, ["startLine": 0, "startCharacter": 9, "endLine": 2, "endCharacter": 0]),
      (true, ["startLine": 0, "endLine": 1]),
    ] as [(Bool, JSON)] {
      let client = TestClient([
        "textDocument": ["foldingRange": ["lineFoldingOnly": .bool(wholeLines)]]
      ])
      client.open("fn f(a) {\n  a\n}\n")
      #expect(client.result("textDocument/foldingRange", text()) == [expected])
    }
  }

  @Test("Selections grow from the word to the text")
  func selections() {
    let client = TestClient([:])
    client.open("cube(1 + 2)\nx")
    var selection = client.result(
      "textDocument/selectionRange", text().with("positions", [position(0, 5)]))[0]
    var ranges: [JSON?] = []
    while let inner = selection {
      ranges.append(inner["range"])
      selection = inner["parent"]
    }
    #expect(ranges.first == range(0, 5, 6))
    #expect(ranges.last == ["start": position(0, 0), "end": position(1, 1)])
  }

  @Test("A text is formatted whole, in part, and while it is typed")
  func formatting() {
    let client = TestClient([:])
    client.open("x=1\ny=2\nfn f(a) {\n")
    let options: JSON = ["tabSize": 8, "insertSpaces": false]
    let whole = client.result("textDocument/formatting", text().with("options", options)).array
    #expect(whole?.isEmpty == false)
    let part = client.result(
      "textDocument/rangeFormatting",
      text().with("options", options).with("range", range(1, 0, 3))
    ).array
    #expect(part?.allSatisfy { $0["range"]?["start"]?["line"] == 1 } == true)
    // Ranges that touch the same statement give its edits once.
    let ranges: JSON = [range(0, 0, 3), range(1, 0, 1), range(1, 0, 3)]
    let parts = client.result(
      "textDocument/rangesFormatting",
      text().with("options", options).with("ranges", ranges)
    ).array
    let first = client.result(
      "textDocument/rangeFormatting",
      text().with("options", options).with("range", range(0, 0, 3))
    ).array
    let each = (first ?? []) + (part ?? [])
    #expect(parts == each && each.count > 1)
    let typed = client.result(
      "textDocument/onTypeFormatting",
      place(3, 0).with("ch", "\n").with("options", options))
    #expect(typed == [["range": range(3, 0, 0), "newText": "  "]])
  }
}
