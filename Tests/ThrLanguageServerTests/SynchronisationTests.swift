import JSONText
import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax

@testable import ThrLanguageServer

@Suite("Texts that change")
struct SynchronisationTests {
  @Test("Changes of one message build on each other")
  func severalChanges() {
    let client = TestClient([:])
    client.open("cube(1)\n")
    #expect(client.diagnostics().isEmpty)
    client.change([
      ["range": range(0, 0, 4), "text": "cubb"],
      ["range": range(0, 3, 4), "text": "e"],
      ["range": ["start": position(1, 0), "end": position(1, 0)], "text": "cub(1)"],
    ])
    #expect(client.diagnostics().map { $0["range"] } == [range(1, 0, 3)])
  }

  @Test("A change without a range is the whole text")
  func fullChange() {
    let client = TestClient([:])
    client.open("x = ")
    #expect(client.diagnostics().count == 1)
    client.change([["text": "x = 1"]])
    #expect(client.diagnostics().isEmpty)
  }

  @Test("One file is one text, however its address is escaped")
  func escapedAddress() {
    let client = TestClient([:], files: ["/project/a[1].thr": "old = 1"])
    client.open("fresh = 1", at: "file:///project/a%5B1%5D.thr")
    for address in ["file:///project/a%5b1%5d.thr", "file:///project/a[1].thr"] {
      let symbols = client.result("textDocument/documentSymbol", text(address))
      #expect(symbols[0]?["name"]?.string == "fresh", "\(address)")
    }
  }

  @Test("A range whose end stands before its start takes nothing away")
  func reversedRange() {
    let client = TestClient([:])
    client.open("cube(1)")
    client.change([["range": ["start": position(0, 7), "end": position(0, 0)], "text": "\ny"]])
    #expect(client.take { $0["params"]?["diagnostics"]?.array?.count == 1 } != "nothing came")
  }

  @Test("Versions are sent back where the client wants them")
  func versions() {
    let client = TestClient(["textDocument": ["publishDiagnostics": ["versionSupport": true]]])
    client.open("x = 1", version: 7)
    #expect(client.message("textDocument/publishDiagnostics")["params"]?["version"] == 7)
    client.change([["text": "y = 1"]], version: 12)
    #expect(client.message("textDocument/publishDiagnostics")["params"]?["version"] == 12)
  }

  @Test("Closing a text withdraws its diagnostics")
  func closing() {
    let client = TestClient([:])
    client.open("x = ")
    #expect(client.diagnostics().count == 1)
    client.notify("textDocument/didClose", text())
    #expect(client.diagnostics().isEmpty)
    #expect(client.errorCode("textDocument/hover", place(0, 0)) == -32602)
    client.change([["text": "y"]])
    client.settle()
    #expect(client.transport.untaken.allSatisfy { $0["method"] == "window/logMessage" })
  }

  @Test("Opening a text again replaces it")
  func openingTwice() {
    let client = TestClient([:])
    client.open("x = ")
    #expect(client.diagnostics().count == 1)
    client.open("x = 1")
    #expect(client.diagnostics().isEmpty)
  }

  // MARK: - Texts that use others

  @Test("A used file is read from the disk, or as it is open")
  func usedFiles() {
    let client = TestClient([:], files: ["/project/lib.thr": "fn twice(x) = 2 * x"])
    client.open("use \"lib.thr\"\ntwice(1)\nthrice(1)")
    #expect(client.diagnostics().map { $0["range"] } == [range(2, 0, 6)])
    client.open("fn thrice(x) = 3 * x", at: "file:///project/lib.thr")
    #expect(client.diagnostics().map { $0["range"] } == [range(1, 0, 5)])
    client.change([["text": "fn twice(x) = x\nfn thrice(x) = x"]], at: "file:///project/lib.thr")
    #expect(client.diagnostics().isEmpty)
    client.notify("textDocument/didClose", text("file:///project/lib.thr"))
    #expect(client.diagnostics().map { $0["range"] } == [range(2, 0, 6)])
  }

  @Test("A definition in another file is found there")
  func definitionElsewhere() {
    let client = TestClient([:], files: ["/project/lib.thr": "\nfn twice(x) = 2 * x"])
    client.open("use \"lib.thr\"\ntwice(1)")
    #expect(
      client.result("textDocument/definition", place(1, 2))
        == ["uri": "file:///project/lib.thr", "range": range(1, 3, 8)])
  }

  @Test("Files that use each other are no endless task")
  func circles() {
    let client = TestClient([:], files: ["/project/c.thr": "use \"a.thr\"\nx = 1"])
    client.open("use \"b.thr\"\nuse \"c.thr\"", at: "file:///project/a.thr")
    client.open("use \"a.thr\"", at: "file:///project/b.thr")
    client.change([["text": "use \"b.thr\""]], at: "file:///project/a.thr")
    client.change([["text": "use \"b.thr\"\ny = 1"]], at: "file:///project/b.thr")
    #expect(client.result("textDocument/documentSymbol", text()) != .null)
  }

  // MARK: - Anything at all

  @Test("Random edits leave the same text and the same knowledge as a fresh look", arguments: 1...4)
  func randomEdits(seed: UInt64) {
    EditFuzz(seed: seed).run(edits: EditFuzz.editsPerSeed)
  }
}
