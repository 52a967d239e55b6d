import ParallelWork
import Testing
import ThrLibrary
import ThrModel
import ThrSyntax
import ThresholdEngine

/// Lists that take more than one stretch of work: the answers stay those of the standard library,
/// and the work can be stopped.
@Suite struct LongListTests {
  // Lengths around the run of the merge sort, 8,192, and its doubles.
  @Test(arguments: [0, 1, 2, 8_191, 8_192, 8_193, 16_385, 40_000], [7.0, 1e9])
  func agreesWithTheStandardLibrary(count: Int, range: Double) throws {
    var random = RandomState(seed: UInt32(count))
    let numbers = (0..<count).map { _ in (random.double() * range).rounded() - range / 2 }
    let ascending = numbers.sorted()
    #expect(try Caller().call("sort", numbers) == ascending.value)
    #expect(
      try Caller().call("sort", numbers, named: ["descending": true])
        == Array(ascending.reversed()).value)
    #expect(try Caller().call("reverse", numbers) == Array(numbers.reversed()).value)
    var seen: Set<Double> = []
    #expect(
      try Caller().call("unique", numbers) == numbers.filter { seen.insert($0).inserted }.value)
    let middle =
      ascending.isEmpty
      ? nil : ascending[count / 2] / 2 + ascending[(count - 1) / 2] / 2
    #expect(try Caller().call("median", numbers) == Outcome(middle).value)
  }

  @Test func whatIsAlikeKeepsItsOrder() throws {
    let records = (0..<20_000).map { position in
      Record([
        .init("key", .number(Double(position * 7_919 % 10))),
        .init("position", .number(Double(position))),
      ])
    }
    let expected = (0..<10).flatMap { key in
      records.filter { $0["key"] == .number(Double(key)) }
    }
    #expect(try Caller().call("sort", records, "key") == expected.value)
  }

  @Test(arguments: ["sort", "unique", "median", "reverse"]) func stopsWhenAsked(name: String) throws
  {
    let numbers = (0..<10_000).map { Double($0 * 7_919 % 10_007) }
    #expect(throws: Cancelled.self) {
      try Caller(isCancelled: true).call(name, numbers)
    }
  }

  /// Lengths around the stretch between two questions, of numbers stored, spaced and mixed.
  @Test(arguments: [3, 262_145])
  func operatorsAgreeWithTheShortOnes(count: Int) throws {
    let numbers = List((0..<count).map { Double($0) })
    let spaced = List(try #require(NumberSteps(from: 0, to: Double(count), by: 1)))
    let mixed = List(Array(numbers).dropLast() + [.text("end")])
    for list in [numbers, spaced, mixed] {
      for other in [list, numbers, List([Value]())] {
        #expect(try applied(.plus, list, other) == .list(try list.appending(other)))
        #expect(try applied(.equal, list, other) == .boolean(list == other))
        #expect(try applied(.notEqual, list, other) == .boolean(list != other))
      }
      #expect(try list.reversed { false } == List(Array(list).reversed()))
      for value in [Value.number(Double(count - 1)), .text("end"), .number(-1)] {
        #expect(
          try Expression.BinaryOperator.in.apply(value, .list(list)) { false }
            == .boolean(list.contains(value)))
      }
    }
  }

  @Test(arguments: [Expression.BinaryOperator.plus, .equal, .notEqual])
  func operatorsStopWhenAsked(symbol: Expression.BinaryOperator) {
    let list = List([Double](repeating: 1, count: 600_000))
    #expect(throws: Cancelled.self) {
      try symbol.apply(.list(list), .list(list)) { true }
    }
  }

  private func applied(
    _ symbol: Expression.BinaryOperator, _ left: List, _ right: List
  ) throws -> Value {
    try symbol.apply(.list(left), .list(right)) { false }
  }

  @Test func splittingAndDescribingStopWhenAsked() throws {
    let data = try Caller().call("synth", 1_000, 0.9)
    #expect(throws: Cancelled.self) {
      try Caller(isCancelled: true).call("split", data)
    }
    let table = try Caller().call("classify", [0.1, 0.9], named: ["at": 0.5])
    #expect(throws: Cancelled.self) {
      try Caller(isCancelled: true).call("summary", table)
    }
  }

  @Test func aTooLongListIsRefused() throws {
    let range = try Caller().call("range", 1e15)
    for name in ["sort", "unique", "reverse", "plot"] {
      #expect(Caller().fault { try $0.call(name, range) }.contains("too long for the memory"))
    }
  }

  @Test func aTooLongListIsShownAndComparedWithoutBeingHeld() throws {
    let range = try Caller().call("range", 1e15)
    let display = ValueDisplay(Library.standard)
    #expect(display.full(range).hasSuffix("8, 9, … 999,999,999,999,990 more]"))
    #expect(display.hint(range) == "1,000,000,000,000,000 numbers")
    guard case .list(let list) = range else { return #expect(Bool(false)) }
    #expect(try applied(.equal, list, list) == .boolean(true))
  }
}
