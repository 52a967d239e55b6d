import CKernels
import ParallelWork

/// Carries out a recipe in the order of `make_classification`'s draws, all from one generator.
struct SyntheticDrawing {
  private let recipe: SyntheticRecipe
  private var random: RandomState
  /// How much of the time drawing takes; the rest is mixing and ordering.
  private static let shareOfDrawing = 0.8

  init(_ recipe: SyntheticRecipe, seed: UInt32) {
    self.recipe = recipe
    random = RandomState(seed: seed)
  }

  /// - Parameter progress: Called with the share of the work that is done.
  mutating func dataset(
    _ isCancelled: () -> Bool, _ progress: (Double) -> Void
  ) throws(Cancelled) -> Dataset {
    let rowsPerCluster = recipe.rowsPerCluster
    let corners = random.hypercubeCorners(recipe.clusters, dimensions: recipe.informative)
    let carrying = try carryingColumns(rowsPerCluster, corners, isCancelled, progress)
    let noise = try normals(
      columns: recipe.features - carrying.count, after: recipe.informative, isCancelled, progress)
    let labels = try flippedLabels(rowsPerCluster, isCancelled)
    let order = try shuffledRows(isCancelled)
    let columns = random.permutation(recipe.features)

    var features: [[Double]] = []
    for column in columns {
      let isCarrying = column < carrying.count
      let source = isCarrying ? carrying : noise
      features.append(
        try source.column(isCarrying ? column : column - carrying.count, rows: order, isCancelled))
    }
    return Dataset(
      unchecked: features, names: (1...recipe.features).map { "x\($0)" },
      labels: order.map { labels[Int($0)] }, targetName: "y")
  }

  /// The informative columns, then the redundant ones.
  private mutating func carryingColumns(
    _ rowsPerCluster: [Int], _ corners: [[Double]], _ isCancelled: () -> Bool,
    _ progress: (Double) -> Void
  ) throws(Cancelled) -> Columns {
    let raw = try normals(columns: recipe.informative, after: 0, isCancelled, progress)
    var mixed = Columns(rows: recipe.rows, count: recipe.informative + recipe.redundant)
    var start = 0
    for (corner, rows) in zip(corners, rowsPerCluster) {
      let cluster = start..<min(start + rows, recipe.rows)
      let factors = mixingMatrix(columns: recipe.informative)
      for column in 0..<recipe.informative {
        let coordinate = corner[column] * (2 * recipe.separation) - recipe.separation
        try mixed.mix(
          raw, factors[column], shift: coordinate, into: column, rows: cluster, isCancelled)
      }
      start = cluster.upperBound
    }
    guard recipe.redundant > 0 else { return mixed }
    let factors = mixingMatrix(columns: recipe.redundant)
    // BLAS adds the products of a single column, a vector, from the last to the first.
    let order = Array(0..<recipe.informative)
    for column in 0..<recipe.redundant {
      try mixed.mixOwn(
        factors[column], inOrder: recipe.redundant == 1 ? order.reversed() : order,
        into: recipe.informative + column, isCancelled)
    }
    return mixed
  }

  /// Factors uniform over -1..<1, drawn row by row; the answer is one array a column.
  private mutating func mixingMatrix(columns: Int) -> [[Double]] {
    var factors = [[Double]](
      repeating: [Double](repeating: 0, count: recipe.informative), count: columns)
    for row in 0..<recipe.informative {
      for column in 0..<columns { factors[column][row] = 2 * random.double() - 1 }
    }
    return factors
  }

  /// Standard normals, drawn row by row.
  /// - Parameter drawn: how many columns were drawn before.
  private mutating func normals(
    columns: Int, after drawn: Int, _ isCancelled: () -> Bool, _ progress: (Double) -> Void
  ) throws(Cancelled) -> Columns {
    var result = Columns(rows: recipe.rows, count: columns)
    guard columns > 0 else { return result }
    try inChunks(recipe.rows, cost: columns, isCancelled) { rows in
      let part = Double(rows.lowerBound) / Double(recipe.rows)
      let done = (Double(drawn) + part * Double(columns)) / Double(max(recipe.features, 1))
      progress(Self.shareOfDrawing * min(done, 1))
      result.values.withUnsafeMutableBufferPointer { values in
        for row in rows {
          for column in 0..<columns {
            values[column &* recipe.rows &+ row] = random.standardNormal()
          }
        }
      }
    }
    return result
  }

