import ParallelWork
import Synchronization

/// The values of every sample, as threads find them.
final class SampledValues: Sendable {
  /// Draws one sample: what every measure is for every entry, entry by entry; NaN where undefined.
  typealias Sampler = @Sendable (inout DrawStream) throws(TuningError) -> [Double]

  private let values: Mutex<(found: [[Double]], error: TuningError?)>
  private let done = Atomic<Int>(0)
  private let count: Int

  private init(_ count: Int) {
    self.count = count
    values = Mutex((Array(repeating: [], count: count), nil))
  }

  private var share: Double { Double(done.load(ordering: .relaxed)) / Double(count) }

  /// - Returns: whether to go on.
  private func store(at number: Int, _ compute: () throws(TuningError) -> [Double]) -> Bool {
    do throws(TuningError) {
      let found = try compute()
      values.withLock { $0.found[number] = found }
      done.add(1, ordering: .relaxed)
      return true
    } catch {
      values.withLock { $0.error = $0.error ?? error }
      return false
    }
  }

  private func all(entries: Int, measures: Int) throws(TuningError) -> [[[Double]]] {
    let (found, error) = values.withLock { $0 }
    if let error { throw error }
    guard found.allSatisfy({ $0.count == entries * measures }) else { throw .cancelled }
    return (0..<entries).map { entry in
      (0..<measures).map { measure in found.map { $0[entry * measures + measure] } }
    }
  }

  /// Draws samples on all processors; the values by entry, measure and sample.
  ///
  /// Equal arguments give equal values, however many threads there are.
  static func run(
    _ samples: Int, entries: Int, measures: Int, seed: UInt64,
    _ isCancelled: @escaping @Sendable () -> Bool,
    _ progress: @escaping @Sendable (Double) -> Void, _ draw: @escaping Sampler
  ) throws(TuningError) -> [[[Double]]] {
    let results = SampledValues(samples)
    Workers.run(pieces: samples, threads: Workers.available) { worker, next in
      while !isCancelled(), let number = next() {
        var stream = DrawStream(seed: seed, number: number)
        let isStored = results.store(at: number) { () throws(TuningError) in try draw(&stream) }
        guard isStored else { return }
        if worker == 0 { progress(results.share) }
      }
    }
    return try results.all(entries: entries, measures: measures)
  }
}
