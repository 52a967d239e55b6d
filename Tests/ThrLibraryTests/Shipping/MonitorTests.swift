import Synchronization
import TableIO
import TestSupport
import Testing
import ThrModel
import ThrSyntax
import ThresholdEngine

@testable import ThrLibrary

/// Monitors, and the file that they go on from.
@Suite struct MonitorTests {
  private static let promise = (Metric.recall >= Metric(0.8)).and(.precision >= Metric(0.5))

  private static func caller() throws -> (Caller, Value) {
    let caller = Caller()
    _ = try caller.call("save", 0.5, "c.json", named: ["promise": promise])
    return (caller, try caller.call("load", "c.json"))
  }

  private static func batch(_ caller: Caller, _ draws: inout Draws) throws -> Value {
    let values = (0..<40).map { _ in draws.uniform() }
    return try caller.call("scores", values, values.map { draws.uniform() < $0 ? 1.0 : 0 })
  }

  /// The state after many batches, each with a new monitor, is that of one monitor in memory.
  @Test func resumesExactly() throws {
    let (caller, contract) = try Self.caller()
    let content = try #require(ContractResult(contract)).content
    var whole = MonitorState(content)
    var draws = Draws(seed: 4)
    for _ in 0..<30 {
      let batch = try Self.batch(caller, &draws)
      let scores = try #require(ScoredRows(batch)).content
      whole.take(
        scores.confusion(at: .threshold(0.5)), rows: scores.rows, hash: scores.contentHash)
      let monitor = try caller.call("monitor", contract, batch, named: ["state": "m.state"])
      #expect(try #require(MonitorResult(monitor)).content == whole)
    }
    #expect(whole.batches == 30)
    #expect(whole.rows == 1_200)
  }

  /// A run that was interrupted after it wrote is run again: its batch counts once.
  @Test func aBatchGivenTwiceCountsOnce() throws {
    let (caller, contract) = try Self.caller()
    var draws = Draws(seed: 5)
    let batch = try Self.batch(caller, &draws)
    let first = try caller.call("monitor", contract, batch, named: ["state": "m.state"])
    let second = try caller.call("monitor", contract, batch, named: ["state": "m.state"])
    #expect(first == second)
    #expect(caller.warnings.withLock { $0.map(\.kind.name) } == ["same-batch"])
  }

  @Test func theStateOfAnotherContractIsRefused() throws {
    let (caller, contract) = try Self.caller()
    var draws = Draws(seed: 6)
    let batch = try Self.batch(caller, &draws)
    _ = try caller.call("monitor", contract, batch, named: ["state": "m.state"])
    _ = try caller.call("save", 0.4, "c.json", named: ["promise": Self.promise])
    let other = try caller.call("load", "c.json")
    let fault = caller.fault { try $0.call("monitor", other, batch, named: ["state": "m.state"]) }
    #expect(fault.contains("another contract"), "\(fault)")
  }

  @Test func anAlteredStateIsRefused() throws {
    let (caller, contract) = try Self.caller()
    var draws = Draws(seed: 7)
    let batch = try Self.batch(caller, &draws)
    _ = try caller.call("monitor", contract, batch, named: ["state": "m.state"])
    let bytes = try caller.files.readFile("m.state")
    let content = try #require(ContractResult(contract)).content
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var altered = bytes
      altered[place] ^= 1
      let state = try? MonitorState(file: altered, of: content)
      #expect(try state == nil || state == MonitorState(file: bytes, of: content), "byte \(place)")
    }
  }
}
