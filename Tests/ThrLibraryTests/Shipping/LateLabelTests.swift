import TableIO
import TestSupport
import Testing
import ThrModel
import ThresholdEngine

@testable import ThrLibrary

/// Monitors of rows whose labels come late.
@Suite struct LateLabelTests {
  private static let contract: Contract = {
    var contract = Contract(.threshold(0.5), kind: "number")
    contract.clauses = [
      Contract.Clause(Limit(.recall, .greaterOrEqual, 0.8), level: nil),
      Contract.Clause(Limit(.precision, .greaterOrEqual, 0.5), level: nil),
    ].compactMap { $0 }
    return contract
  }()

  private typealias Row = WaitingCohort.Row

  private static func whole(_ batches: [[Row]]) -> MonitorState {
    var state = MonitorState(contract)
    for batch in batches {
      func count(_ flagged: Bool, _ label: Bool) -> Double {
        Double(batch.count { $0.isFlagged == flagged && $0.label == label })
      }
      state.take(
        Confusion(
          truePositives: count(true, true), falsePositives: count(true, false),
          trueNegatives: count(false, false), falseNegatives: count(false, true)),
        rows: batch.count)
    }
    return state
  }

  /// In any order in which labels come the evidence is that of the whole batches in order.
  @Test func theOrderOfLabelsDoesNotMatter() throws {
    var draws = Draws(seed: 12)
    for _ in 0..<30 {
      let batches = (0..<8).map { batch in
        (0..<10).map { row in
          Row(id: "\(batch)-\(row)", isFlagged: draws.below(2) == 0, label: draws.below(3) == 0)
        }
      }
      var late = MonitorState(Self.contract)
      var waiting: [Row] = []
      for (call, batch) in batches.enumerated() {
        // Some labels of earlier rows come with this batch, and some of its own come later.
        let coming = waiting.filter { _ in draws.below(3) == 0 }
        waiting.removeAll(where: coming.contains)
        let later = batch.filter { _ in draws.below(2) == 0 }
        waiting += later
        let rows = batch.map { row in
          Row(
            id: row.id, isFlagged: row.isFlagged, label: later.contains(row) ? nil : row.label)
        }
        late.take(coming + rows, hash: "\(call)", patience: nil)
        // What a file keeps is all there is.
        late = try MonitorState(file: Array(late.fileText.utf8), of: Self.contract)
        #expect(late.waitingRows == waiting.count)
      }
      late.take(waiting, hash: "end", patience: nil)
      let whole = Self.whole(batches)
      #expect(late.history == whole.history)
      #expect(late.clauses == whole.clauses)
      #expect(late.rows == 80)
      #expect(late.waitingRows == 0)
    }
  }

  /// After its time a missing label counts against both clauses.
  @Test func missingLabelsCountAgainstTheClauses() {
    var state = MonitorState(Self.contract)
    let rows = [
      Row(id: "a", isFlagged: true, label: nil), Row(id: "b", isFlagged: false, label: nil),
      Row(id: "c", isFlagged: true, label: true), Row(id: "d", isFlagged: false, label: false),
    ]
    let next = Row(id: "e", isFlagged: false, label: false)
    state.take(rows, hash: "1", patience: 1)
    #expect(state.batches == 0)
    state.take([next], hash: "2", patience: 1)
    #expect(state.batches == 2)
    let worst = [
      Row(id: "a", isFlagged: true, label: false), Row(id: "b", isFlagged: false, label: true),
    ]
    #expect(state.history == Self.whole([worst + rows.suffix(2), [next]]).history)
    #expect(state.waitingRows == 0)
  }

  @Test func anIdStandsOnce() throws {
    let table = try Table(columns: [
      Column("id", texts: ["a", "b", "a"]), Column("p", numbers: [0.1, 0.6, 0.9]),
      Column("y", numbers: [0, .nan, 1]),
    ])
    let columns = LateColumns(id: "id", score: "p", label: "y", positive: nil)
    #expect(throws: CallError.self) {
      try LateRows(table, columns, at: Self.contract, Caller().context)
    }
    let two = try LateRows(
      table.subset(rows: [0, 1]), columns, at: Self.contract, Caller().context)
    #expect(
      two.rows == [
        Row(id: "a", isFlagged: false, label: false), Row(id: "b", isFlagged: true, label: nil),
      ])
  }
}
