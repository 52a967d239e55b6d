import JSONText
import Testing
import ThrSyntax

@testable import ThrLanguageServer

@Suite("Positions")
struct PositionTests {
  // Characters of one, two, three and four bytes, and every end of a line.
  private static let text = "aé中🙂b\r\n\r🙂🙂\nend"

  @Test(
    "An encoding is agreed on",
    arguments: [
      (nil, "utf-16"), ([], "utf-16"), (["utf-16"], "utf-16"), (["utf-8"], "utf-8"),
      (["utf-16", "utf-8"], "utf-8"), (["utf-32"], "utf-32"), (["utf-32", "utf-16"], "utf-16"),
      (["utf-7"], "utf-16"), ([1], "utf-16"),
    ] as [(JSON?, String)])
  func agreement(offered: JSON?, chosen: String) {
    let general: JSON = offered.map { ["positionEncodings": $0] } ?? [:]
    let answer = TestClient().initialize(["general": general])
    #expect(answer["result"]?["capabilities"]?["positionEncoding"]?.string == chosen)
  }

  @Test(
    "Every character is found from its offset and from its position",
    arguments: PositionEncoding.allCases)
  func everyCharacter(encoding: PositionEncoding) {
    let coordinates = TextCoordinates(Source(Self.text), encoding)
    var offset = 0
    var expected = LinePosition(line: 0, character: 0)
    let scalars = Array(Self.text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let isSecondOfLineEnd = scalar == "\n" && index > 0 && scalars[index - 1] == "\r"
      if !isSecondOfLineEnd {
        #expect(coordinates.position(at: offset) == expected)
        #expect(coordinates.offset(of: expected) == offset)
      }
      offset += scalar.utf8.count
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      if scalar == "\n" || scalar == "\r" && next != "\n" {
        expected = LinePosition(line: expected.line + 1, character: 0)
      } else if scalar != "\r" {
        expected.character += width(of: scalar, encoding)
      }
    }
    #expect(coordinates.position(at: offset) == expected)
    #expect(coordinates.offset(of: expected) == offset)
  }

  private func width(of scalar: Unicode.Scalar, _ encoding: PositionEncoding) -> Int {
    switch encoding {
    case .utf8: scalar.utf8.count
    case .utf16: scalar.utf16.count
    case .utf32: 1
    }
  }

  @Test(
    "Positions that do not exist are the nearest before them",
    arguments: [
      // Beyond the line, at its end; in CR LF, before it.
      (0, 99, 11), (0, Int.max, 11), (1, 5, 13), (3, 99, 26),
      // Beyond the text.
      (4, 0, 26), (99, 99, 26),
      // Between the halves of a surrogate pair.
      (0, 4, 6), (2, 1, 14), (2, 3, 18),
    ])
  func clamped(line: Int, character: Int, offset: Int) {
    let coordinates = TextCoordinates(Source(Self.text), .utf16)
    #expect(coordinates.offset(of: LinePosition(line: line, character: character)) == offset)
  }

  @Test("A place inside a character is that character's start")
  func insideCharacters() {
    let coordinates = TextCoordinates(Source(Self.text), .utf8)
    for (character, offset) in [(2, 1), (4, 3), (5, 3), (7, 6), (8, 6), (9, 6), (10, 10)] {
      #expect(coordinates.offset(of: LinePosition(line: 0, character: character)) == offset)
    }
  }

  @Test("Long lines are found as short ones are", arguments: PositionEncoding.allCases)
  func longLine(encoding: PositionEncoding) {
    let coordinates = TextCoordinates(
      Source(String(repeating: "é🙂ab", count: 1_000) + "\nx"), encoding)
    for offset in [0, 2, 6, 7, 8, 254, 256, 258, 2_048, 7_998, 8_000, 8_001, 8_002] {
      #expect(coordinates.offset(of: coordinates.position(at: offset)) == offset)
    }
  }

  @Test("Bytes that are no UTF-8 lead nowhere outside the text")
  func invalidBytes() {
    let source = Source(bytes: [0x61, 0x80, 0x80, 0xF0, 0x9F, 0x0A, 0xFF, 0xC3])
    for encoding in PositionEncoding.allCases {
      let coordinates = TextCoordinates(source, encoding)
      for offset in -1...9 {
        let position = coordinates.position(at: offset)
        #expect((0...source.bytes.count).contains(coordinates.offset(of: position)))
      }
    }
  }

  @Test("The server speaks in what was agreed on")
  func throughTheServer() {
    for (encodings, character) in [([], 12), (["utf-8"], 15), (["utf-32"], 11)] as [(JSON, Double)]
    {
      let client = TestClient(["general": ["positionEncodings": encodings]])
      client.open("\"🙂é\" \nx = \"é🙂\" + y")
      let end = client.diagnostics().first?["range"]?["start"]?["character"]?.number
      #expect(end == character)
    }
  }
}
