import JSONText
import TestSupport
import Testing

@testable import ThresholdEngine

/// scikit-learn's `make_classification`, from scripts/fixtures/make_synth.py.
@Suite struct SyntheticDataTests {
  @Test(arguments: ["tutorial", "balanced-small", "noisy-wide", "three-informative"])
  func namedCases(name: String) throws {
    let reference = try ReferenceFile.json("synth/\(name).json")
    let data = try Dataset.synthetic(reference["arguments"])
    #expect(data.labelDigest == reference["y_sha256"]?.string)
    #expect(data.positives == reference["positives"]?.number.map { Int($0) })
    let head = try #require(reference["x_head"]?.rows)
    if reference["arguments"]?["n_informative"]?.number == 2 {
      #expect(data.featureDigest == reference["x_sha256"]?.string)
      #expect(data.subset(rows: Array(0..<8)).rowsOfFeatures == head)
    } else {
      #expect(distance(data.subset(rows: Array(0..<8)).rowsOfFeatures, head) < 1e-12)
    }

    let halves = try StratifiedSplit.trainTestSplit(labels: data.labels, testSize: 0.5, seed: 2)
    #expect(SHA256.hexadecimal(halves.train.littleEndianBytes) == reference["train_sha256"]?.string)
    #expect(SHA256.hexadecimal(halves.test.littleEndianBytes) == reference["val_sha256"]?.string)
  }

  @Test func randomCases() throws {
    let cases = try #require(try ReferenceFile.json("synth/random.json").array)
    #expect(cases.count > 40)
    for reference in cases {
      let data = try Dataset.synthetic(reference["arguments"])
      let comment = Comment(rawValue: "\(reference["arguments"] ?? .null)")
      #expect(data.labelDigest == reference["y_sha256"]?.string, comment)
      if let rows = reference["x"]?.rows {
        #expect(distance(data.rowsOfFeatures, rows) < 1e-12, comment)
      } else {
        #expect(data.featureDigest == reference["x_sha256"]?.string, comment)
      }
    }
  }

  @Test func tutorialsFirstAndLastRows() throws {
    let data = try Dataset.synthetic(rows: 10_000, majority: 0.99)
    #expect(data.featureNames == ["x1", "x2"])
    #expect(data.targetName == "y")
    #expect(data.features.map { $0[0] } == [-1.4137897768604646, -1.0943398635834847])
    #expect(data.features.map { $0[9999] } == [-0.506623587992935, -0.17107236984813867])
    #expect(data.positives == 100)
    let positives = data.labels.indices.filter { data.labels[$0] }
    #expect(positives.prefix(6) == [21, 57, 67, 97, 158, 392])
  }

  @Test func clustersShareOutWhatTruncationLeaves() {
    let recipe = SyntheticRecipe(
      rows: 10, majority: 0.9, features: 3, informative: 3, redundant: 0, clustersPerClass: 4,
      flip: 0, separation: 1)
    // int(10 * 0.9 / 4) = 2 and int(10 * 0.1 / 4) = 0, then one each from the first cluster.
    #expect(recipe.rowsPerCluster == [3, 1, 2, 0, 2, 0, 2, 0])
  }

  @Test(
    arguments: [
      ((0, 0.5, 2, 2, 0, 1, 0, 1), .tooFewRows(0)),
      ((10, 0.5, 0, 2, 0, 1, 0, 1), .tooFewFeatures(0)),
      ((10, 0.5, 2, 0, 0, 1, 0, 1), .noInformative(0)),
      ((10, 0.5, 2, 2, -1, 1, 0, 1), .badRedundant(-1)),
      ((10, 0.5, 2, 2, 0, 0, 0, 1), .noClusters(0)),
      ((10, 1.5, 2, 2, 0, 1, 0, 1), .badMajority(1.5)),
      ((10, 0.5, 2, 2, 0, 1, -0.1, 1), .badFlip(-0.1)),
      ((10, 0.5, 2, 2, 0, 1, 0, 0), .badSeparation(0)),
      ((10, 0.5, 2, 2, 0, 1, 0, .infinity), .badSeparation(.infinity)),
      ((10, 0.5, 3, 2, 2, 1, 0, 1), .featuresExceeded(informative: 2, redundant: 2, features: 3)),
      ((10, 0.5, 2, 1, 0, 2, 0, 1), .clustersExceeded(clusters: 2, informative: 1)),
      (
        (1 << 40, 0.5, 1 << 40, 2, 0, 1, 0, 1),
        .tooLarge(numbers: 0x1p80, limit: 1 << 30)
      ),
      (
        (10, 0.5, .max, .max, .max, .max, 0, 1),
        .tooLarge(numbers: 0x1p190, limit: 1 << 30)
      ),
    ] as [((Int, Double, Int, Int, Int, Int, Double, Double), SyntheticDataError)])
  func refuses(
    arguments: (Int, Double, Int, Int, Int, Int, Double, Double), error: SyntheticDataError
  ) {
    let (rows, majority, features, informative, redundant, clusters, flip, separation) = arguments
    #expect(throws: error) {
      try Dataset.synthetic(
        rows: rows, majority: majority, features: features, informative: informative,
        redundant: redundant, clusters: clusters, flip: flip, separation: separation)
    }
  }

  @Test func refusesSharesThatAreNoNumber() {
    #expect(throws: SyntheticDataError.self) {
      try Dataset.synthetic(rows: 10, majority: .nan)
    }
    #expect(throws: SyntheticDataError.self) {
      try Dataset.synthetic(rows: 10, majority: 0.5, flip: .nan)
    }
  }

  @Test func stopsWhenAsked() {
    var questions = 0
    #expect(throws: SyntheticDataError.cancelled) {
      try Dataset.synthetic(
        rows: 100_000, majority: 0.5,
        isCancelled: {
          questions += 1
          return questions > 3
        })
    }
    #expect(questions == 4)
  }
}

extension Dataset {
  /// Data from the arguments of `make_classification`.
  static func synthetic(_ arguments: JSON?) throws -> Dataset {
    func number(_ key: String) throws -> Double { try #require(arguments?[key]?.number) }
    return try synthetic(
      rows: Int(number("n_samples")), majority: #require(arguments?["weights"]?[0]?.number),
      features: Int(number("n_features")), informative: Int(number("n_informative")),
      redundant: Int(number("n_redundant")), clusters: Int(number("n_clusters_per_class")),
      flip: number("flip_y"), separation: number("class_sep"),
      seed: UInt32(number("random_state")))
  }

  var rowsOfFeatures: [[Double]] {
    labels.indices.map { row in features.map { $0[row] } }
  }

  fileprivate var featureDigest: String {
    SHA256.hexadecimal(rowsOfFeatures.joined().littleEndianBytes)
  }

  fileprivate var labelDigest: String {
    SHA256.hexadecimal(labels.map { $0 ? 1 : 0 as Int64 }.littleEndianBytes)
  }
}

extension JSON {
  /// Rows of numbers in hexadecimal digits.
  fileprivate var rows: [[Double]]? {
    array?.map { $0.array?.compactMap { $0.string.flatMap(Double.init) } ?? [] }
  }
}

/// The largest difference of two tables; infinite where they differ in shape.
private func distance(_ left: [[Double]], _ right: [[Double]]) -> Double {
  guard left.map(\.count) == right.map(\.count) else { return .infinity }
  return zip(left.joined(), right.joined()).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
}
