import Foundation
import JSONText
import Testing
import ThrLanguageServer

@testable import thr

/// Reports on all files of a folder, most of which no one has opened.
@Suite("Problems of a whole folder")
struct WorkspaceDiagnosticsTests {
  private func client(_ files: [String: String]) -> TestClient {
    TestClient(
      ["textDocument": ["diagnostic": [:]]], files: files, options: ["liveValues": false],
      folder: "file:///project")
  }

  /// The reports by the names of their files, and the questions for what has changed since.
  private func reports(
    _ client: TestClient, since previous: JSON = []
  ) -> (kinds: [String: String], codes: [String: [String]], next: JSON) {
    let items =
      client.result("workspace/diagnostic", ["previousResultIds": previous])["items"]?.array ?? []
    func byName<Value>(_ value: (JSON) -> Value) -> [String: Value] {
      Dictionary(
        items.map {
          (String(($0["uri"]?.string ?? "").split(separator: "/").last ?? ""), value($0))
        }
      ) { first, _ in first }
    }
    return (
      byName { $0["kind"]?.string ?? "" },
      byName { ($0["items"]?.array ?? []).map { $0["code"]?.string ?? "" } },
      .array(items.map { ["uri": $0["uri"] ?? .null, "value": $0["resultId"] ?? .null] })
    )
  }

  private static let files = [
    "/project/lib.thr": "k = 1", "/project/mid.thr": "use \"lib.thr\"",
    "/project/user.thr": "use \"mid.thr\"\nk", "/project/other.thr": "cube(x)",
  ]

  @Test("What has not changed is neither read nor reported again")
  func unchanged() {
    let client = client(Self.files)
    let first = reports(client)
    #expect(first.codes == ["lib.thr": [], "mid.thr": [], "user.thr": [], "other.thr": ["E0210"]])
    _ = client.files.takeReads()
    let second = reports(client, since: first.next)
    #expect(Set(second.kinds.values) == ["unchanged"])
    #expect(second.kinds.count == 4)
    #expect(client.files.takeReads().isEmpty)
  }

  @Test("A file that changes is looked at again, and so is what uses it")
  func changes() {
    let client = client(Self.files)
    let first = reports(client)
    client.files.write("j = 1", to: "/project/lib.thr")
    _ = client.files.takeReads()
    let second = reports(client, since: first.next)
    #expect(second.codes["user.thr"] == ["E0210"])
    #expect(!client.files.takeReads().contains("/project/other.thr"))
    client.files.write(nil, to: "/project/lib.thr")
    let third = reports(client, since: second.next)
    #expect(third.kinds["lib.thr"] == nil)
    client.files.write("k = 2", to: "/project/lib.thr")
    #expect(reports(client, since: third.next).codes["user.thr"] == [])
  }

  @Test("A text that is edited counts for what uses it, before it is saved")
  func edited() {
    let client = client(Self.files)
    let first = reports(client)
    client.open("k = 1", at: "file:///project/lib.thr")
    client.change([["text": "j = 1"]], at: "file:///project/lib.thr")
    let second = reports(client, since: first.next)
    #expect(second.codes["user.thr"] == ["E0210"])
    client.notify("textDocument/didClose", text("file:///project/lib.thr"))
    #expect(reports(client, since: second.next).codes["user.thr"] == [])
  }

  @Test("A link is not a second file, nor a way back")
  func links() throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "\(UUID())")
    let inner = folder.appending(path: "inner")
    try manager.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: folder) }
    let file = inner.appending(path: "a.thr")
    try Data("cube(x)".utf8).write(to: file)
    try manager.createSymbolicLink(
      at: folder.appending(path: "link.thr"), withDestinationURL: file)
    try manager.createSymbolicLink(
      at: inner.appending(path: "back"), withDestinationURL: folder)
    let client = TestClient(on: LocalWorkspaceFiles())
    client.initialize(["textDocument": ["diagnostic": [:]]], folder: folder.absoluteString)
    client.notify("initialized", [:])
    let items = client.result("workspace/diagnostic", ["previousResultIds": []])["items"]
    #expect(items?.array?.map { $0["uri"]?.string } == ["file://" + file.path])
  }

  @Test("Strictness makes warnings errors in files that were looked at before")
  func strictness() {
    let client = client(["/project/a.thr": "cube = 1\ncube"])
    let first = reports(client)
    client.notify("workspace/didChangeConfiguration", ["settings": ["thr": ["strict": true]]])
    _ = client.files.takeReads()
    _ = reports(client, since: first.next)
    #expect(client.files.takeReads() == ["/project/a.thr"])
  }

  /// So many that a message which comes meanwhile is read long before the last of them.
  private static let many = Dictionary(
    uniqueKeysWithValues: (1...600).map { ("/project/\($0).thr", "x = cube(\($0))\nx") })

  private func request(_ id: Int, _ method: String, _ params: JSON) -> String {
    let message: JSON = [
      "jsonrpc": "2.0", "id": .number(Double(id)), "method": .string(method), "params": params,
    ]
    return frame(message.description)
  }

  @Test(
    "A walk through all files lets other questions pass",
    arguments: [
      ("workspace/diagnostic", ["previousResultIds": []] as JSON),
      ("workspace/symbol", ["query": ""] as JSON),
    ])
  func givesWay(method: String, params: JSON) {
    let client = client(Self.many)
    client.open("cube(1)")
    client.send(
      raw: request(70, method, params) + request(71, "textDocument/hover", place(0, 1)))
    let first = client.take { $0["id"] == 70 || $0["id"] == 71 }
    #expect(first["id"] == 71)
    #expect(client.answer(to: 70)["result"] != nil)
  }

  @Test("A walk that is cancelled, or met by the shutdown, ends", arguments: [true, false])
  func ending(isCancelled: Bool) {
    let client = client(Self.many)
    let cancel = #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":70}}"#
    client.send(
      raw: request(70, "workspace/symbol", ["query": ""])
        + (isCancelled ? frame(cancel) : request(71, "shutdown", .null)))
    #expect(client.answer(to: 70)["error"]?["code"] == -32800)
  }
}
