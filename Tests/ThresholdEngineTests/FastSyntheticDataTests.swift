import CKernels
import Glibc
import Testing

@testable import ThresholdEngine

/// Synthetic data of the fast generator: the distribution that the recipe says.
@Suite struct FastSyntheticDataTests {
  private func drawn(
    rows: Int = 20_000, majority: Double = 0.7, features: Int = 6, informative: Int = 2,
    redundant: Int = 1, clusters: Int = 1, flip: Double = 0, seed: UInt32 = 4, threads: Int = 2
  ) throws -> Dataset {
    try Dataset.synthetic(
      rows: rows, majority: majority, features: features, informative: informative,
      redundant: redundant, clusters: clusters, flip: flip, seed: seed, generator: .fast,
      threads: threads)
  }

  @Test(arguments: [(20_000, 1, 0.0), (9_001, 2, 0.1), (17, 1, 0.5), (1, 1, 0)])
  func sameNumbersOnAnyNumberOfThreads(rows: Int, clusters: Int, flip: Double) throws {
    let one = try drawn(rows: rows, clusters: clusters, flip: flip, threads: 1)
    #expect(one.rows == rows)
    #expect(one.features.allSatisfy { $0.count == rows && $0.firstNotFinite == nil })
    for threads in [2, 5] {
      #expect(try drawn(rows: rows, clusters: clusters, flip: flip, threads: threads) == one)
    }
    #expect(try rows < 10 || drawn(rows: rows, clusters: clusters, flip: flip, seed: 5) != one)
  }

  @Test(arguments: [0.5, 0.7, 0.99, 1]) func classesHaveTheRowsThatNumPysHave(majority: Double)
    throws
  {
    for (rows, clusters) in [(20_000, 1), (8_195, 2), (10, 1)] {
      let exact = try Dataset.synthetic(rows: rows, majority: majority, clusters: clusters)
      let fast = try drawn(rows: rows, majority: majority, redundant: 0, clusters: clusters)
      #expect(fast.positives == exact.positives)
    }
  }

  /// Rows of a class are spread evenly: the runs of Wald and Wolfowitz (1940).
  @Test func labelsAreInRandomOrder() throws {
    let data = try drawn(rows: 100_000)
    let runs = 1 + zip(data.labels, data.labels.dropFirst()).count { $0 != $1 }
    let (n, p) = (Double(data.rows), Double(data.positives))
    let mean = 1 + 2 * p * (n - p) / n
    let deviation = ((mean - 1) * (mean - 2) / (n - 1)).squareRoot()
    #expect(abs(Double(runs) - mean) < 4 * deviation)
    // Within a lot, and from lot to lot.
    for start in stride(from: 0, to: data.rows, by: 10_000) {
      let share = Double(data.labels[start..<start + 10_000].count { $0 }) / 10_000
      #expect(abs(share - 0.3) < 4.5 * (0.21 / 10_000).squareRoot())
    }
  }

  @Test func flippedLabelsAreHalfWrong() throws {
    let data = try drawn(rows: 50_000, majority: 1, flip: 0.2)
    // One in five gets a random label, half of which are positive.
    #expect(abs(Double(data.positives) / 50_000 - 0.1) < 4 * (0.09 / 50_000).squareRoot())
  }

  /// Noise is normal and independent; each class lies about its centre.
  @Test func featuresHaveTheirDistribution() throws {
    let data = try drawn(rows: 40_000, majority: 0.5)
    var random = RandomState(seed: 4)
    _ = random.hypercubeCorners(2, dimensions: 2)
    let factors = (0..<8).map { _ in 2 * random.double() - 1 }
    let redundant = (0..<2).map { _ in 2 * random.double() - 1 }
    let places = random.permutation(6)
    let columns = (0..<6).map { number in
      data.features[places.firstIndex(of: number) ?? 0]
    }
    for noise in columns[3...] {
      #expect(kolmogorovSmirnov(noise) < 1.95 / 200)
      for other in columns where other != noise {
        #expect(abs(correlation(noise, other)) < 4.5 / 200)
      }
    }
    for label in [false, true] {
      let rows = data.labels.indices.filter { data.labels[$0] == label }
      let features = columns.prefix(2).map { column in rows.map { column[$0] } }
      let matrix = factors[(label ? 4 : 0)..<(label ? 8 : 4)].map { $0 }
      for feature in 0..<2 {
        let (a, b) = (matrix[feature], matrix[2 + feature])
        let deviation = (a * a + b * b).squareRoot()
        let centre = features[feature].reduce(0, +) / Double(rows.count)
        // Corners of the square of side 2 round 0.
        #expect(abs(abs(centre) - 1) < 4.5 * deviation / Double(rows.count).squareRoot())
        let scaled = features[feature].map { ($0 - centre.rounded()) / deviation }
        #expect(kolmogorovSmirnov(scaled) < 1.95 / Double(rows.count).squareRoot())
      }
    }
    for row in 0..<100 {
      let sum = columns[0][row] * redundant[0] + columns[1][row] * redundant[1]
      #expect(abs(columns[2][row] - sum) < 1e-14)
    }
  }

  @Test func refusesAndStopsAsNumPys() throws {
    #expect(throws: SyntheticDataError.badFlip(2)) { try drawn(flip: 2) }
    var questions = 0
    #expect(throws: SyntheticDataError.cancelled) {
      try Dataset.synthetic(
        rows: 100_000, majority: 0.5, generator: .fast,
        isCancelled: {
          questions += 1
          return questions > 3
        })
    }
    #expect(questions == 4)
  }

  /// Many clusters of few rows, of which some have one or none.
  @Test func clustersOfFewRows() throws {
    let data = try drawn(
      rows: 1_000, majority: 0.99, features: 12, informative: 10, redundant: 2, clusters: 200)
    let exact = try Dataset.synthetic(
      rows: 1_000, majority: 0.99, features: 12, informative: 10, redundant: 2, clusters: 200)
    #expect(data.positives == exact.positives)
    #expect(data.features.allSatisfy { $0.firstNotFinite == nil })
  }
}

