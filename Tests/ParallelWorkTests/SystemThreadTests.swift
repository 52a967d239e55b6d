import ParallelWork
import Synchronization
import Testing

@Suite struct SystemThreadTests {
  @Test func waitsForWorkOnAnotherThread() {
    var sum = 0
    #expect(SystemThread.run { for number in 1...100 { sum += number } })
    #expect(sum == 5_050)
  }

  @Test func joins() throws {
    let counter = Counter()
    let thread = try #require(SystemThread { counter.add(1) })
    thread.join()
    #expect(counter.value == 1)
  }

  /// More stack than any address space holds.
  @Test func saysWhenNoneCanBeStarted() {
    #expect(!SystemThread.run(stackSize: 1 << 62) {})
    #expect(SystemThread(stackSize: 1 << 62) {} == nil)
    #expect(!SystemThread.detach(stackSize: 1 << 62) {})
  }

  @Test func runsEveryPieceOnce() {
    let counter = Counter()
    Workers.run(pieces: 1_000, threads: 4) { _, next in
      while let piece = next() { counter.add(piece) }
    }
    #expect(counter.value == 499_500)
  }
}

private final class Counter: Sendable {
  private let sum = Atomic(0)

  var value: Int { sum.load(ordering: .sequentiallyConsistent) }

  func add(_ number: Int) { sum.add(number, ordering: .sequentiallyConsistent) }
}
