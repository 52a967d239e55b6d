import Synchronization
import Testing
import ThrLibrary
import ThrModel
import ThresholdEngine

@Suite struct EverydayTests {
  private static let numbers: [(String, Double, Value)] = [
    ("abs", -3, .number(3)), ("sqrt", 4, .number(2)), ("sqrt", -1, .undefined),
    ("exp", 0, .number(1)), ("exp", 1000, .undefined), ("log", 1, .number(0)),
    ("log", 0, .undefined), ("floor", -2.5, .number(-3)), ("ceil", 2.1, .number(3)),
    ("round", 2.5, .number(2)), ("round", -2.5, .number(-2)), ("round", 3.5, .number(4)),
  ]

  @Test(arguments: numbers) func ofOneNumber(name: String, argument: Double, result: Value) throws {
    #expect(try Caller().call(name, argument) == result)
  }

  @Test(arguments: ["abs", "sqrt", "exp", "log", "floor", "ceil", "round"])
  func undefinedStaysUndefined(name: String) throws {
    #expect(try Caller().call(name, Value.undefined) == .undefined)
  }

  // As Python's `round`. What the numbers are exactly, from its `decimal.Decimal(x)`: 2.675 is 2.67499999999999982…,
  // 1.005 is 1.00499999999999989…, 0.125 is itself.
  @Test(arguments: [
    (2.675, 2, 2.67), (1.005, 2, 1), (0.125, 2, 0.12), (-0.125, 2, -0.12), (1e22, 3, 1e22),
    (0.7556, 3, 0.756), (123456.5, 0, 123456), (-1e-9, 3, 0),
  ])
  func rounding(number: Double, digits: Int, result: Double) throws {
    #expect(try Caller().call("round", number, digits) == .number(result))
  }

  // Exact sums by fractions: 10¹⁶ + 1 - 10¹⁶ = 1; ten times a tenth is 1.
  @Test func sumsLoseNothing() throws {
    #expect(try Caller().call("sum", [1e16, 1, -1e16]) == .number(1))
    #expect(try Caller().call("sum", Array(repeating: 0.1, count: 10)) == .number(1))
    #expect(try Caller().call("sum", [1e308, 1e308]) == .undefined)
    #expect(try Caller().call("mean", [1e308, 1e308]) == .number(1e308))
  }

  private static let sums: [(String, [Double], Value)] = [
    ("sum", [], .number(0)), ("mean", [], .undefined), ("median", [], .undefined),
    ("min", [], .undefined), ("max", [], .undefined), ("mean", [1, 2, 6], .number(3)),
    ("median", [3, 1, 2], .number(2)), ("median", [4, 1, 3, 2], .number(2.5)),
    ("median", [.infinity, 1], .undefined), ("median", [.infinity], .undefined),
    ("min", [3, 1, 2], .number(1)), ("max", [3, .infinity], .number(.infinity)),
  ]

  @Test(arguments: sums) func ofAList(name: String, list: [Double], result: Value) throws {
    #expect(try Caller().call(name, list) == result)
  }

  @Test(arguments: ["sum", "mean", "median", "min", "max"])
  func anUndefinedElementMakesAllUndefined(name: String) throws {
    #expect(try Caller().call(name, [Value.number(1), .undefined]) == .undefined)
  }

  @Test func extremesOfSeveral() throws {
    #expect(try Caller().call("min", 3.0, 1.0, 2.0) == .number(1))
    #expect(try Caller().call("max", 3.0, Value.undefined) == .undefined)
    let floor = try Caller().call("max", 0.5, Value.metric(.recall))
    #expect(floor.sourceText == "max(0.5, recall)")
    #expect(try Caller().call("min", Value.metric(.recall), 1.0).sourceText == "min(recall, 1)")
  }

  @Test func ranges() throws {
    #expect(try Caller().call("range", 3.0) == [0.0, 1, 2].value)
    #expect(try Caller().call("range", 1.0, 4.0) == [1.0, 2, 3].value)
    #expect(try Caller().call("range", 3.0, 0.0, -1.0) == [3.0, 2, 1].value)
    #expect(try Caller().call("range", 3.0, 1.0) == [Double]().value)
    // The literals are the decimals; 3 · 0.1 would not be 0.3.
    let tenths = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    #expect(try Caller().call("range", 0.0, 1.0, 0.1) == tenths.value)
    #expect(try Caller().call("len", Caller().call("range", 1e15)) == .number(1e15))
    #expect(
      Caller().fault { try $0.call("range", 0.0, 1.0, 0.0) }.contains("never reaches the end"))
    #expect(Caller().fault { try $0.call("sum", $0.call("range", 1e15)) }.contains("too long"))
  }

  @Test func sorting() throws {
    let records = [(1.0, "b"), (2, "a"), (1, "a")].map { number, text in
      Record([.init("n", .number(number)), .init("t", .text(text))])
    }
    #expect(try Caller().call("sort", [3.0, 1, 2]) == [1.0, 2, 3].value)
    #expect(try Caller().call("sort", ["b", "a"]) == ["a", "b"].value)
    #expect(
      try Caller().call("sort", records, "n") == [records[0], records[2], records[1]].value)
    #expect(
      try Caller().call(
        "sort", [Value.undefined, .number(1), .number(2)], named: ["descending": true])
        == [Value.number(2), .number(1), .undefined].value)
    #expect(Caller().fault { try $0.call("sort", records, "m") }.contains("has no `m`"))
    #expect(
      Caller().fault { try $0.call("sort", [Value.number(1), .text("a")]) }.contains("mixes"))
  }

  @Test(arguments: [
    ("1_000", 1000), (" 2.5 ", 2.5), ("99%", 0.99), ("7%", 0.07), ("1e-3", 0.001), ("-5", -5),
    ("inf", .infinity),
  ])
  func numbersFromText(text: String, number: Double) throws {
    #expect(try Caller().call("number", text) == .number(number))
  }

  @Test(arguments: ["", "abc", "nan", "0x10", "1__0", "1 2", "1e999", "infinity", "_1"])
  func notNumbers(text: String) {
    #expect(Caller().fault { try $0.call("number", text) }.contains("is not a number"))
  }

  @Test func printing() throws {
    let caller = Caller()
    _ = try caller.call("print", "threshold", 0.25, ["a"])
    #expect(caller.printed.withLock { $0 } == ["threshold 0.25 [\"a\"]"])
  }

  @Test func orderAndLength() throws {
    #expect(try Caller().call("unique", [2.0, 1, 2, 3, 1]) == [2.0, 1, 3].value)
    #expect(try Caller().call("reverse", [1.0, 2]) == [2.0, 1].value)
    #expect(try Caller().call("reverse", "abc") == .text("cba"))
    #expect(try Caller().call("len", "naïve") == .number(5))
  }
}