/// The generator and the normals themselves.
@Suite struct FastNormalsTests {
  /// xoshiro256++ as its authors define it, one lane at a time.
  @Test func wordsOfEveryLane() {
    var lanes = thr_lanes(DrawStream(seed: 7, number: 3))
    var stream = DrawStream(seed: 7, number: 3)
    var states = (0..<8).map { _ in [UInt64]() }
    for _ in 0..<4 { for lane in 0..<8 { states[lane].append(stream.next()) } }
    for steps in [20, 30] {
      var words = [UInt64](repeating: 0, count: 8 * steps)
      thr_lanes_words(&lanes, steps, &words)
      for step in 0..<steps {
        for lane in 0..<8 { #expect(words[8 * step + lane] == next(&states[lane])) }
      }
    }
  }

  private func next(_ s: inout [UInt64]) -> UInt64 {
    func rotated(_ word: UInt64, _ by: UInt64) -> UInt64 { word << by | word >> (64 - by) }
    let result = rotated(s[0] &+ s[3], 23) &+ s[0]
    let shifted = s[1] << 17
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = rotated(s[3], 45)
    return result
  }

  /// Box and Muller's formula by the C library, of the same words.
  @Test func normalsOfTheirWords() {
    var lanes = thr_lanes(DrawStream(seed: 1, number: 0))
    var copy = lanes
    var words = [UInt64](repeating: 0, count: 16 * 500)
    var normals = [Double](repeating: 0, count: 16 * 500)
    thr_lanes_words(&copy, 1_000, &words)
    thr_lanes_normals(&lanes, 500, &normals)
    for step in 0..<500 {
      for lane in 0..<8 {
        let (first, second) = (words[16 * step + lane], words[16 * step + 8 + lane])
        let radius = (-2 * log((Double(first >> 12) + 0.5) * 0x1p-52)).squareRoot()
        let angle = ((Double(second >> 12) + 0.5) * 0x1p-52 - 0.5) * .pi / 2
        let ahead = radius * cos(angle) * (second & 1 == 1 ? -1 : 1)
        let aside = radius * sin(angle)
        let swaps = second >> 1 & 1 == 1
        let (x, y) = (normals[16 * step + lane], normals[16 * step + 8 + lane])
        #expect(abs(x - (swaps ? aside : ahead)) <= 6 * x.ulp)
        #expect(abs(y - (swaps ? ahead : aside)) <= 6 * y.ulp)
      }
    }
  }

  @Test func momentsAndDistribution() {
    var lanes = thr_lanes(DrawStream(seed: 11, number: 0))
    let count = 160_000
    var normals = [Double](repeating: 0, count: count)
    thr_lanes_normals(&lanes, count / 16, &normals)
    let n = Double(count)
    // The moments 0, 1, 0, 3, 0, 15 with the variances 1, 2, 15, 96, 945, 10170 of one draw.
    let expected: [(Double, Double)] = [(0, 1), (1, 2), (0, 15), (3, 96), (0, 945), (15, 10_170)]
    for (power, (moment, variance)) in expected.enumerated() {
      let mean = normals.reduce(0) { $0 + pow($1, Double(power + 1)) } / n
      #expect(abs(mean - moment) < 4 * (variance / n).squareRoot())
    }
    #expect(kolmogorovSmirnov(normals) < 1.95 / n.squareRoot())
    // Neither neighbours, nor partners of a pair, nor their squares go together.
    for lag in [1, 8, 16] {
      let (early, late) = (Array(normals.dropLast(lag)), Array(normals.dropFirst(lag)))
      #expect(abs(correlation(early, late)) < 4 / n.squareRoot())
      #expect(abs(correlation(early.map { $0 * $0 }, late.map { $0 * $0 })) < 4 / n.squareRoot())
    }
  }

  @Test func streamsAreIndependent() {
    let streams = [(0, 0), (0, 1), (0, 2), (1, 0), (UInt64.max, 0)].map { seed, number in
      var lanes = thr_lanes(DrawStream(seed: seed, number: number))
      var normals = [Double](repeating: 0, count: 16_000)
      thr_lanes_normals(&lanes, 1_000, &normals)
      return normals
    }
    for (index, one) in streams.enumerated() {
      for other in streams[(index + 1)...] {
        #expect(abs(correlation(one, other)) < 4.5 / 16_000.0.squareRoot())
      }
    }
  }
}

/// The largest distance of the values' distribution from the normal one.
private func kolmogorovSmirnov(_ values: [Double]) -> Double {
  let count = Double(values.count)
  return values.sorted().enumerated().reduce(0) { largest, next in
    let below = erfc(-next.element / 2.0.squareRoot()) / 2
    let rank = Double(next.offset)
    return max(largest, below - rank / count, (rank + 1) / count - below)
  }
}

private func correlation(_ left: [Double], _ right: [Double]) -> Double {
  let count = Double(left.count)
  let (meanL, meanR) = (left.reduce(0, +) / count, right.reduce(0, +) / count)
  var (both, l, r) = (0.0, 0.0, 0.0)
  for (a, b) in zip(left, right) {
    both += (a - meanL) * (b - meanR)
    l += (a - meanL) * (a - meanL)
    r += (b - meanR) * (b - meanR)
  }
  return both / (l * r).squareRoot()
}
