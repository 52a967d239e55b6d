import ParallelWork
import Synchronization
import Testing

@Suite struct OrderedQueueTests {
  @Test func givesTurnsInOrder() {
    let queue = OrderedQueue()
    let seen = Mutex<[Int]>([])
    Workers.run(pieces: 500, threads: 4) { _, next in
      while let piece = next() {
        _ = queue.inTurn(piece) {
          seen.withLock { $0.append(piece) }
          return true
        }
      }
    }
    #expect(seen.withLock { $0 } == Array(0..<500))
  }

  @Test func endsAfterThePieceThatStops() {
    let queue = OrderedQueue()
    let seen = Mutex<[Int]>([])
    Workers.run(pieces: 500, threads: 4) { _, next in
      while let piece = next() {
        let goesOn = queue.inTurn(piece) {
          seen.withLock { $0.append(piece) }
          return piece != 123
        }
        if !goesOn { break }
      }
    }
    #expect(seen.withLock { $0 } == Array(0...123))
  }

  @Test func canBeStoppedFromOutside() {
    let queue = OrderedQueue()
    var stops = 0
    queue.stop { stops += 1 }
    queue.stop { stops += 1 }
    #expect(stops == 1)
    #expect(!queue.inTurn(0) { true })
  }
}
