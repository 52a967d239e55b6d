import CKernels
import Glibc
import ParallelWork

/// The objective of one fit, in coordinates that are kind to the arithmetic.
///
/// Feature j is seen as z = (x - centre) / spread, and its coefficient as v = w · spread. The
/// objective, divided by c and by the largest weight, is Σ weight · log-loss + ½ Σ penaltyⱼ · vⱼ²
/// with penaltyⱼ = 1 / (c · largest weight · spreadⱼ²): the same as before, so the same optimum.
/// A point is the v of all active features, then the intercept.
struct LogisticProblem {
  let data: Dataset
  /// The positions of the features that can matter; the others have the coefficient 0.
  let active: [Int]
  let centres: [Double]
  /// 1 / spread.
  let factors: [Double]
  let penalties: [Double]
  let constantFeatures: [String]
  /// The best intercept while all coefficients are 0.
  let startingIntercept: Double

  private let weights: [Double]?
  private let negativeWeight: Double
  private let positiveWeight: Double

  /// - Parameter weights: All above 0.
  init(
    _ data: Dataset, c: Double, _ classWeight: LogisticRegression.ClassWeight, _ weights: [Double]?
  ) throws(LogisticError) {
    let totals = Self.totals(data.labels, weights)
    let (negative, positive) = try Self.classWeights(classWeight, totals)
    let largest = max(negative, positive) * (weights?.max() ?? 1)
    guard largest.isFinite, largest >= .leastNormalMagnitude else { throw .weightsOutOfScale }

    self.data = data
    self.weights = weights
    (negativeWeight, positiveWeight) = (negative / largest, positive / largest)
    startingIntercept = log(totals.positive) - log(totals.negative) + log(positive) - log(negative)

    let spreads = data.features.map(ColumnSpread.init)
    let penalties = spreads.map { 1 / (c * largest) / $0.spread / $0.spread }
    // A feature of no spread at all, or so small that the penalty forbids its use.
    active = spreads.indices.filter {
      (1 / spreads[$0].spread).isFinite && penalties[$0].isFinite
    }
    centres = active.map { spreads[$0].centre }
    factors = active.map { 1 / spreads[$0].spread }
    self.penalties = active.map { penalties[$0] }
    constantFeatures = spreads.indices.filter { spreads[$0].spread == 0 }
      .map { data.featureNames[$0] }
  }

  private static func totals(
    _ labels: [Bool], _ weights: [Double]?
  ) -> (negative: Double, positive: Double) {
    var totals = (negative: 0.0, positive: 0.0)
    for row in labels.indices {
      let weight = weights?[row] ?? 1
      if labels[row] { totals.positive += weight } else { totals.negative += weight }
    }
    return totals
  }

  private static func classWeights(
    _ classWeight: LogisticRegression.ClassWeight, _ totals: (negative: Double, positive: Double)
  ) throws(LogisticError) -> (negative: Double, positive: Double) {
    guard totals.negative + totals.positive > 0 else { throw .noRows }
    guard totals.negative.isFinite, totals.positive.isFinite else { throw .weightsOutOfScale }
    guard totals.negative > 0 else { throw .oneClass(true) }
    guard totals.positive > 0 else { throw .oneClass(false) }
    switch classWeight {
    case .equal: return (1, 1)
    case .balanced:
      let half = (totals.negative + totals.positive) / 2
      return (half / totals.negative, half / totals.positive)
    case .explicit(let negative, let positive):
      for weight in [negative, positive] where !(weight >= 0 && weight.isFinite) {
        throw .badClassWeight(weight)
      }
      guard negative > 0 else { throw .zeroClassWeight(label: false) }
      guard positive > 0 else { throw .zeroClassWeight(label: true) }
      return (negative, positive)
    }
  }

  /// The coefficients and the intercept on the features as given.
  func model(at point: [Double]) -> (coefficients: [Double], intercept: Double) {
    var coefficients = [Double](repeating: 0, count: data.features.count)
    var intercept = point[active.count]
    for (index, feature) in active.enumerated() {
      coefficients[feature] = point[index] * factors[index]
      intercept -= coefficients[feature] * centres[index]
    }
    return (coefficients, intercept)
  }
}

// MARK: - Sums over rows

/// What the rows, and the penalty, add up to at a point.
struct LogisticSums {
  /// The objective's gradient.
  var gradient: [Double]
  /// The lower triangle of Σ weight · p · (1 - p) · z zᵀ row by row, without the penalty; `nil`
  /// where it was not asked for.
  var curvature: [Double]?
  /// The largest |z| of each feature.
  var extents: [Double]
  var gap = thr_logistic_gap(lowest_positive: .infinity, highest_negative: -.infinity)

