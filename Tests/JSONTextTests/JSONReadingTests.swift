import JSONText
import Testing

@Suite struct JSONReadingTests {
  @Test(
    arguments: [
      ("null", nil), (" true ", true), ("\t\r\nfalse\n", false), ("0", 0), ("-0", 0), ("12", 12),
      ("-1.5e+3", -1500), ("1E2", 100), ("0.1", 0.1), ("1e-2", 0.01), ("1e-400", 0),
      ("9007199254740992", 9_007_199_254_740_992),
      ("123456789012345678901234567890", 1.2345678901234568e29),
      ("\"\"", ""), ("\"é日🐟\"", "é日🐟"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u0041\u00e9\u65E5""#, "Aé日"), (#""\uD83D\uDC1F""#, "🐟"), (#""\u0000""#, "\0"),
      // Half of a pair is no character.
      (#""\uD83D""#, "\u{FFFD}"), (#""\uDC1F""#, "\u{FFFD}"), (#""\uD83Dx""#, "\u{FFFD}x"),
      (#""\uD83D\u0041""#, "\u{FFFD}A"), (#""\uD83D\uD83D\uDC1F""#, "\u{FFFD}🐟"),
      (#""\uDC1F\uD83D""#, "\u{FFFD}\u{FFFD}"),
      ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
      ("[]", []), ("[ ]", []), ("[1, [2,[ ]] ,\"x\"]", [1, [2, []], "x"]),
      ("{}", [:]), ("{ }", [:]), (#"{"b":1 , "a" : {"c":null}}"#, ["b": 1, "a": ["c": nil]]),
      (#"{"a":1,"a":2}"#, ["a": 1, "a": 2]), (#"{"":0}"#, ["": 0]),
    ] as [(String, JSON)])
  func reads(text: String, expected: JSON) throws { #expect(try JSON(parsing: text) == expected) }

  @Test(
    arguments: [
      ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1),
      ("[1,", .unexpectedEnd, 3), ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5),
      ("\"abc", .unexpectedEnd, 4), ("\"a\\", .unexpectedEnd, 3), ("\"\\u12", .unexpectedEnd, 5),
      ("tru", .unexpectedEnd, 3), ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2),
      ("1e", .unexpectedEnd, 2),
      ("01", .unexpected("1", expected: "the end"), 1),
      ("1 2", .unexpected("2", expected: "the end"), 2),
      ("truex", .unexpected("x", expected: "the end"), 4),
      ("trux", .unexpected("t", expected: "a value"), 0),
      ("True", .unexpected("T", expected: "a value"), 0),
      ("nan", .unexpected("n", expected: "a value"), 0),
      ("NaN", .unexpected("N", expected: "a value"), 0),
      ("Infinity", .unexpected("I", expected: "a value"), 0),
      ("+1", .unexpected("+", expected: "a value"), 0),
      (".5", .unexpected(".", expected: "a value"), 0),
      ("-x", .invalidNumber, 1), ("1.x", .invalidNumber, 2), ("1e+x", .invalidNumber, 3),
      ("-.5", .invalidNumber, 1),
      ("0x10", .unexpected("x", expected: "the end"), 1), ("1e400", .numberOutOfRange, 0),
      ("[-1e999]", .numberOutOfRange, 1),
      ("[1,]", .unexpected("]", expected: "a value"), 3),
      ("[,1]", .unexpected(",", expected: "a value"), 1),
      ("[1 2]", .unexpected("2", expected: "`,` or `]`"), 3),
      ("[1}", .unexpected("}", expected: "`,` or `]`"), 2),
      ("{\"a\":1,}", .unexpected("}", expected: "a key"), 7),
      ("{a:1}", .unexpected("a", expected: "a key"), 1),
      ("{\"a\" 1}", .unexpected("1", expected: "`:`"), 5),
      ("{\"a\":1 \"b\":2}", .unexpected("\"", expected: "`,` or `}`"), 7),
      ("{'a':1}", .unexpected("'", expected: "a key"), 1),
      ("'a'", .unexpected("'", expected: "a value"), 0),
      ("\"a\nb\"", .controlCharacterInString, 2), ("\"\t\"", .controlCharacterInString, 1),
      ("\"\\n\0\"", .controlCharacterInString, 3),
      (#""\x""#, .invalidEscape, 1), (#""\u12G4""#, .invalidEscape, 1),
      (#""\u 123""#, .invalidEscape, 1),
      (#""\uD83D\u00""#, .invalidEscape, 7),
      ("// c\n1", .unexpected("/", expected: "a value"), 0),
      ("\u{FEFF}1", .unexpected("\u{FEFF}", expected: "a value"), 0),
      ("\u{A0}1", .unexpected("\u{A0}", expected: "a value"), 0),
      ("]", .unexpected("]", expected: "a value"), 0),
    ] as [(String, JSONError.Problem, Int)])
  func refuses(text: String, problem: JSONError.Problem, offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.problem == problem)
    #expect(error?.offset == offset)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xC0, 0x80, 0x22],
      [0x22, 0x5C, 0x6E, 0xE9, 0x22], [0x5B, 0x22, 0xF4, 0x90, 0x80, 0x80, 0x22, 0x5D],
    ] as [[UInt8]])
  func refusesWhatIsNotUTF8(bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
    #expect(error?.problem == .invalidUTF8)
  }

  @Test func saysWhere() {
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: "{\n  \"é\": [1,\n  \"日本\" x]}")
    }
    #expect(error?.line == 3)
    #expect(error?.column == 8)
    #expect(error?.description == "line 3, column 8: `x` where `,` or `]` is expected")
  }

  @Test func countsTheDepth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSON(parsing: nested(JSON.depthLimit))
    let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(JSON.depthLimit + 1)) }
    #expect(error?.problem == .tooDeep(limit: JSON.depthLimit))
    #expect(throws: JSONError.self) {
      try JSON(parsing: String(repeating: "[{\"\":", count: 1_000_000))
    }
    // Side by side is not one within the other.
    _ = try JSON(parsing: "[" + Array(repeating: "[]", count: 2000).joined(separator: ",") + "]")
  }

  @Test func everyDoubleReadsAsSwiftReadsIt() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<5000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(try JSON(parsing: "\(value)") == .number(value))
      let integer = Int.random(in: -1 << 53...1 << 53, using: &generator)
      #expect(try JSON(parsing: "\(integer)").integer == integer)
    }
  }

  @Test func anyBytesEndInAValueOrAnError() throws {
    var generator = SeededGenerator(seed: 5)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\", "\\u", "d83d", "1", "-", ".5", "e9",
      "true", "nul", " ", "\n", "é",
    ]
    .map { Array($0.utf8) }
    for _ in 0..<5000 {
      let noise = (0..<Int.random(in: 0...20, using: &generator)).flatMap { _ in
        Int.random(in: 0...20, using: &generator) == 0
          ? [UInt8(truncatingIfNeeded: generator.next())]
          : pieces.randomElement(using: &generator) ?? []
      }
      do throws(JSONError) {
        let value = try JSON(parsing: noise)
        #expect(try JSON(parsing: value.description) == value)
      } catch {
        #expect(error.offset <= noise.count && error.line >= 1 && error.column >= 1)
      }
    }
  }
}

/// Draws that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  // Xorshift64*, of Marsaglia and Vigna.
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_f491_4f6c_dd1d
  }
}
