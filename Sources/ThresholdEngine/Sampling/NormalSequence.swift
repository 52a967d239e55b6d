import CKernels
import ParallelWork
import Synchronization

extension RowTable {
  /// Fills some columns, row after row, with the next normals of a generator, as if they were drawn
  /// one by one.
  ///
  /// The words are drawn by one thread at a time, the normals made of them by all.
  ///
  /// - Parameter progress: Called on the caller's thread with the share that is drawn.
  func drawNormals(
    columns: Range<Int>, from random: inout RandomState, threads: Int, _ stop: StopSignal,
    _ progress: @escaping (Double) -> Void
  ) throws(Cancelled) {
    guard !columns.isEmpty else { return }
    let sequence = Mutex(NormalSequence(random, count: rows * columns.count))
    let caller = OnCallersThread(progress)
    Workers.run(pieces: threads, threads: threads) { [self] worker, _ in
      let batch = NormalBatch()
      while !stop.isRaised(on: worker) {
        let (isLast, share) = sequence.withLock { ($0.draw(batch), $0.share) }
        batch.makeNormals()
        write(batch.normals, count: batch.count, from: batch.start, columns: columns)
        if worker == 0 { caller.body(share) }
        if isLast { return }
      }
    }
    try stop.check()
    random = sequence.withLock { $0.random }
  }
}

/// What is called on the caller's thread alone.
struct OnCallersThread: @unchecked Sendable {
  let body: (Double) -> Void

  init(_ body: @escaping (Double) -> Void) { self.body = body }
}

/// Some of a sequence of normals: first the points that they are made of, then they themselves.
private final class NormalBatch {
  fileprivate let points = UnsafeMutablePointer<thr_polar_points>.allocate(capacity: 1)
  fileprivate let normals = UnsafeMutablePointer<Double>.allocate(
    capacity: 2 * THR_POLAR_ROOM)
  fileprivate var start = 0
  fileprivate var count = 0

  init() {
    points.initialize(to: thr_polar_points())
    normals.initialize(repeating: 0, count: 2 * THR_POLAR_ROOM)
  }

  deinit {
    points.deallocate()
    normals.deallocate()
  }

  func makeNormals() {
    if points.pointee.count > 0 { thr_polar_normals(points, normals) }
  }
}

/// So many normals of a generator, in batches.
private struct NormalSequence {
  var random: RandomState
  private let count: Int
  private var drawn = 0

  init(_ random: RandomState, count: Int) { (self.random, self.count) = (random, count) }

  var share: Double { Double(drawn) / Double(count) }

  /// Draws the points of the next batch, or where that might be too many, or half a pair is left
  /// over, normals themselves; whether none come after.
  mutating func draw(_ batch: NormalBatch) -> Bool {
    batch.start = drawn
    batch.points.pointee.count = 0
    if random.spareNormal == nil, count - drawn >= 2 * THR_POLAR_PAIRS {
      random.drawPoints(batch.points)
      batch.count = 2 * batch.points.pointee.count
    } else {
      batch.count = min(random.spareNormal == nil ? 1_024 : 1, count - drawn)
      for index in 0..<batch.count { batch.normals[index] = random.standardNormal() }
    }
    drawn += batch.count
    return drawn == count
  }
}
