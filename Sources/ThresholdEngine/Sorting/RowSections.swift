import ParallelWork
import Synchronization

/// Rows distinguished by their scores, the greatest first, so that each section is sorted by
/// itself.
///
/// No section holds scores of both signs: keys compare within one sign only. Few rows are one
/// section a sign; of many, a sample shows where to cut, so that a section fits a processor's cache
/// (the samplesort of Sanders and Winkel, 2004).
struct RowSections {
  let count: Int
  private let values: [Double]
  private let labels: [Bool]
  private let weights: [Double]?
  private let threads: Int

  private let bounds: SectionBounds
  private let sections: [Range<Int>]
  /// The section of each row.
  private let sectionOfRow: RowBuffer<UInt8>
  /// For each chunk of rows, where in each section its first row goes.
  private let places: [[Int]]

  /// Rows that one thread takes at a time.
  private static let chunk = 1 << 19

  /// - Complexity: O(*n*); a byte a row.
  init(_ scores: Scores, _ stop: StopSignal) throws(Cancelled) {
    count = scores.count
    (values, labels, weights) = (scores.values, scores.labels, scores.weights)
    threads = count < 1 << 16 ? 1 : Workers.available
    bounds = SectionBounds(values)
    sectionOfRow = RowBuffer(count: count)
    let counts = try Self.counts(values, bounds, sectionOfRow, threads: threads, stop)
    var start = 0
    var sections: [Range<Int>] = []
    var places = counts
    for section in 0..<bounds.sections {
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
  var countAtLeastZero: Int { bounds.lastAtLeastZero.map { sections[$0].upperBound } ?? 0 }

  private static func counts(
    _ values: [Double], _ bounds: SectionBounds, _ sectionOfRow: RowBuffer<UInt8>, threads: Int,
    _ stop: StopSignal
  ) throws(Cancelled) -> [[Int]] {
    let chunks = (values.count + chunk - 1) / chunk
    let counts = Mutex([[Int]](repeating: [], count: chunks))
    Workers.run(pieces: chunks, threads: threads) { worker, next in
      while let index = next(), !stop.isRaised(on: worker) {
        let rows = rows(index, of: values.count)
        let counted = bounds.classify(values, rows, into: sectionOfRow.start + rows.lowerBound)
        counts.withLock { $0[index] = counted }
      }
    }
    try stop.check()
    return counts.withLock { $0 }
  }

  private static func rows(_ index: Int, of count: Int) -> Range<Int> {
    index * chunk..<min((index + 1) * chunk, count)
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
      [count, values, labels, weights, sectionOfRow, places] worker, next in
      while let index = next(), !stop.isRaised(on: worker) {
        var places = places[index]
        let (target, sections) = (buffer.start, sectionOfRow.start)
        places.withUnsafeMutableBufferPointer { places in
          for row in Self.rows(index, of: count) {
            let section = Int(sections[row])
            target[places[section]] = Element(
              ScoreKey.key(values[row], labels[row]), weights, row)
            places[section] &+= 1
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
