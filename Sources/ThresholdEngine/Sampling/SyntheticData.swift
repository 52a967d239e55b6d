import NumberText
public import ParallelWork

extension Dataset {
  /// Synthetic two-class data, with the same numbers as scikit-learn's `make_classification`.
  ///
  /// Each class consists of clusters of normal points round corners of a cube, each cluster
  /// stretched at random (Guyon 2003, the “Madelon” design). Equal to `make_classification(rows,
  /// features, n_informative=informative, n_redundant=redundant, n_clusters_per_class=clusters,
  /// weights=[majority], flip_y=flip, class_sep=separation, random_state=seed)`: bit for bit with
  /// two informative features on a processor with fused multiply-add (the matrix product of wider
  /// data is added up in another order, and differs in the last bits; so may a cluster of one row).
  ///
  /// Features are called x1, x2, …; the target y.
  ///
  /// - Parameters:
  ///   - majority: The share of negative rows before flipping, 0 to 1.
  ///   - informative: Number of features that depend on the class.
  ///   - redundant: Number of further features that are weighted sums of the informative ones; the
  ///     rest are noise.
  ///   - clusters: Number of clusters per class.
  ///   - flip: The share of rows that get a random label, 0 to 1.
  ///   - separation: Half the side of the cube, above 0.
  ///   - generator: What draws the numbers: `.fast` has its own, of the same distribution.
  ///   - threads: How many threads share the work; the numbers are the same with any.
  ///   - isCancelled: Asked every few milliseconds at least, on the caller's thread.
  ///   - progress: Called there with the share of the work that is done, as often.
  /// - Complexity: O(rows · (features + informative · (informative + redundant))); twice the data's
  ///   memory, with `.fast` once.
  public static func synthetic(
    rows: Int, majority: Double, features: Int = 2, informative: Int = 2, redundant: Int = 0,
    clusters: Int = 1, flip: Double = 0, separation: Double = 1, seed: UInt32 = 4,
    generator: SyntheticGenerator = .numpy, threads: Int = Workers.available,
    isCancelled: () -> Bool = { false },
    progress: (Double) -> Void = { _ in }
  ) throws(SyntheticDataError) -> Dataset {
    let recipe = SyntheticRecipe(
      rows: rows, majority: majority, features: features, informative: informative,
      redundant: redundant, clustersPerClass: clusters, flip: flip, separation: separation)
    try recipe.check()
    return try SyntheticDataError.ifCancelled { () throws(Cancelled) in
      try StopSignal.asking(isCancelled) { stop throws(Cancelled) in
        try withoutActuallyEscaping(progress) { progress throws(Cancelled) in
          switch generator {
          case .numpy:
            var drawing = SyntheticDrawing(recipe, seed: seed, threads: threads)
            return try drawing.dataset(stop, progress)
          case .fast:
            return try FastSyntheticDrawing(recipe: recipe, seed: seed, threads: threads)
              .dataset(stop, progress)
          }
        }
      }
    }
  }
}

/// What draws the numbers of synthetic data.
public enum SyntheticGenerator: String, Hashable, Sendable, CaseIterable {
  /// NumPy's legacy generator, which gives the numbers of `make_classification`.
  case numpy
  /// xoshiro256++ and the method of Box and Muller on vectors: the same distribution and, from the
  /// same seed, the same numbers on any number of threads and every processor, several times
  /// faster. Each class has exactly as many rows before flipping as with `numpy`.
  case fast
}

/// Why synthetic data cannot be made.
public enum SyntheticDataError: CancellableError, Hashable, Sendable {
  case tooFewRows(Int)
  case tooFewFeatures(Int)
  case noInformative(Int)
  case badRedundant(Int)
  case noClusters(Int)
  /// Informative and redundant features are more than all features.
  case featuresExceeded(informative: Int, redundant: Int, features: Int)
  /// More clusters than corners of the cube of the informative features.
  case clustersExceeded(clusters: Int, informative: Int)
  case badMajority(Double)
  case badFlip(Double)
  case badSeparation(Double)
  /// More numbers than `limit` would have to be drawn or kept.
  case tooLarge(numbers: Double, limit: Int)
  case cancelled
}

