import CKernels
import ParallelWork

/// Carries out a recipe with generators that run side by side: the distribution of
/// `make_classification`, and the same numbers on any number of threads and any processor.
///
/// Corners, factors and the order of the columns are drawn by NumPy's generator; lots of rows, and
/// their normals and labels, each by its own.
struct FastSyntheticDrawing {
  let recipe: SyntheticRecipe
  let seed: UInt32
  let threads: Int

  func dataset(
    _ stop: StopSignal, _ progress: @escaping (Double) -> Void
  ) throws(Cancelled) -> Dataset {
    var random = RandomState(seed: seed)
    let corners = random.hypercubeCorners(recipe.clusters, dimensions: recipe.informative)
    let mixing = recipe.mixing(corners: corners) { 2 * random.double() - 1 }
    let places = random.permutation(recipe.features)
    let lots = try RowLots(
      mixing.clusters.map(\.rows), rows: recipe.rows, seed: UInt64(seed), threads: threads, stop)
    let features = ColumnsToFill<Double>(rows: recipe.rows, numbers: places)
    let labels = ColumnsToFill<Bool>(rows: recipe.rows, numbers: [0])
    let task = LotTask(
      mixing: mixing, lots: lots, flip: recipe.flip, seed: UInt64(seed), columns: features.starts,
      labels: labels.starts[0])
    let caller = OnCallersThread(progress)
    Workers.run(pieces: lots.starts.count, threads: threads) { worker, next in
      let drawing = LotDrawing(task)
      while let lot = next(), !stop.isRaised(on: worker) {
        drawing.fill(lot)
        if worker == 0 { caller.body(Double(lot) / Double(lots.starts.count)) }
      }
    }
    try stop.check()
    return Dataset(
      unchecked: features.columns, names: recipe.featureNames, labels: labels.columns[0],
      targetName: "y")
  }
}

/// What all lots share.
private struct LotTask: @unchecked Sendable {
  let mixing: RowMixing
  let lots: RowLots
  let flip: Double
  let seed: UInt64
  /// Informative, redundant and then other columns.
  let columns: [UnsafeMutablePointer<Double>?]
  let labels: UnsafeMutablePointer<Bool>?
}

/// Draws one lot after another, on one thread.
private final class LotDrawing {
  private let task: LotTask
  private let block: MixingBlock
  private var lanes = thr_lanes()
  private var stream = DrawStream(seed: 0, number: 0)
  /// Where each row of the lot goes, counted from the lot's start.
  private var places: [UInt32] = []

  init(_ task: LotTask) {
    self.task = task
    block = MixingBlock(task.mixing)
  }

  func fill(_ lot: Int) {
    let counts = task.lots.counts[lot]
    let start = task.lots.starts[lot]
    lanes = thr_lanes(DrawStream(seed: task.seed, number: 2 * lot))
    stream = DrawStream(seed: task.seed, number: 2 * lot + 1)
    shufflePlaces(counts.reduce(0) { $0 + Int($1) })
    var row = 0
    for (cluster, count) in counts.enumerated() {
      let rows = row..<row + Int(count)
      for first in stride(from: row, to: rows.upperBound, by: task.mixing.blockRows) {
        fill(cluster, first..<min(first + task.mixing.blockRows, rows.upperBound), from: start)
      }
      fillLabels(cluster, rows, from: start)
      row = rows.upperBound
    }
    fillNoise(from: start)
  }

  private func shufflePlaces(_ count: Int) {
    places = Array(0..<UInt32(count))
    places.withUnsafeMutableBufferPointer { places in
      for last in stride(from: count - 1, to: 0, by: -1) {
        places.swapAt(last, stream.integer(below: UInt64(last + 1)))
      }
    }
  }

  private func fill(_ cluster: Int, _ rows: Range<Int>, from start: Int) {
    let step = Int(THR_NORMALS_STEP)
    let height = (rows.count + step - 1) / step * step
    thr_lanes_normals(&lanes, height / step * task.mixing.informative, block.normals)
    task.mixing.mix(
      block.normals(rows: height).map { UnsafePointer($0) }, into: block.features,
      cluster: cluster, rows.count)
    places.withUnsafeBufferPointer { places in
      guard let first = places.baseAddress else { return }
      for (feature, column) in zip(block.features, task.columns) {
        guard let column else { continue }
        thr_scatter(feature, first + rows.lowerBound, rows.count, column + start)
      }
    }
  }

  /// The clusters belong to the classes in turn; some rows get a label by lot.
  private func fillLabels(_ cluster: Int, _ rows: Range<Int>, from start: Int) {
    guard let labels = task.labels else { return }
    for row in rows {
      let isFlipped = task.flip > 0 && stream.openUnit() < task.flip
      labels[start + Int(places[row])] = isFlipped ? stream.next() >> 63 == 1 : cluster % 2 == 1
    }
  }

  /// The order of what does not depend on the class does not matter.
  private func fillNoise(from start: Int) {
    let step = Int(THR_NORMALS_STEP)
    for column in task.columns.dropFirst(block.features.count) {
      guard let column else { continue }
      let whole = places.count / step * step
      thr_lanes_normals(&lanes, whole / step, column + start)
      guard whole < places.count else { continue }
      thr_lanes_normals(&lanes, 1, block.normals)
      (column + start + whole).update(from: block.normals, count: places.count - whole)
    }
  }
}

extension thr_lanes {
  /// Generators whose states are the stream's words.
  init(_ stream: consuming DrawStream) {
    var stream = stream
    self.init()
    withUnsafeMutableBytes(of: &words) { bytes in
      for offset in stride(from: 0, to: bytes.count, by: 8) {
        bytes.storeBytes(of: stream.next(), toByteOffset: offset, as: UInt64.self)
      }
    }
  }
}
