import ParallelWork
import Synchronization

/// The spread of a metric over new rows from what Jeffreys' prior makes of the rates: once those of
/// the rows left out, once those of all rows, and of the two the wider at either end.
struct RateSpread: Spread {
  private let sources: [RateDraws]
  private let level: Double

  /// Draws for each set of rates; so many that an end moves by less than 3 % of the width.
  static let draws = 4_000

  init(
    _ replicates: [Confidence.Replicate], _ frame: any Resampled, _ task: ResamplingTask,
    level: Double, threads: Int
  ) {
    self.level = level
    let leftOut = replicates.lazy.compactMap(\.leftOut).reduce(ClassCells(), +)
    let cells = [leftOut, ClassCells(task.tuning)]
    let (classes, hasStandard) = (frame.classes, task.tuning.default != nil)
    let drawn = Mutex<[RateDraws?]>(cells.map { _ in nil })
    Workers.run(pieces: cells.count, threads: threads) { _, next in
      while let piece = next() {
        // Streams from the other end than the samples'.
        let stream = DrawStream(seed: task.seed, number: -1 - piece)
        let made = RateDraws(
          cells[piece], classes, hasStandard: hasStandard, stream, count: Self.draws)
        drawn.withLock { $0[piece] = made }
      }
    }
    sources = drawn.withLock { $0 }.compactMap { $0 }
  }

  func offsets(of metric: Metric, at place: Int) -> Confidence.Interval? {
    union { $0.chosen.offsets(of: metric, level: level) }
  }

  func gainOffsets(of metric: Metric) -> Confidence.Interval? {
    union { draws in
      draws.standard.flatMap { draws.chosen.offsets(of: metric, less: $0, level: level) }
    }
  }

  private func union(
    _ offsets: (RateDraws) -> Confidence.Interval?
  ) -> Confidence.Interval? {
    let all = sources.compactMap(offsets)
    return all.count == 2 ? all[0].union(all[1]) : nil
  }
}
