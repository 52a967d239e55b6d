import JSONText
import Testing

@Suite("The rules of the conversation")
struct LifecycleTests {
  static let requests = [
    "textDocument/hover", "textDocument/completion", "workspace/symbol", "shutdown", "no/such",
    "workspace/executeCommand", "$/unknown",
  ]

  @Test("Requests before initialize are refused", arguments: requests)
  func beforeInitialize(method: String) {
    let client = TestClient()
    #expect(client.errorCode(method, [:]) == -32002)
    #expect(client.initialize()["result"]?["capabilities"] != nil)
  }

  @Test("Notifications before initialize are dropped")
  func notificationsBeforeInitialize() {
    let client = TestClient()
    client.open("stpe = ")
    client.notify("initialized", [:])
    client.initialize()
    client.notify("initialized", [:])
    client.settle()
    #expect(client.transport.untaken.isEmpty)
  }

  @Test("initialize answers with the server's name and capabilities")
  func initialize() {
    let result = TestClient().initialize()["result"]
    #expect(result?["serverInfo"] == ["name": "thr", "version": "1.2.3"])
    #expect(result?["capabilities"]?["hoverProvider"] == true)
    #expect(result?["capabilities"]?["textDocumentSync"]?["change"] == 2)
  }

  @Test("A second initialize is refused, and the first holds")
  func initializeTwice() {
    let client = TestClient([:])
    #expect(client.initialize()["error"]?["code"] == -32600)
    client.open("x = 1")
    #expect(client.diagnostics().isEmpty)
  }

  @Test(
    "initialize without what it needs is refused, and may be sent again",
    arguments: [
      .null, [], [1], [:], ["capabilities": 1], ["capabilities": .null],
      ["capabilities": [:], "processId": "seven"],
      ["capabilities": [:], "workspaceFolders": [["name": "no address"]]],
    ] as [JSON])
  func initializeWrong(params: JSON) {
    let client = TestClient()
    #expect(client.errorCode("initialize", params) == -32602)
    #expect(client.initialize()["result"] != nil)
  }

  @Test("The server keeps still until initialized")
  func quietUntilInitialized() {
    let client = TestClient()
    client.initialize(["workspace": ["configuration": true]])
    client.open("x = ")
    client.settle()
    #expect(client.transport.untaken.isEmpty)
    client.notify("initialized", [:])
    #expect(client.diagnostics().count == 1)
    #expect(client.message("workspace/configuration")["id"] != nil)
  }

  @Test("Requests are answered between initialize and initialized")
  func requestsBeforeInitialized() {
    let client = TestClient()
    client.initialize()
    client.open("cube(1)")
    #expect(client.result("textDocument/hover", place(0, 1)) != .null)
  }

  @Test("After shutdown every request is refused", arguments: requests + ["initialize"])
  func afterShutdown(method: String) {
    let client = TestClient([:])
    #expect(client.response("shutdown")["result"] == .null)
    #expect(client.errorCode(method, [:]) == -32600)
  }

  @Test("After shutdown notifications change nothing")
  func notificationsAfterShutdown() {
    let client = TestClient([:])
    _ = client.response("shutdown")
    client.open("x = ")
    #expect(client.errorCode("test/unknown") == -32600)
    #expect(client.transport.untaken.isEmpty)
  }

  @Test("exit after shutdown ends well")
  func exitAfterShutdown() {
    let client = TestClient([:])
    _ = client.response("shutdown")
    client.send(["jsonrpc": "2.0", "method": "exit"])
    #expect(client.exitStatus() == 0)
  }

  @Test("exit without shutdown, before or after initialize, ends badly", arguments: [false, true])
  func exitWithoutShutdown(isInitialized: Bool) {
    let client = TestClient()
    if isInitialized { client.initialize() }
    client.send(["jsonrpc": "2.0", "method": "exit"])
    #expect(client.exitStatus() == 1)
  }

  @Test("The end of the input ends the server", arguments: [false, true])
  func endOfInput(isShutDown: Bool) {
    let client = TestClient([:])
    if isShutDown { _ = client.response("shutdown") }
    client.transport.close()
    #expect(client.exitStatus() == (isShutDown ? 0 : 1))
  }

  @Test("A client that reads no more ends the server")
  func brokenOutput() {
    let client = TestClient([:])
    client.settle()
    client.transport.breakOutput()
    client.ask("textDocument/hover", place(0, 0))
    #expect(client.exitStatus() == 1)
  }

  @Test("A session of every kind of message leaves nothing but frames")
  func onlyFrames() {
    let client = TestClient([:])
    client.open("x = cube(2)\n")
    for method in Self.requests where method != "shutdown" { _ = client.response(method, text()) }
    _ = client.response("shutdown")
    #expect(client.transport.untaken.allSatisfy { $0["jsonrpc"] == "2.0" })
  }
}
