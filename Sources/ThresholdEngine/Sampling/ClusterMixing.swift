import CKernels
import ParallelWork

/// How the rows of one cluster are made of normals.
struct ClusterMixing: Sendable {
  let rows: Range<Int>
  /// For each informative feature, the factors of the normals.
  let factors: [[Double]]
  /// The cluster's centre.
  let shifts: [Double]
}

/// Turns the normals of rows into informative and redundant features, in place.
struct RowMixing: Sendable {
  let clusters: [ClusterMixing]
  /// For each redundant feature, the factors of the informative ones.
  let redundant: [[Double]]
  let informative: Int

  /// Pieces of work: a cluster, and some of its rows.
  var pieces: [(cluster: Int, rows: Range<Int>)] {
    clusters.indices.flatMap { cluster in
      let rows = clusters[cluster].rows
      return stride(from: rows.lowerBound, to: rows.upperBound, by: 8_192).map {
        (cluster, $0..<min($0 + 8_192, rows.upperBound))
      }
    }
  }

  /// The rows that are mixed at a time, so that they stay in the nearest caches: a multiple of 16.
  var blockRows: Int { min(max(32_768 / (2 * informative + redundant.count), 16), 256) / 16 * 16 }

  func mix(_ table: RowTable, cluster: Int, rows: Range<Int>, isStopped: () -> Bool) {
    let block = MixingBlock(self)
    let normals = block.normals(rows: blockRows)
    let features = block.features.map { UnsafePointer($0) }
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      if isStopped() { return }
      let count = min(blockRows, rows.upperBound - start)
      let row = table.row(start)
      thr_rows_to_columns(row, table.columns, nil, count, informative, normals, 0)
      mix(normals.map { UnsafePointer($0) }, into: block.features, cluster: cluster, count)
      thr_columns_to_rows(features, features.count, count, row, table.columns)
    }
  }

  /// Makes informative and redundant features of as many columns of normals as are informative.
  func mix(
    _ normals: [UnsafePointer<Double>?], into features: [UnsafeMutablePointer<Double>?],
    cluster: Int, _ count: Int
  ) {
    let cluster = clusters[cluster]
    for (index, factors) in cluster.factors.enumerated() {
      guard cluster.rows.count != 1 else {
        // BLAS sends a matrix of one row another way, without fused operations.
        let terms = zip(normals, factors).map { ($0?.pointee ?? 0) * $1 }
        features[index]?.pointee = terms.dropFirst().reduce(terms[0], +) + cluster.shifts[index]
        continue
      }
      thr_mix_columns(
        normals, factors, informative, cluster.shifts[index], features[index], 0, count)
    }
    // BLAS adds the products of a single column, a vector, from the last to the first.
    let sources = features.prefix(informative).map { UnsafePointer($0) }
    let isReversed = redundant.count == 1
    for (index, factors) in redundant.enumerated() {
      thr_mix_columns(
        isReversed ? sources.reversed() : sources, isReversed ? factors.reversed() : factors,
        informative, 0, features[informative + index], 0, count)
    }
  }
}

/// Memory for the columns of some rows.
final class MixingBlock {
  /// The columns of features.
  let features: [UnsafeMutablePointer<Double>?]
  /// Room for the normals of all informative features.
  let normals: UnsafeMutablePointer<Double>
  private let informative: Int

  init(_ mixing: RowMixing) {
    let (rows, informative) = (mixing.blockRows, mixing.informative)
    let columns = 2 * informative + mixing.redundant.count
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: rows * columns)
    memory.initialize(repeating: 0, count: rows * columns)
    normals = memory
    features = (informative..<columns).map { memory + $0 * rows }
    self.informative = informative
  }

  deinit { normals.deallocate() }

  /// Columns of normals that have so many rows.
  func normals(rows: Int) -> [UnsafeMutablePointer<Double>?] {
    (0..<informative).map { normals + $0 * rows }
  }
}
