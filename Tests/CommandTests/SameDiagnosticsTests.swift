import Foundation
import Testing

/// `thr check` and the server report the same of the same file.
@Suite("What is wrong with a script, on the command line and in an editor")
struct SameDiagnosticsTests {
  private struct Found: Hashable {
    let code: String
    let message: String
    /// Lines and characters of both ends, from 0.
    let place: [Int]
  }

  private static let scripts: [String] = {
    let files = FileManager.default.enumerator(
      at: Command.root, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    return (files?.compactMap { ($0 as? URL)?.path } ?? []).filter {
      $0.hasSuffix(".thr") && ($0.contains("/Markers/") || $0.contains("/scripts/"))
    }.sorted()
  }()

  @Test func areTheSame() throws {
    let scripts = Self.scripts
    try #require(scripts.count > 30)
    let checked = try checked(scripts)
    // A few files a session: a client that leaves is not kept waiting for all answers.
    var served: [String: [Found]] = [:]
    for first in stride(from: 0, to: scripts.count, by: 4) {
      let some = Array(scripts[first..<min(first + 4, scripts.count)])
      served.merge(try self.served(some)) { one, _ in one }
    }
    #expect(checked.values.reduce(0) { $0 + $1.count } > 50)
    for script in scripts { #expect(checked[script, default: []] == served[script], "\(script)") }
  }

  private func checked(_ scripts: [String]) throws -> [String: [Found]] {
    let output = try Command.run(["check", "--format", "json"] + scripts, in: Command.root).output
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]])
    var found: [String: [Found]] = [:]
    for one in all {
      let place = ["line", "column", "endLine", "endColumn"].compactMap { one[$0] as? Int }
      let message = [one["message"], one["help"]].compactMap { $0 as? String }
      found[one["file"] as? String ?? "", default: []].append(
        Found(
          code: one["code"] as? String ?? "", message: message.joined(separator: "; "),
          place: place.map { $0 - 1 }))
    }
    return found
  }

  // MARK: - The server

  private func served(_ scripts: [String]) throws -> [String: [Found]] {
    var messages: [[String: Any]] = [
      [
        "id": -1, "method": "initialize",
        "params": [
          "processId": NSNull(), "initializationOptions": ["liveValues": false],
          // The command counts characters.
          "capabilities": [
            "general": ["positionEncodings": ["utf-32"]], "textDocument": ["diagnostic": [:]],
          ],
        ],
      ],
      ["method": "initialized", "params": [:]],
    ]
    for (index, script) in scripts.enumerated() {
      let uri = URL(fileURLWithPath: script).absoluteString
      let text = try String(contentsOfFile: script, encoding: .utf8)
      messages += [
        [
          "method": "textDocument/didOpen",
          "params": [
            "textDocument": ["uri": uri, "languageId": "thr", "version": 1, "text": text]
          ],
        ],
        [
          "id": index, "method": "textDocument/diagnostic",
          "params": ["textDocument": ["uri": uri]],
        ],
      ]
    }
    messages += [["id": -2, "method": "shutdown"], ["method": "exit"]]
    let input = try messages.map(frame).joined()
    let answers = try bodies(of: try Command.thr("lsp", input: input).output)
    var found: [String: [Found]] = [:]
    for answer in answers {
      guard let id = answer["id"] as? Int, scripts.indices.contains(id),
        let result = answer["result"] as? [String: Any],
        let items = result["items"] as? [[String: Any]]
      else { continue }
      found[scripts[id]] = items.map(read)
    }
    return found
  }

  private func read(_ item: [String: Any]) -> Found {
    let range = item["range"] as? [String: [String: Int]] ?? [:]
    let place = ["start", "end"].flatMap { end in
      ["line", "character"].compactMap { range[end]?[$0] }
    }
    return Found(
      code: item["code"] as? String ?? "", message: item["message"] as? String ?? "", place: place)
  }

  private func frame(_ message: [String: Any]) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: message.merging(["jsonrpc": "2.0"]) { $1 })
    return "Content-Length: \(data.count)\r\n\r\n" + String(decoding: data, as: UTF8.self)
  }

  private func bodies(of output: String) throws -> [[String: Any]] {
    var rest = Data(output.utf8)
    var bodies: [[String: Any]] = []
    while let end = rest.range(of: Data("\r\n\r\n".utf8)) {
      let header = String(decoding: rest[rest.startIndex..<end.lowerBound], as: UTF8.self)
      let length = try #require(Int(header.dropFirst("Content-Length: ".count)))
      let body = rest[end.upperBound...].prefix(length)
      bodies.append(try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:])
      rest = rest[end.upperBound...].dropFirst(length)
    }
    return bodies
  }
}
