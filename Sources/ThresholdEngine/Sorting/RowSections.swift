import ParallelWork
import Synchronization

/// Rows distinguished by their scores, the greatest first, so that each section is sorted by
/// itself.
///
/// No section holds scores of both signs: keys compare within one sign only. Few rows are one
/// section a sign; of many, a sample shows where to cut, for every processor to have some.
struct RowSections {
  let count: Int
  private let values: [Double]
  private let labels: [Bool]
  private let weights: [Double]?
  private let threads: Int

  /// The least score of each section but the last, falling.
  private let bounds: [Double]
  private let sections: [Range<Int>]

  /// For each chunk of rows, where in each section its first row goes.
  private let places: [[Int]]

  /// Rows that one thread takes at a time.
  private static let chunk = 1 << 19

  /// - Complexity: O(*n*).
  init(_ scores: Scores, _ stop: StopSignal) throws(Cancelled) {
    count = scores.count
    (values, labels, weights) = (scores.values, scores.labels, scores.weights)
    threads = count < 1 << 16 ? 1 : Workers.available
    let bounds = Self.bounds(values, parts: threads == 1 ? 1 : min(2 * threads, 16))
    self.bounds = bounds
    let counts = try Self.counts(values, bounds, threads: threads, stop)
    var start = 0
    var sections: [Range<Int>] = []
    var places = counts
    for section in 0...bounds.count {
      let first = start
      for chunk in counts.indices {
        places[chunk][section] = start
        start += counts[chunk][section]
      }
      sections.append(first..<start)
    }
    self.sections = sections
    self.places = places
  }

  /// How many rows have scores of at least 0.
  var countAtLeastZero: Int {
    bounds.lastIndex { $0 >= 0 }.map { sections[$0].upperBound } ?? 0
  }

  /// 0 and the scores that divide a sample evenly, each once.
  private static func bounds(_ values: [Double], parts: Int) -> [Double] {
    guard parts > 1 else { return [0] }
    let size = 1_024
    let sample = (0..<size).map { values[$0 * (values.count / size)] }.sorted()
    let cuts = (1..<parts).map { sample[$0 * size / parts] + 0 }  // -0 is 0
    return Set(cuts + [0]).sorted(by: >)
  }

  private static func counts(
    _ values: [Double], _ bounds: [Double], threads: Int, _ stop: StopSignal
  ) throws(Cancelled) -> [[Int]] {
    let chunks = (values.count + chunk - 1) / chunk
    let counts = Mutex([[Int]](repeating: [], count: chunks))
    Workers.run(pieces: chunks, threads: threads) { worker, next in
      while let index = next(), !stop.isRaised(on: worker) {
        let rows = rows(index, of: values.count)
        let counted = bounds.withUnsafeBufferPointer { bounds in
          values.withUnsafeBufferPointer { values in
            var counted = [Int](repeating: 0, count: bounds.count + 1)
            for row in rows { counted[section(of: values[row], bounds)] &+= 1 }
            return counted
          }
        }
        counts.withLock { $0[index] = counted }
      }
    }
    try stop.check()
    return counts.withLock { $0 }
  }

  private static func rows(_ index: Int, of count: Int) -> Range<Int> {
    index * chunk..<min((index + 1) * chunk, count)
  }

  /// No branch on the score, which may be as random as a coin.
  @inline(__always)
  private static func section(of score: Double, _ bounds: UnsafeBufferPointer<Double>) -> Int {
    var section = 0
    for bound in bounds { section &+= score < bound ? 1 : 0 }
    return section
  }
}

