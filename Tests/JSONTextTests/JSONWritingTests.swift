import JSONText
import Testing

@Suite struct JSONWritingTests {
  @Test(
    arguments: [
      (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (-12, "-12"), (0.1, "0.1"),
      (1e15, "1000000000000000"), (.number(0.1 + 0.2), "0.30000000000000004"), (0.00001, "0.00001"),
      (.number(.nan), "null"), (.number(.infinity), "null"), (.number(-.infinity), "null"),
      ("", "\"\""), ("é日🐟", "\"é日🐟\""), ("\"\\/", #""\"\\/""#),
      ("\n\r\t\u{8}\u{C}\0\u{1F}\u{7F}", #""\n\r\t\u0008\u000c\u0000\u001f\u007f""#),
      ([], "[]"), ([1, [nil]], "[1,[null]]"), ([:], "{}"),
      (["b": 1, "a": [:], "b": "\""], #"{"b":1,"a":{},"b":"\""}"#),
    ] as [(JSON, String)])
  func writes(value: JSON, expected: String) { #expect(value.description == expected) }

  @Test(arguments: 0..<50)
  func readsBackTheSame(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed + 1)
    let value = Self.random(depth: 0, &generator)
    #expect(try JSON(parsing: value.description) == value)
  }

  private static func random(depth: Int, _ generator: inout SeededGenerator) -> JSON {
    let count = Int.random(in: 0...4, using: &generator)
    switch Int.random(in: 0...(depth < 5 ? 6 : 4), using: &generator) {
    case 0: return nil
    case 1: return .bool(Bool.random(using: &generator))
    case 2:
      let number = Double(bitPattern: generator.next())
      return .number(number.isFinite ? number : 0)
    case 3: return .number(Double(Int.random(in: -1 << 53...1 << 53, using: &generator)))
    case 4: return .string(text(&generator))
    case 5: return .array((0..<count).map { _ in random(depth: depth + 1, &generator) })
    default:
      return .object(
        JSON.Object(
          (0..<count).map { _ in
            JSON.Member(text(&generator), random(depth: depth + 1, &generator))
          }))
    }
  }

  private static func text(_ generator: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...8, using: &generator) {
      let highest: UInt32 = Bool.random(using: &generator) ? 0x7F : 0x10FFFF
      if let scalar = Unicode.Scalar(UInt32.random(in: 0...highest, using: &generator)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  @Test func findsMembersAndElements() throws {
    var value = try JSON(parsing: #"{"a":{"b":[1,2.5,"x"]},"c":1,"c":2}"#)
    #expect(value["a"]?["b"]?[0]?.integer == 1)
    #expect(value["a"]?["b"]?[1]?.integer == nil)
    #expect(value["a"]?["b"]?[1]?.number == 2.5)
    #expect(value["a"]?["b"]?[3] == nil && value["a"]?["b"]?[-1] == nil)
    #expect(value["c"] == 2)
    #expect(value["d"] == nil && value[0] == nil)
    var object = try #require(value.object)
    object["c"] = 3
    object["d"] = true
    object["a"] = nil
    value = .object(object)
    #expect(value.description == #"{"c":1,"c":3,"d":true}"#)
  }
}
