import DocumentEvaluation
import Foundation
import JSONText
import Testing
import ThrLanguageServer
import ThrModel
import ThrSyntax
import ToyLibrary

/// A client that sends exactly what a test asks for.
final class TestClient {
  // A machine that is busy with other things must not fail a test.
  private static let patience = 60.0

  let transport = MemoryTransport()
  let evaluator: ToyEvaluator
  let files: MemoryFiles
  private let ended = DispatchSemaphore(value: 0)
  private let status = Status()
  private var lastRequest = 0

  private final class Status: @unchecked Sendable { var value: Int32? }

  /// Starts a server that has heard nothing yet.
  ///
  /// - Parameter running: what evaluates in the toy's place.
  init(
    files: [String: String] = [:], evaluator: ToyEvaluator = ToyEvaluator(),
    running: (any DocumentEvaluator)? = nil, vocabulary: Vocabulary = Library.toy.vocabulary,
    on disk: (any WorkspaceFiles)? = nil, abandon: (@Sendable (Int32) -> Void)? = nil
  ) {
    self.evaluator = evaluator
    self.files = MemoryFiles(files)
    let server = LanguageServer(
      LanguageServer.Host(
        vocabulary: vocabulary, evaluator: running ?? evaluator,
        files: disk ?? self.files, version: "1.2.3",
        explanation: { "https://example.org/\($0.code)" }, abandon: abandon))
    let (transport, status, ended) = (transport, status, ended)
    let thread = Thread {
      status.value = server.serve(over: transport)
      ended.signal()
    }
    // As the main thread of a process has.
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Starts a server and shakes hands with it.
  convenience init(
    _ capabilities: JSON, files: [String: String] = [:], options: JSON = .null,
    folder: String? = nil, evaluator: ToyEvaluator = ToyEvaluator(),
    running: (any DocumentEvaluator)? = nil, vocabulary: Vocabulary = Library.toy.vocabulary
  ) {
    self.init(files: files, evaluator: evaluator, running: running, vocabulary: vocabulary)
    initialize(capabilities, options: options, folder: folder)
    notify("initialized", [:])
  }

  deinit { transport.close() }

  // MARK: - Talking

  func send(raw text: String) { transport.send(Array(text.utf8)) }

  func send(_ message: JSON) { send(raw: frame(message.description)) }

  func notify(_ method: String, _ params: JSON) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": params])
  }

  /// Sends a request without waiting for its answer.
  @discardableResult
  func ask(_ method: String, _ params: JSON? = nil) -> JSON {
    lastRequest += 1
    let id = JSON.number(Double(lastRequest))
    var request: JSON.Object = ["jsonrpc": "2.0", "id": id, "method": .string(method)]
    if let params { request["params"] = params }
    send(.object(request))
    return id
  }

  /// The whole response to a request.
  func answer(to id: JSON) -> JSON {
    take { $0["id"] == id && $0["method"] == nil }
  }

  func response(_ method: String, _ params: JSON? = nil) -> JSON {
    answer(to: ask(method, params))
  }

  func result(
    _ method: String, _ params: JSON? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) -> JSON {
    let response = response(method, params)
    #expect(response["error"] == nil, sourceLocation: sourceLocation)
    return response["result"] ?? "no result"
  }

  /// The code of the error that a request is answered with.
  func errorCode(_ method: String, _ params: JSON? = nil) -> Int? {
    response(method, params)["error"]?["code"]?.integer
  }

  /// Waits for a notification or a request of the server.
  func message(_ method: String) -> JSON {
    take { $0["method"]?.string == method }
  }

  func take(where condition: (JSON) -> Bool) -> JSON {
    transport.take(within: Self.patience, where: condition) ?? "nothing came"
  }

  /// Answers a request of the server.
  func reply(to request: JSON, _ result: JSON) {
    send(["jsonrpc": "2.0", "id": request["id"] ?? .null, "result": result])
  }

  /// Waits until the server has taken everything sent so far.
  func settle() { _ = response("test/unknown") }

  /// How the server ended.
  func exitStatus() -> Int32? {
    guard ended.wait(timeout: .now() + Self.patience) == .success else { return nil }
    return status.value
  }

  // MARK: - Usual things

  @discardableResult
  func initialize(
    _ capabilities: JSON = [:], options: JSON = .null, folder: String? = nil
  ) -> JSON {
    response(
      "initialize",
      [
        "processId": .null, "rootUri": folder.map(JSON.string) ?? .null,
        "capabilities": capabilities, "initializationOptions": options,
      ])
  }

  func open(_ text: String, at address: String = "file:///project/a.thr", version: Int = 1) {
    notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(address), "languageId": "thr", "version": .number(Double(version)),
          "text": .string(text),
        ]
      ])
  }

  func change(
    _ changes: JSON, at address: String = "file:///project/a.thr", version: Int = 2
  ) {
    notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(address), "version": .number(Double(version))],
        "contentChanges": changes,
      ])
  }

  /// The diagnostics that the server reports next of a text.
  func diagnostics(of address: String = "file:///project/a.thr") -> [JSON] {
    take {
      $0["method"] == "textDocument/publishDiagnostics" && $0["params"]?["uri"]?.string == address
    }["params"]?["diagnostics"]?.array ?? ["nothing came"]
  }
}

func frame(_ body: String) -> String { "Content-Length: \(body.utf8.count)\r\n\r\n\(body)" }

func position(_ line: Int, _ character: Int) -> JSON {
  ["line": .number(Double(line)), "character": .number(Double(character))]
}

func range(_ line: Int, _ start: Int, _ end: Int) -> JSON {
  ["start": position(line, start), "end": position(line, end)]
}

/// The parameters of a request about a place.
func place(_ line: Int, _ character: Int, in address: String = "file:///project/a.thr") -> JSON {
  ["textDocument": ["uri": .string(address)], "position": position(line, character)]
}

func text(_ address: String = "file:///project/a.thr") -> JSON {
  ["textDocument": ["uri": .string(address)]]
}

extension JSON {
  /// The object with another member.
  func with(_ key: String, _ value: JSON) -> JSON {
    var object = object ?? [:]
    object[key] = value
    return .object(object)
  }
}

/// The value, which must be there.
func present(_ value: JSON?, sourceLocation: SourceLocation = #_sourceLocation) -> JSON {
  if value == nil { Issue.record("nothing is there", sourceLocation: sourceLocation) }
  return value ?? .null
}
