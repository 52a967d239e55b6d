import JSONText
import Testing

@Suite("Messages that are wrong")
struct MessageTests {
  private static let faultsTable: [(String, Int, JSON)] = [
    ("", -32700, .null), ("{", -32700, .null), ("nonsense", -32700, .null),
    ("{\"jsonrpc\":\"2.0\",}", -32700, .null), ("\u{FEFF}{}", -32700, .null),
    ("[]", -32600, .null), (#"[{"jsonrpc":"2.0","id":1,"method":"a"}]"#, -32600, .null),
    ("1", -32600, .null), ("null", -32600, .null), ("\"text\"", -32600, .null),
    ("{}", -32600, .null), (#"{"id":3}"#, -32600, 3),
    (#"{"id":3,"method":"shutdown"}"#, -32600, 3),
    (#"{"jsonrpc":"1.0","id":3,"method":"shutdown"}"#, -32600, 3),
    (#"{"jsonrpc":2.0,"id":"x","method":"shutdown"}"#, -32600, "x"),
    (#"{"jsonrpc":"2.0","id":3,"method":7}"#, -32600, 3),
    (#"{"jsonrpc":"2.0","id":3}"#, -32600, 3),
    (#"{"jsonrpc":"2.0","id":null,"method":"shutdown"}"#, -32600, .null),
    (#"{"jsonrpc":"2.0","id":1.5,"method":"shutdown"}"#, -32600, .null),
    (#"{"jsonrpc":"2.0","id":[1],"method":"shutdown"}"#, -32600, .null),
    (#"{"jsonrpc":"2.0","id":3,"method":"shutdown","params":1}"#, -32600, 3),
    (#"{"jsonrpc":"2.0","id":3,"method":"shutdown","params":"a"}"#, -32600, 3),
  ]

  @Test(
    "What is no message is answered by its fault",
    arguments: Self.faultsTable)
  func faults(body: String, code: Int, id: JSON) {
    let client = TestClient([:])
    client.send(raw: frame(body))
    let answer = client.take { $0["error"] != nil }
    #expect(answer["error"]?["code"]?.integer == code)
    #expect(answer["id"] == id)
    #expect(client.response("shutdown")["result"] == .null)
  }

  @Test("Arrays nested without end are no message")
  func deepNesting() {
    let client = TestClient([:])
    client.send(raw: frame(String(repeating: "[", count: 100_000)))
    #expect(client.take { $0["error"] != nil }["error"]?["code"] == -32700)
  }

  @Test("Bytes that are not UTF-8 are reported")
  func invalidUTF8() {
    let client = TestClient([:])
    client.transport.send(Array("Content-Length: 4\r\n\r\n".utf8) + [0x22, 0xFF, 0xFE, 0x22])
    #expect(client.take { $0["error"] != nil }["error"]?["code"] == -32700)
  }

  @Test(
    "Identifiers come back as they were",
    arguments: [0, -5, 9_007_199_254_740_991, "", "é"] as [JSON])
  func identifiers(id: JSON) {
    let client = TestClient([:])
    client.send(["jsonrpc": "2.0", "id": id, "method": "shutdown"])
    #expect(client.take { $0["id"] == id }["result"] == .null)
  }

  @Test("Unknown requests are refused, also those that a server need not know")
  func unknownRequests() {
    let client = TestClient([:])
    #expect(client.errorCode("no/such") == -32601)
    #expect(client.errorCode("$/no/such") == -32601)
    #expect(client.errorCode("initialized", [:]) == -32601)
    #expect(client.errorCode("exit") == -32601)
  }

  private static let notificationsTable: [JSON] = [
    ["jsonrpc": "2.0", "method": "no/such"],
    ["jsonrpc": "2.0", "method": "$/no/such", "params": [1, 2]],
    ["jsonrpc": "2.0", "method": "textDocument/hover", "params": [:]],
    ["jsonrpc": "2.0", "method": "initialize", "params": [:]],
    ["jsonrpc": "2.0", "method": "textDocument/didOpen"],
    ["jsonrpc": "2.0", "method": "textDocument/didOpen", "params": ["textDocument": 1]],
    ["jsonrpc": "2.0", "method": "textDocument/didChange", "params": [:]],
    ["jsonrpc": "2.0", "method": "$/cancelRequest"],
    ["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": 99]],
    ["jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles", "params": ["changes": 3]],
  ]

  @Test(
    "Notifications are never answered, even if they are wrong",
    arguments: Self.notificationsTable)
  func notifications(message: JSON) {
    let client = TestClient([:])
    client.send(message)
    client.settle()
    // A line in the log is no answer.
    #expect(client.transport.untaken.allSatisfy { $0["method"] == "window/logMessage" })
  }

  @Test("Answers to nothing are dropped")
  func strayResponses() {
    let client = TestClient([:])
    client.send(["jsonrpc": "2.0", "id": 1, "result": 1])
    client.send(["jsonrpc": "2.0", "id": "thr-99", "error": ["code": 1, "message": "no"]])
    client.send(["jsonrpc": "2.0", "id": .null, "error": ["code": 1, "message": "no"]])
    client.settle()
    #expect(client.transport.untaken.isEmpty)
  }

  private static let invalidParamsTable: [(String, JSON)] = [
    ("textDocument/hover", .null), ("textDocument/hover", []), ("textDocument/hover", [:]),
    ("textDocument/hover", ["textDocument": "a"]),
    ("textDocument/hover", text()),
    ("textDocument/hover", text().with("position", ["line": 0])),
    ("textDocument/hover", text().with("position", ["line": -1, "character": 0])),
    ("textDocument/hover", text().with("position", ["line": 0.5, "character": 0])),
    ("textDocument/hover", text().with("position", ["line": 0, "character": 4_294_967_296])),
    ("textDocument/hover", place(0, 0, in: "file:///project/missing.thr")),
    ("textDocument/hover", place(0, 0, in: "untitled:Untitled-1")),
    ("textDocument/references", place(0, 0)),
    ("textDocument/rename", place(0, 0)),
    ("textDocument/rename", place(0, 0).with("newName", 5)),
    ("textDocument/codeAction", text()),
    ("textDocument/codeAction", text().with("range", range(0, 0, 1))),
    ("textDocument/selectionRange", text()),
    ("textDocument/inlayHint", text()),
    ("textDocument/semanticTokens/full/delta", text()),
    ("workspace/symbol", [:]),
    ("workspace/executeCommand", [:]),
    ("workspace/executeCommand", ["command": "no.such"]),
    ("workspace/executeCommand", ["command": "thr.runToHere"]),
    ("workspace/executeCommand", ["command": "thr.runToHere", "arguments": ["a", "b"]]),
    ("completionItem/resolve", []),
    ("codeLens/resolve", []),
  ]

  @Test(
    "Parameters that are missing or of another type are refused",
    arguments: Self.invalidParamsTable)
  func invalidParams(method: String, params: JSON) {
    let client = TestClient([:])
    client.open("cube(1)")
    #expect(client.errorCode(method, params) == -32602)
  }

  @Test("Members that the protocol does not know are no error")
  func unknownMembers() {
    let client = TestClient(["future": ["feature": true]])
    client.open("cube(1)")
    #expect(client.result("textDocument/hover", place(0, 1).with("future", [1, 2])) != .null)
  }
}
