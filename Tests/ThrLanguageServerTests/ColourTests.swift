import JSONText
import TestSupport
import Testing

@testable import ThrLanguageServer

/// However a client asks for the colours of a text, it gets the same.
@Suite("Colours, whole, changed and in part")
struct ColourTests {
  /// Numbers in the protocol's order, relative to the token before.
  private typealias Data = [Int]

  private static let pieces = [
    "x", "y = ", "cube(", ")", "[1, 2", "]", "{", "}", "\n", "\r\n", " ", "# note\n", "\"🙂é\"",
    "\"a {x:.2f}\"", "\"", "fn f(a) = a\n", "f1 >= 0.5", "for i in [1] {\n",
  ]

  @Test("Random edits", arguments: PositionEncoding.allCases, 1...3)
  func randomEdits(encoding: PositionEncoding, seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let client = TestClient(
      ["general": ["positionEncodings": [.string(encoding.rawValue)]]],
      options: ["liveValues": false])
    client.open("x = cube(2)\n\"🙂 {x}\"; y = f1\n# end\n")
    var shown = try data(client.result("textDocument/semanticTokens/full", text()))
    for version in 2...40 {
      let line = Int.random(in: 0..<6, using: &random)
      let start = Int.random(in: 0..<20, using: &random)
      let end = start + Int.random(in: 0..<6, using: &random)
      let piece = Self.pieces.randomElement(using: &random) ?? ""
      client.change([["range": range(line, start, end), "text": .string(piece)]], version: version)
      let change = client.result(
        "textDocument/semanticTokens/full/delta",
        text().with("previousResultId", .string(shown.identifier)))
      let whole = try data(client.result("textDocument/semanticTokens/full", text()))
      #expect(try applied(change, to: shown.data) == whole.data)
      #expect(change["resultId"]?.string == whole.identifier)
      shown = whole
      try comparePart(line, with: whole.data, of: client)
    }
  }

  /// The tokens of a line and the one below, asked for alone.
  private func comparePart(_ line: Int, with whole: Data, of client: TestClient) throws {
    let lines: JSON = ["start": position(line, 0), "end": position(line + 2, 0)]
    let part = try data(
      client.result("textDocument/semanticTokens/range", text().with("range", lines)))
    let expected = absolute(whole).filter { (line...line + 1).contains($0[0]) }
    #expect(absolute(part.data) == expected)
  }

  private func data(_ answer: JSON) throws -> (identifier: String, data: Data) {
    let numbers = try #require(answer["data"]?.array).compactMap(\.integer)
    #expect(numbers.count % 5 == 0)
    return (answer["resultId"]?.string ?? "", numbers)
  }

  private func applied(_ change: JSON, to data: Data) throws -> Data {
    guard let edits = change["edits"]?.array else { return try self.data(change).data }
    var data = data
    for edit in edits {
      let start = try #require(edit["start"]?.integer)
      let count = try #require(edit["deleteCount"]?.integer)
      data.replaceSubrange(
        start..<(start + count), with: (edit["data"]?.array ?? []).compactMap(\.integer))
    }
    return data
  }

  /// Each token with its own line and character.
  private func absolute(_ data: Data) -> [[Int]] {
    var line = 0
    var character = 0
    return stride(from: 0, to: data.count, by: 5).map { start in
      character = data[start] == 0 ? character + data[start + 1] : data[start + 1]
      line += data[start]
      return [line, character] + data[(start + 2)..<(start + 5)]
    }
  }
}
