import CKernels
import ParallelWork
import Synchronization

/// What the rows, and the penalty, add up to at a point.
struct LogisticSums: Sendable {
  /// The objective's gradient.
  var gradient: [Double]
  /// The lower triangle of Σ weight · p · (1 - p) · z zᵀ row by row, without the penalty; `nil`
  /// where it was not asked for.
  var curvature: [Double]?
  /// The largest |z| of each feature; zeros without the curvature.
  var extents: [Double]
  var lowestPositive = Double.infinity
  var highestNegative = -Double.infinity

  init(features: Int, curvature: Bool) {
    let size = features + 1
    gradient = [Double](repeating: 0, count: size)
    self.curvature = curvature ? [Double](repeating: 0, count: size * size) : nil
    extents = [Double](repeating: 0, count: features)
  }

  /// Whether a threshold on the linear predictor separates the classes without a mistake.
  var separates: Bool { lowestPositive > highestNegative }

  /// Adds the sums of other rows.
  mutating func add(_ other: LogisticSums) {
    for index in gradient.indices { gradient[index] += other.gradient[index] }
    for index in extents.indices { extents[index] = max(extents[index], other.extents[index]) }
    lowestPositive = min(lowestPositive, other.lowestPositive)
    highestNegative = max(highestNegative, other.highestNegative)
    guard let products = other.curvature else { return }
    curvature?.withUnsafeMutableBufferPointer { curvature in
      for index in products.indices { curvature[index] += products[index] }
    }
  }
}

extension LogisticProblem {
  static let blockRows = Int(THR_LOGISTIC_BLOCK)

  /// Adds up every so many blocks of rows; all rows where `every` is 1.
  ///
  /// Blocks are added up in parts, and the parts in their order, so that the sums have the same
  /// bits on any number of cores.
  func sums(
    at point: [Double], curvature: Bool, every: Int = 1, isCancelled: () -> Bool
  ) throws(Cancelled) -> LogisticSums {
    let plan = SummingPlan(
      rows: data.rows, features: active.count, curvature: curvature, every: every)
    let gathered = Mutex(
      PartsInOrder(total: LogisticSums(features: active.count, curvature: curvature)))
    try StopSignal.asking(isCancelled) { stop throws(Cancelled) in
      Workers.run(pieces: plan.parts, threads: threads) { worker, next in
        let adder = LogisticAdder(self, at: point)
        while let part = next() {
          var sums = LogisticSums(features: active.count, curvature: curvature)
          for rows in plan.stretches(ofPart: part) {
            if stop.isRaised(on: worker) { return }
            adder.add(rows, to: &sums)
          }
          gathered.withLock { $0.add(sums, part: part) }
        }
      }
      try stop.check()
    }
    var sums = gathered.withLock { $0.total }
    for index in active.indices { sums.gradient[index] += penalties[index] * point[index] }
    return sums
  }
}

/// Sums of parts, added up in the order of the parts however they arrive.
private struct PartsInOrder: Sendable {
  var total: LogisticSums
  private var next = 0
  private var early: [Int: LogisticSums] = [:]

  init(total: LogisticSums) { self.total = total }

  mutating func add(_ sums: LogisticSums, part: Int) {
    early[part] = sums
    while let sums = early.removeValue(forKey: next) {
      total.add(sums)
      next += 1
    }
  }
}

/// Which rows are added up together: a matter of the data alone, not of the machine.
private struct SummingPlan: Sendable {
  let parts: Int
  private let rows: Int
  private let every: Int
  /// The blocks that count.
  private let blocks: Int
  /// The rows between two questions whether to stop: about a millisecond's.
  private let stretch: Int

  /// What a part is worth at least, in products: some tenths of a millisecond.
  private static let leastWork = 4 << 20