extension RowSections {
  /// The rows, sorted.
  ///
  /// - Complexity: O(*n*), and as much memory again while it goes on.
  func sorted<Element: ScoredRowKey>(_ stop: StopSignal) throws(Cancelled) -> RowBuffer<Element> {
    let rows: RowBuffer<Element> = try distributed(stop)
    let scratch = RowBuffer<Element>(count: count)
    let inScratch = Mutex([Bool](repeating: false, count: sections.count))
    Workers.run(pieces: sections.count, threads: threads) { [sections] worker, next in
      while let index = next() {
        let section = sections[index]
        let start = rows.start + section.lowerBound
        let sorted = try? RadixSort.sort(
          start, scratch: scratch.start + section.lowerBound, count: section.count
        ) { stop.isRaised(on: worker) }
        guard let sorted else { return }
        inScratch.withLock { $0[index] = sorted != start }
      }
    }
    try stop.check()
    return gathered(rows, scratch, inScratch.withLock { $0 })
  }

  private func distributed<Element: ScoredRowKey>(
    _ stop: StopSignal
  ) throws(Cancelled) -> RowBuffer<Element> {
    let buffer = RowBuffer<Element>(count: count)
    Workers.run(pieces: places.count, threads: threads) {
      [count, values, labels, weights, bounds, places] worker, next in
      while let index = next(), !stop.isRaised(on: worker) {
        var places = places[index]
        bounds.withUnsafeBufferPointer { bounds in
          places.withUnsafeMutableBufferPointer { places in
            for row in Self.rows(index, of: count) {
              let section = Self.section(of: values[row], bounds)
              buffer.start[places[section]] = Element(
                ScoreKey.key(values[row], labels[row]), weights, row)
              places[section] &+= 1
            }
          }
        }
      }
    }
    try stop.check()
    return buffer
  }

  /// All sections in one buffer: in that where most of the rows are.
  private func gathered<Element: ScoredRowKey>(
    _ rows: RowBuffer<Element>, _ scratch: RowBuffer<Element>, _ inScratch: [Bool]
  ) -> RowBuffer<Element> {
    let moved = zip(sections, inScratch).reduce(0) { $0 + ($1.1 ? $1.0.count : 0) }
    let isScratch = moved * 2 > count
    let (home, other) = isScratch ? (scratch, rows) : (rows, scratch)
    for (section, wasMoved) in zip(sections, inScratch) where wasMoved != isScratch {
      (home.start + section.lowerBound).update(
        from: other.start + section.lowerBound, count: section.count)
    }
    return home
  }
}

/// What is sorted for each row.
protocol ScoredRowKey: RadixKeyed, Sendable {
  init(_ key: UInt64, _ weights: [Double]?, _ row: Int)
}

extension UInt64: ScoredRowKey {
  @inline(__always) init(_ key: UInt64, _ weights: [Double]?, _ row: Int) { self = key }
}

extension WeightedKey: ScoredRowKey {
  @inline(__always) init(_ key: UInt64, _ weights: [Double]?, _ row: Int) {
    self.init(radixKey: key, weight: weights?[row] ?? 1)
  }
}

/// A caller's wish to stop: asked for on the caller's thread, heard on all.
///
/// The question need not be fit for other threads, as it never reaches them.
final class StopSignal: @unchecked Sendable {
  private let isWished: () -> Bool
  private let raised = Atomic<Bool>(false)

  private init(_ isWished: @escaping () -> Bool) { self.isWished = isWished }

  /// Calls `body`, which does not keep the signal.
  static func asking<Result>(
    _ isWished: () -> Bool, _ body: (StopSignal) throws(Cancelled) -> Result
  ) throws(Cancelled) -> Result {
    let result = withoutActuallyEscaping(isWished) { isWished -> Swift.Result<Result, Cancelled> in
      Swift.Result { () throws(Cancelled) in try body(StopSignal(isWished)) }
    }
    return try result.get()
  }

  /// Whether to stop, on worker 0, the caller, or another.
  func isRaised(on worker: Int) -> Bool {
    if worker == 0, isWished() { raised.store(true, ordering: .relaxed) }
    return raised.load(ordering: .relaxed)
  }

  func check() throws(Cancelled) {
    if raised.load(ordering: .relaxed) { throw Cancelled() }
  }
}
