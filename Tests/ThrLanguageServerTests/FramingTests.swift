import JSONText
import Testing

@testable import ThrLanguageServer

@Suite("Frames")
struct FramingTests {
  /// All frames of a stream that arrives in pieces of a size.
  private func frames(_ stream: String, pieces: Int = .max) -> [String] {
    var reader = FrameReader()
    var frames: [String] = []
    var rest = Array(stream.utf8)[...]
    while !rest.isEmpty {
      reader.append(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
      while let frame = reader.next() {
        switch frame {
        case .body(let bytes): frames.append(String(decoding: bytes, as: UTF8.self))
        case .malformed(let why): frames.append("! " + why)
        }
      }
    }
    return frames
  }

  @Test("A stream is cut alike however it arrives", arguments: [1, 2, 3, 7, 64, .max])
  func pieces(size: Int) {
    let stream =
      frame("{}") + "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n" + frame("é中🙂")
      + "content-length:3\r\nX-Other: a:b\r\n\r\nabc" + "CONTENT-LENGTH:  0  \r\n\r\n" + frame("x")
    #expect(frames(stream, pieces: size) == ["{}", "é中🙂", "abc", "", "x"])
  }

  @Test("Line feeds alone end headers too")
  func lineFeeds() {
    #expect(frames("Content-Length: 2\n\n{}") == ["{}"])
  }

  @Test(
    "What is not a header is reported once, and the next frame is found",
    arguments: [
      ("Content-Length: many\r\n\r\n", "! not a Content-Length"),
      ("Content-Length: -2\r\n\r\n{}", "! not a Content-Length"),
      ("Content-Length: 2.0\r\n\r\n{}", "! not a Content-Length"),
      ("Content-Length:\r\n\r\n", "! not a Content-Length"),
      ("X-Other: 1\r\n\r\n{}", "! no Content-Length"),
      ("\r\n\r\n", "! no Content-Length"),
      ("nonsense\r\n\r\n", "! a header without a colon"),
      (
        "Content-Type: text/plain; charset=latin-1\r\nContent-Length: 2\r\n\r\n{}",
        "! the content must be UTF-8"
      ),
      (
        "Content-Length: 99999999999999999999999\r\n\r\n",
        "! a Content-Length of 9223372036854775807; at most 536870912 is allowed"
      ),
    ], [1, .max])
  func malformed(start: (String, String), pieces: Int) {
    let found = frames(start.0 + frame("after"), pieces: pieces)
    #expect(found.first == start.1)
    #expect(found.last == "after")
  }

  @Test("Endless headers are given up")
  func endlessHeaders() {
    let junk = String(repeating: "a", count: 200_000)
    #expect(frames(junk + frame("after")).last == "after")
  }

  // MARK: - Over a whole server

  private static let request = #"{"jsonrpc":"2.0","id":7,"method":"shutdown"}"#

  @Test(
    "A wrong length costs one message, and the server lives",
    arguments: [-7, -1, 1, 5, 20, 60])
  func wrongLength(error: Int) {
    let client = TestClient([:])
    let body = #"{"jsonrpc":"2.0","method":"$/nothing","params":{}}"#
    client.send(raw: "Content-Length: \(body.utf8.count + error)\r\n\r\n\(body)")
    client.send(raw: frame(Self.request))
    // A length that is too long swallows the start of what follows, which is found again.
    #expect(client.take { $0["error"]?["code"] == -32700 }["id"] == .null)
    #expect(client.answer(to: 7)["result"] == .null)
  }

  @Test("Two lengths that differ cost one message too")
  func twoLengths() {
    let client = TestClient([:])
    client.send(raw: "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")
    client.send(raw: frame(Self.request))
    #expect(client.take { $0["error"] != nil }["error"]?["code"] == -32700)
    #expect(client.answer(to: 7)["result"] == .null)
  }

  @Test("Several messages in one piece, and one in many")
  func splitAndJoined() {
    let client = TestClient()
    let initialize =
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#
    client.send(raw: frame(initialize) + frame(Self.request))
    #expect(client.answer(to: 1)["result"] != nil)
    #expect(client.answer(to: 7)["result"] == .null)
    for byte in frame(Self.request).utf8 { client.transport.send([byte]) }
    #expect(client.answer(to: 7)["error"]?["code"] == -32600)
  }

  @Test("A message of many megabytes is taken")
  func huge() {
    let client = TestClient([:])
    client.open(String(repeating: "# a comment\n", count: 300_000), version: 3)
    client.change([["range": range(299_999, 0, 0), "text": "x = "]], version: 4)
    #expect(client.diagnostics().count <= 1)
    #expect(client.result("textDocument/documentSymbol", text()).array?.count == 1)
  }
}
