import CKernels
import ParallelWork
import Synchronization

/// Carries out a recipe in the order of `make_classification`'s draws, all from one generator.
struct SyntheticDrawing {
  private let recipe: SyntheticRecipe
  private let threads: Int
  private var random: RandomState
  /// How much of the time drawing takes; the rest is mixing and ordering.
  private static let shareOfDrawing = 0.8

  init(_ recipe: SyntheticRecipe, seed: UInt32, threads: Int) {
    (self.recipe, self.threads) = (recipe, threads)
    random = RandomState(seed: seed)
  }

  /// - Parameter progress: Called with the share of the work that is done.
  mutating func dataset(
    _ stop: StopSignal, _ progress: @escaping (Double) -> Void
  ) throws(Cancelled) -> Dataset {
    let table = RowTable(rows: recipe.rows, columns: recipe.features)
    let corners = random.hypercubeCorners(recipe.clusters, dimensions: recipe.informative)
    try drawNormals(0..<recipe.informative, of: table, stop, progress)
    let mixing = recipe.mixing(corners: corners) { 2 * random.double() - 1 }
    let carrying = recipe.informative + recipe.redundant
    try drawNormals(carrying..<recipe.features, of: table, stop, progress)
    let (labels, order) = try orderedLabels(mixing, of: table, stop)
    let columns = random.permutation(recipe.features)
    return Dataset(
      unchecked: try table.columns(columns, rows: order, threads: threads, stop),
      names: recipe.featureNames, labels: order.map { labels[Int($0)] }, targetName: "y")
  }

  private mutating func drawNormals(
    _ columns: Range<Int>, of table: RowTable, _ stop: StopSignal,
    _ progress: @escaping (Double) -> Void
  ) throws(Cancelled) {
    let size = Double(max(recipe.features, 1))
    let before = columns.lowerBound > 0 ? Double(recipe.informative) : 0
    try table.drawNormals(columns: columns, from: &random, threads: threads, stop) { part in
      progress(Self.shareOfDrawing * min((before + part * Double(columns.count)) / size, 1))
    }
  }

  /// The labels and the rows' order, drawn by one thread while others mix the features.
  private mutating func orderedLabels(
    _ mixing: RowMixing, of table: RowTable, _ stop: StopSignal
  ) throws(Cancelled) -> ([Bool], [UInt32]) {
    let pieces = mixing.pieces
    let drawn = Mutex((self, labels: [Bool](), order: [UInt32]()))
    Workers.run(pieces: 1 + pieces.count, threads: threads) { worker, next in
      while let index = next() {
        if index == 0 {
          drawn.withLock {
            $0.labels = $0.0.flippedLabels(worker, stop)
            $0.order = $0.0.shuffledRows(worker, stop)
          }
        } else {
          let (cluster, rows) = pieces[index - 1]
          mixing.mix(table, cluster: cluster, rows: rows) { stop.isRaised(on: worker) }
        }
      }
    }
    try stop.check()
    let (drawing, labels, order) = drawn.withLock { $0 }
    self = drawing
    return (labels, order)
  }

  /// The clusters' labels, some of them replaced by lot.
  private mutating func flippedLabels(_ worker: Int, _ stop: StopSignal) -> [Bool] {
    var labels = recipe.clusterLabels
    // One draw a row even where none is flipped; the new labels come after all of them.
    var flipped: [Int] = []
    inChunks(recipe.rows, worker, stop) { rows in
      for row in rows where random.double() < recipe.flip { flipped.append(row) }
    }
    for row in flipped { labels[row] = random.integer(below: 2) == 1 }
    return labels
  }

  private mutating func shuffledRows(_ worker: Int, _ stop: StopSignal) -> [UInt32] {
    var order = Array(0..<UInt32(recipe.rows))
    inChunks(recipe.rows - 1, worker, stop) { steps in
      order.withUnsafeMutableBufferPointer { order in
        for step in steps {
          let last = recipe.rows - 1 - step
          order.swapAt(last, random.integer(below: last + 1))
        }
      }
    }
    return order
  }
}

/// Walks down rows in pieces of about a millisecond, until the signal to stop.
private func inChunks(
  _ rows: Int, _ worker: Int, _ stop: StopSignal, _ body: (Range<Int>) -> Void
) {
  for start in stride(from: 0, to: rows, by: 65_536) where !stop.isRaised(on: worker) {
    body(start..<min(start + 65_536, rows))
  }
}

extension RowTable {
  /// Some columns, each with its rows in this order.
  fileprivate func columns(
    _ chosen: [Int], rows order: [UInt32], threads: Int, _ stop: StopSignal
  ) throws(Cancelled) -> [[Double]] {
    let result = ColumnsToFill<Double>(rows: order.count, numbers: chosen)
    let some = 8_192
    Workers.run(pieces: (order.count + some - 1) / some, threads: threads) {
      [self] worker, next in
      while let piece = next(), !stop.isRaised(on: worker) {
        let start = piece * some
        order.withUnsafeBufferPointer { order in
          guard let first = order.baseAddress else { return }
          thr_rows_to_columns(
            row(0), columns, first + start, min(some, order.count - start), columns,
            result.starts, start)
        }
      }
    }
    try stop.check()
    return result.columns
  }
}