  init(rows: Int, features: Int, curvature: Bool, every: Int) {
    (self.rows, self.every) = (rows, every)
    let block = LogisticProblem.blockRows
    blocks = ((rows + block - 1) / block + every - 1) / every
    let size = features + 1
    let cost = size * (curvature ? size / 2 + 6 : 4)
    // Each part that waits for its turn holds a square of products.
    let most = min(64, max(4, (2 << 20) / (size * size)))
    parts = max(1, min(most, blocks * block * cost / Self.leastWork))
    stretch = every > 1 ? block : max(block, Self.leastWork / cost / block * block)
  }

  func stretches(ofPart part: Int) -> some Sequence<Range<Int>> {
    let block = LogisticProblem.blockRows
    let first = part * blocks / parts * every * block
    let end = min((part + 1) * blocks / parts * every * block, rows)
    return stride(from: first, to: end, by: every > 1 ? every * block : stretch).lazy
      .map { [stretch] in $0..<min($0 + stretch, end) }
  }
}

/// Adds rows to sums at one point, on one thread.
private final class LogisticAdder {
  private let problem: LogisticProblem
  private let point: [Double]
  private let columns: [UnsafePointer<Double>?]
  private let workspace: UnsafeMutablePointer<Double>

  init(_ problem: LogisticProblem, at point: [Double]) {
    (self.problem, self.point) = (problem, point)
    // The arrays are kept, and not changed, by the problem: their elements stay where they are.
    columns = problem.active.map { feature in
      problem.data.features[feature].withUnsafeBufferPointer { $0.baseAddress }
    }
    let numbers = thr_logistic_workspace(problem.active.count)
    workspace = UnsafeMutableRawPointer.allocate(
      byteCount: numbers * MemoryLayout<Double>.stride, alignment: 64
    ).bindMemory(to: Double.self, capacity: numbers)
    workspace.initialize(repeating: 0, count: numbers)
  }

  deinit { UnsafeMutableRawPointer(workspace).deallocate() }

  func add(_ rows: Range<Int>, to sums: inout LogisticSums) {
    withFeatures { features in
      withTruth { truth in
        withPointers(to: &sums) {
          thr_logistic_add(
            features, truth, point, rows.lowerBound, rows.upperBound, workspace, $0)
        }
      }
    }
  }

  private func withFeatures(_ body: (UnsafePointer<thr_logistic_features>) -> Void) {
    columns.withUnsafeBufferPointer { columns in
      problem.centres.withUnsafeBufferPointer { centres in
        problem.factors.withUnsafeBufferPointer { factors in
          var features = thr_logistic_features(
            columns: columns.baseAddress, centres: centres.baseAddress,
            factors: factors.baseAddress, count: columns.count)
          body(&features)
        }
      }
    }
  }

  private func withTruth(_ body: (UnsafePointer<thr_logistic_truth>) -> Void) {
    problem.data.labels.withUnsafeBufferPointer { labels in
      (problem.weights ?? []).withUnsafeBufferPointer { weights in
        var truth = thr_logistic_truth(
          labels: labels.baseAddress, weights: weights.isEmpty ? nil : weights.baseAddress,
          negative_weight: problem.negativeWeight, positive_weight: problem.positiveWeight)
        body(&truth)
      }
    }
  }

  private func withPointers(
    to sums: inout LogisticSums, _ body: (UnsafeMutablePointer<thr_logistic_sums>) -> Void
  ) {
    var pointers = thr_logistic_sums()
    pointers.lowest_positive = sums.lowestPositive
    pointers.highest_negative = sums.highestNegative
    sums.gradient.withUnsafeMutableBufferPointer { gradient in
      sums.extents.withUnsafeMutableBufferPointer { extents in
        pointers.gradient = gradient.baseAddress
        pointers.extents = extents.baseAddress
        guard sums.curvature != nil else { return body(&pointers) }
        sums.curvature?.withUnsafeMutableBufferPointer {
          pointers.curvature = $0.baseAddress
          body(&pointers)
        }
      }
    }
    sums.lowestPositive = pointers.lowest_positive
    sums.highestNegative = pointers.highest_negative
  }
}