  /// The clusters' labels, some of them replaced by lot.
  private mutating func flippedLabels(
    _ rowsPerCluster: [Int], _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Bool] {
    var labels: [Bool] = []
    for (cluster, rows) in rowsPerCluster.enumerated() {
      labels += repeatElement(cluster % 2 == 1, count: min(rows, recipe.rows - labels.count))
    }
    // One draw a row even where none is flipped; the new labels come after all of them.
    var flipped: [Int] = []
    try inChunks(recipe.rows, isCancelled) { rows in
      for row in rows where random.double() < recipe.flip { flipped.append(row) }
    }
    for row in flipped { labels[row] = random.integer(below: 2) == 1 }
    return labels
  }

  private mutating func shuffledRows(_ isCancelled: () -> Bool) throws(Cancelled) -> [UInt32] {
    var order = Array(0..<UInt32(recipe.rows))
    try inChunks(recipe.rows - 1, isCancelled) { steps in
      for step in steps {
        let last = recipe.rows - 1 - step
        order.swapAt(last, random.integer(below: last + 1))
      }
    }
    return order
  }
}

/// Columns of equal length in one stretch of memory.
private struct Columns {
  let rows: Int
  let count: Int
  var values: [Double]

  init(rows: Int, count: Int) {
    self.rows = rows
    self.count = count
    values = [Double](repeating: 0, count: rows * count)
  }

  func column(
    _ column: Int, rows order: [UInt32], _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Double] {
    var result = [Double](repeating: 0, count: rows)
    try inChunks(rows, isCancelled) { chunk in
      values.withUnsafeBufferPointer { values in
        result.withUnsafeMutableBufferPointer { result in
          order.withUnsafeBufferPointer { order in
            for row in chunk { result[row] = values[column &* rows &+ Int(order[row])] }
          }
        }
      }
    }
    return result
  }

  /// Writes rows of a column: the products of another's columns and the factors, and a shift.
  mutating func mix(
    _ source: Columns, _ factors: [Double], shift: Double, into column: Int, rows: Range<Int>,
    _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    // BLAS sends a matrix of one row another way, without fused operations.
    guard rows.count != 1 else {
      let terms = factors.indices.map {
        source.values[$0 * self.rows + rows.lowerBound] * factors[$0]
      }
      values[column * self.rows + rows.lowerBound] = terms.dropFirst().reduce(terms[0], +) + shift
      return
    }
    let length = self.rows
    try inChunks(rows.count, cost: factors.count, isCancelled) { chunk in
      let chunk = chunk.lowerBound + rows.lowerBound..<chunk.upperBound + rows.lowerBound
      source.values.withUnsafeBufferPointer { source in
        values.withUnsafeMutableBufferPointer {
          Self.mix(
            source.baseAddress, factors, inOrder: Array(factors.indices), shift: shift,
            into: $0.baseAddress, column, rows: length, chunk)
        }
      }
    }
  }

  /// Writes a column as sums of the first ones.
  mutating func mixOwn(
    _ factors: [Double], inOrder order: [Int], into column: Int, _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    let rows = rows
    try inChunks(rows, cost: factors.count, isCancelled) { chunk in
      values.withUnsafeMutableBufferPointer {
        Self.mix(
          UnsafePointer($0.baseAddress), factors, inOrder: order, shift: 0,
          into: $0.baseAddress, column, rows: rows, chunk)
      }
    }
  }

  /// Both pointers lead to columns of `rows` numbers, one after the other.
  private static func mix(
    _ source: UnsafePointer<Double>?, _ factors: [Double], inOrder order: [Int], shift: Double,
    into target: UnsafeMutablePointer<Double>?, _ column: Int, rows: Int, _ chunk: Range<Int>
  ) {
    guard let source, let target else { return }
    let columns = order.map { Optional(source + $0 * rows) }
    thr_mix_columns(
      columns, order.map { factors[$0] }, order.count, shift, target + column * rows,
      chunk.lowerBound, chunk.upperBound)
  }
}

/// Walks down rows in pieces of about a millisecond, asking between them whether to stop.
private func inChunks(
  _ rows: Int, cost: Int = 1, _ isCancelled: () -> Bool, _ body: (Range<Int>) -> Void
) throws(Cancelled) {
  let size = max(65_536 / max(cost, 1), 64)
  for start in stride(from: 0, to: rows, by: size) {
    if isCancelled() { throw Cancelled() }
    body(start..<min(start + size, rows))
  }
}