extension SyntheticDataError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooFewRows(let rows): "at least 1 row is needed, not \(rows)"
    case .tooFewFeatures(let features): "at least 1 feature is needed, not \(features)"
    case .noInformative(let count): "at least 1 informative feature is needed, not \(count)"
    case .badRedundant(let count): "the number of redundant features cannot be \(count)"
    case .noClusters(let clusters): "at least 1 cluster per class is needed, not \(clusters)"
    case .featuresExceeded(let informative, let redundant, let features):
      "\(informative) informative and \(redundant) redundant features exceed the "
        + "\(features) features in total; set features to \(informative + redundant)"
    case .clustersExceeded(let clusters, let informative):
      "2 classes of \(clusters) clusters are too many: \(informative) informative feature"
        + "\(informative == 1 ? " allows" : "s allow") \(1 << min(informative, 62)) in all"
    case .badMajority(let share): "the majority must be a share from 0 to 1, not \(share)"
    case .badFlip(let share): "flip must be a share from 0 to 1, not \(share)"
    case .badSeparation(let separation):
      "the separation must be a finite number above 0, not \(separation)"
    case .tooLarge(let numbers, let limit):
      "\(Double(numbers).countText) random numbers would be needed, and "
        + "\(Double(limit).countText) is the limit"
    case .cancelled: "cancelled"
    }
  }
}

/// The arguments of `make_classification`, under our names.
struct SyntheticRecipe: Sendable {
  let rows: Int
  let majority: Double
  let features: Int
  let informative: Int
  let redundant: Int
  let clustersPerClass: Int
  let flip: Double
  let separation: Double

  var clusters: Int { 2 * clustersPerClass }

  /// 8 GB of Doubles.
  private static let largestSize = 1 << 30

  func check() throws(SyntheticDataError) {
    guard rows >= 1 else { throw .tooFewRows(rows) }
    guard features >= 1 else { throw .tooFewFeatures(features) }
    guard informative >= 1 else { throw .noInformative(informative) }
    guard redundant >= 0 else { throw .badRedundant(redundant) }
    guard clustersPerClass >= 1 else { throw .noClusters(clustersPerClass) }
    guard (0...1).contains(majority) else { throw .badMajority(majority) }
    guard (0...1).contains(flip) else { throw .badFlip(flip) }
    guard separation > 0, separation.isFinite else { throw .badSeparation(separation) }
    try checkSize()
    guard informative + redundant <= features else {
      throw .featuresExceeded(informative: informative, redundant: redundant, features: features)
    }
    guard informative > 62 || clusters <= 1 << informative else {
      throw .clustersExceeded(clusters: clustersPerClass, informative: informative)
    }
  }

  /// Before any product of the arguments is formed as an Int.
  private func checkSize() throws(SyntheticDataError) {
    let data = Double(rows) * Double(features)
    let mixing = Double(informative) * Double(informative)
    let stretching = 2 * Double(clustersPerClass) * max(mixing, 100)
    let numbers = max(data, stretching, mixing, Double(informative) + Double(redundant))
    guard numbers <= Double(Self.largestSize) else {
      throw .tooLarge(numbers: numbers, limit: Self.largestSize)
    }
  }

  /// How many rows each cluster has; the clusters belong to the classes in turn.
  ///
  /// Shares are truncated, and what that leaves is given out one each from the first cluster.
  var rowsPerCluster: [Int] {
    // As Python's floats: 1.0 - sum(weights), and n * w / clusters from left to right.
    let shares = [majority, 1 - majority]
    var counts = (0..<clusters).map {
      Int(Double(rows) * shares[$0 % 2] / Double(clustersPerClass))
    }
    let missing = rows - counts.reduce(0, +)
    for index in 0..<max(missing, 0) { counts[index % clusters] += 1 }
    return counts
  }

  /// The label of each row before any is flipped and their order is drawn.
  var clusterLabels: [Bool] {
    var labels: [Bool] = []
    labels.reserveCapacity(rows)
    for (cluster, count) in rowsPerCluster.enumerated() {
      labels += repeatElement(cluster % 2 == 1, count: min(count, rows - labels.count))
    }
    return labels
  }

  var featureNames: [String] { (1...features).map { "x\($0)" } }

  /// How the clusters are stretched, and the redundant features made.
  ///
  /// - Parameter factor: Draws a factor, uniform over -1..<1: first those of each cluster in turn,
  ///   row by row, then those of the redundant features.
  func mixing(corners: [[Double]], factor: () -> Double) -> RowMixing {
    var clusters: [ClusterMixing] = []
    var start = 0
    for (corner, count) in zip(corners, rowsPerCluster) {
      let rows = start..<min(start + count, self.rows)
      clusters.append(
        ClusterMixing(
          rows: rows, factors: factors(columns: informative, factor),
          shifts: corner.map { $0 * (2 * separation) - separation }))
      start = rows.upperBound
    }
    return RowMixing(
      clusters: clusters, redundant: factors(columns: redundant, factor), informative: informative)
  }

  /// A matrix drawn row by row; the answer is one array a column.
  private func factors(columns: Int, _ factor: () -> Double) -> [[Double]] {
    var factors = [[Double]](
      repeating: [Double](repeating: 0, count: informative), count: columns)
    for row in 0..<informative {
      for column in 0..<columns { factors[column][row] = factor() }
    }
    return factors
  }
}
