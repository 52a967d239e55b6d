import ParallelWork
import Testing

@Suite struct CancelledTests {
  private enum Fault: CancellableError { case cancelled, broken }
  private struct Explained: Error, Equatable { let fault: Fault }

  @Test func becomesTheCaseOfAnotherError() throws {
    #expect(throws: Fault.cancelled) {
      try Fault.ifCancelled { () throws(Cancelled) in throw Cancelled() }
    }
    #expect(try Fault.ifCancelled { 1 } == 1)
  }

  @Test func onlyACancellationBecomesCancelled() throws {
    #expect(throws: Cancelled.self) {
      try Fault.explained(by: Explained.init) { () throws(Fault) in throw .cancelled }
    }
    #expect(throws: Explained(fault: .broken)) {
      try Fault.explained(by: Explained.init) { () throws(Fault) in throw .broken }
    }
    #expect(try Fault.explained(by: Explained.init) { 1 } == 1)
  }
}
