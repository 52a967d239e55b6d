import Testing
import ThrLibrary
import ThrModel
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

  @Test(arguments: ["sort", "unique", "median"]) func stopsWhenAsked(name: String) throws {
    let numbers = (0..<10_000).map { Double($0 * 7_919 % 10_007) }
    #expect(throws: ThrModel.Cancelled.self) {
      try Caller(isCancelled: true).call(name, numbers)
    }
  }

  @Test func splittingAndDescribingStopWhenAsked() throws {
    let data = try Caller().call("synth", 1_000, 0.9)
    #expect(throws: ThrModel.Cancelled.self) {
      try Caller(isCancelled: true).call("split", data)
    }
    let table = try Caller().call("classify", [0.1, 0.9], named: ["at": 0.5])
    #expect(throws: ThrModel.Cancelled.self) {
      try Caller(isCancelled: true).call("summary", table)
    }
  }

  @Test func aTooLongListIsRefused() throws {
    let range = try Caller().call("range", 1e15)
    for name in ["sort", "unique", "reverse"] {
      #expect(Caller().fault { try $0.call(name, range) }.contains("too long to be held"))
    }
  }
}
