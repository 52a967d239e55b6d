import Testing
import ThrLibrary
import ThrModel

/// Functions of lists, records and conditions, and arithmetic of lists.
@Suite struct EverydayListTests {
  /// Against a search through all numbers found so far.
  @Test func distinctNumbersKeepTheirOrder() throws {
    var state: UInt64 = 11
    for round in 0..<200 {
      let numbers = (0..<(round * 3)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1
        let whole = Double(state >> 33 % UInt64(5 + round * 2))
        return [whole, -whole, whole * 0x1p-40, whole * 1e200, 0, -0.0][Int(state >> 60) % 6]
      }
      var expected: [Double] = []
      for number in numbers where !expected.contains(number) { expected.append(number) }
      #expect(try Caller().call("unique", numbers) == expected.value)
    }
    let many = (0..<100_000).map { Double($0 % 70_000) * 4096 }
    #expect(try Caller().call("unique", many) == many.prefix(70_000).map { $0 }.value)
    let infinite = try Caller().call("unique", [Double.infinity, 1, .infinity])
    #expect(infinite == [Double.infinity, 1].value)
  }

  private static let shown: [(String, String)] = [
    ("map([1, 4, 9], sqrt)", "[1, 2, 3]"), ("map([], sqrt)", "[]"),
    ("fn half(x) = x / 2\nmap({b: 2, a: 1}, half)", "{b: 1, a: 0.5}"),
    ("fn f(x) = map([x, x], g)\nfn g(y) = y * 10\nmap([1, 2], f)", "[[10, 10], [20, 20]]"),
    ("zip([1, 2], [\"a\", \"b\"])", "[[1, \"a\"], [2, \"b\"]]"),
    ("enumerate([7, 8], start=1)", "[{index: 1, value: 7}, {index: 2, value: 8}]"),
    ("keys({z: 1, a: 2})", "[\"z\", \"a\"]"),
    ("any([])", "false"), ("all([])", "true"), ("any([false, true])", "true"),
    ("all([true, false])", "false"), ("any([undefined, true])", "true"),
    ("any([undefined, false])", "undefined"), ("all([undefined, false])", "false"),
    ("all([undefined, true])", "undefined"),
    ("argmax([1, 5, 5])", "1"), ("argmin([undefined, 3, -1])", "2"), ("argmax([])", "none"),
    ("argmax([undefined])", "none"),
    ("{a: 1, b: {c: 2, d: 3}} == {b: {d: 3, c: 2}, a: 1}", "true"),
    ("{a: 1, b: 2} == {a: 2, b: 1}", "false"), ("{a: 1} == {b: 1}", "false"),
    ("len(unique([{a: 1, b: 2}, {b: 2, a: 1}]))", "1"),
    ("[1, 2, 3] * 2", "[2, 4, 6]"), ("2 - [1, 2]", "[1, 0]"), ("[4, 9] / [2, 0]", "[2, undefined]"),
    ("[1, 2] - [3, 5]", "[-2, -3]"), ("2 ^ [1, 2, 3]", "[2, 4, 8]"), ("[7, -7] % 3", "[1, 2]"),
    ("-[1, 2]", "[-1, -2]"), ("[1, 2] + 1", "[2, 3]"), ("[1, 2] + [3, 4]", "[1, 2, 3, 4]"),
    ("[undefined, 2] * 3", "[undefined, 6]"), ("[1] * undefined", "[undefined]"),
    ("[] * [] == []", "true"), ("range(3) * 10", "[0, 10, 20]"),
    ("len(range(600000) * range(600000))", "600000"),
    ("sqrt([4, -1, undefined])", "[2, undefined, undefined]"), ("abs([-1, 2])", "[1, 2]"),
  ]

  @Test(arguments: shown) func values(program: String, shown: String) throws {
    let run = LibraryRun(program)
    #expect(run.codes.isEmpty)
    #expect(run.values.last.map(run.display.line) == shown)
  }

  // numpy.quantile and numpy.std of the same lists.
  @Test(arguments: [
    ("quantile([3, 1, 2, 10], 90%)", 7.900000000000001), ("quantile([3, 1, 2, 10], 25%)", 1.75),
    ("quantile([3, 1, 2, 10], 0)", 1), ("quantile([3, 1, 2, 10], 1)", 10),
    ("quantile([3, 1, 2, 10], 0.5)", 2.5), ("quantile([7], 0.3)", 7),
    ("std([1, 2, 3, 4])", 1.118033988749895), ("std([1, 2, 3, 4], ddof=1)", 1.2909944487358056),
    ("std([2, 4, 4, 4, 5, 5, 7, 9])", 2), ("std([5])", 0), ("std([1e200, 3e200])", 1e200),
  ])
  func spreads(program: String, number: Double) throws {
    #expect(LibraryRun(program).values == [.number(number)])
  }

  @Test(arguments: [
    "std([])", "std([1], ddof=1)", "quantile([], 0.5)", "quantile([1, undefined], 0.5)",
  ])
  func undefinedSpreads(program: String) { #expect(LibraryRun(program).values == [.undefined]) }

  @Test(arguments: [
    ("[1, 2] * [1]", "unequal-lengths"), ("zip([1], [1, 2])", "unequal-lengths"),
    ("[\"a\"] * 2", "type-mismatch"), ("[1, 2] - \"a\"", "type-mismatch"),
    ("[1] * f1", "type-mismatch"), ("range(1e12) * 2", "list-too-long"),
    ("zip(range(1e12), range(1e12))", "list-too-long"), ("map(range(1e12), sqrt)", "list-too-long"),
    ("map([1], f1)", "type-mismatch"), ("fn two(a, b) = a\nmap([1], two)", "missing-argument"),
    ("assert(precision >= 0.9)", "type-mismatch"), ("assert(1 > 2)", "assertion-failed"),
    ("quantile([1], 1.5)", "out-of-range"), ("exit(-1)", "out-of-range"),
  ])
  func refusals(program: String, code: String) {
    #expect(LibraryRun(program).codes == [code])
  }

  @Test func recordsOfResultsShowAsATable() throws {
    let run = LibraryRun(
      "s = scores([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])\n{a: tune(s, f1), b: tune(s, youden)}")
    let lines = run.display.full(try #require(run.values.last)).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("   metric") && lines[1].hasPrefix("a  f1"))
    #expect(run.display.full(.record(Record([.init("a", .number(1))]))) == "{a: 1}")
  }

  @Test func recordsInAnyOrderOfTheirFieldsShowAsATable() throws {
    let run = LibraryRun("[{a: 1, b: \"x\"}, {b: \"y\", a: 2}]")
    #expect(run.display.full(try #require(run.values.last)) == "a  b\n1  x\n2  y")
  }
}