  /// Whether a threshold on the linear predictor separates the classes without a mistake.
  var separates: Bool { gap.lowest_positive > gap.highest_negative }
}

extension LogisticProblem {
  static let blockRows = Int(THR_LOGISTIC_BLOCK)

  /// Adds up every so many blocks of rows; all rows where `every` is 1.
  func sums(
    at point: [Double], curvature: Bool, every: Int = 1, isCancelled: () -> Bool
  ) throws(Cancelled) -> LogisticSums {
    let size = active.count + 1
    var sums = LogisticSums(
      gradient: [Double](repeating: 0, count: size),
      curvature: curvature ? [Double](repeating: 0, count: size * size) : nil,
      extents: [Double](repeating: 0, count: active.count))
    let workspace = LogisticWorkspace(features: active.count)
    let blocksPerQuestion = max(1, 1 << 22 / (Self.blockRows * size * (curvature ? size : 2)))
    let blocks = (data.rows + Self.blockRows - 1) / Self.blockRows
    for (turn, block) in stride(from: 0, to: blocks, by: every).enumerated() {
      if turn % blocksPerQuestion == 0, isCancelled() { throw Cancelled() }
      let start = block * Self.blockRows
      add(start..<min(start + Self.blockRows, data.rows), at: point, to: &sums, workspace)
    }
    for index in active.indices { sums.gradient[index] += penalties[index] * point[index] }
    return sums
  }

  private func add(
    _ rows: Range<Int>, at point: [Double], to sums: inout LogisticSums,
    _ workspace: LogisticWorkspace
  ) {
    let features = active.count
    workspace.predictor.update(repeating: point[features], count: Self.blockRows)
    for index in active.indices {
      data.features[active[index]].withUnsafeBufferPointer { values in
        guard let first = values.baseAddress else { return }
        sums.extents[index] = thr_logistic_standardise(
          first + rows.lowerBound, rows.count, centres[index], factors[index], point[index],
          workspace.column(index), workspace.predictor, sums.extents[index])
      }
    }
    judge(rows, &sums.gap, workspace)
    // The intercept's column, which the curvature of the block before has scaled.
    workspace.column(features).update(repeating: 1, count: Self.blockRows)
    thr_logistic_add_gradient(features, workspace.columns, workspace.residuals, &sums.gradient)
    guard sums.curvature != nil else { return }
    sums.curvature?.withUnsafeMutableBufferPointer {
      thr_logistic_add_curvature(features, workspace.columns, workspace.roots, $0.baseAddress)
    }
  }

  private func judge(
    _ rows: Range<Int>, _ gap: inout thr_logistic_gap, _ workspace: LogisticWorkspace
  ) {
    data.labels.withUnsafeBufferPointer { labels in
      (weights ?? []).withUnsafeBufferPointer { weights in
        var truth = thr_logistic_truth(
          labels: labels.baseAddress.map { $0 + rows.lowerBound },
          weights: weights.isEmpty ? nil : weights.baseAddress.map { $0 + rows.lowerBound },
          negative_weight: negativeWeight, positive_weight: positiveWeight)
        thr_logistic_judge(
          &truth, rows.count, workspace.predictor, workspace.residuals, workspace.roots, &gap)
      }
    }
  }
}

/// Memory for one block of rows, aligned for the kernel.
private final class LogisticWorkspace {
  let columns: UnsafeMutablePointer<Double>
  let predictor: UnsafeMutablePointer<Double>
  let residuals: UnsafeMutablePointer<Double>
  let roots: UnsafeMutablePointer<Double>

  init(features: Int) {
    let rows = LogisticProblem.blockRows
    let numbers = (thr_logistic_columns(features) + 3) * rows
    columns = UnsafeMutableRawPointer.allocate(
      byteCount: numbers * MemoryLayout<Double>.stride, alignment: 64
    ).bindMemory(to: Double.self, capacity: numbers)
    columns.initialize(repeating: 0, count: numbers)
    predictor = columns + thr_logistic_columns(features) * rows
    residuals = predictor + rows
    roots = residuals + rows
  }

  deinit { UnsafeMutableRawPointer(columns).deallocate() }

  func column(_ index: Int) -> UnsafeMutablePointer<Double> {
    columns + index * LogisticProblem.blockRows
  }
}
