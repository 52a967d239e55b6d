import JSONText
import TestSupport
import Testing
import ThresholdEngine

/// scikit-learn's `train_test_split`, from scripts/fixtures/make_splits.py.
@Suite struct StratifiedSplitTests {
  @Test func likeScikitLearn() throws {
    let cases = try #require(try ReferenceFile.json("splits.json").array)
    #expect(cases.count > 60)
    for reference in cases {
      let comment = Comment(rawValue: "\(reference)")
      guard let parts = reference["parts"]?.array else {
        #expect(throws: SplitError.self, comment) { try split(reference) }
        continue
      }
      let found = try split(reference)
      for (rows, part) in zip(found, parts) {
        #expect(Double(rows.count) == part["rows"]?.number, comment)
        #expect(rows.prefix(5).map { Double($0) } == part["head"]?.numbers, comment)
        #expect(SHA256.hexadecimal(rows.littleEndianBytes) == part["sha256"]?.string, comment)
      }
    }
  }

  private func split(_ reference: JSON) throws -> [[Int]] {
    func number(_ key: String) throws -> Double { try #require(reference[key]?.number) }
    let limit = try number("prevalence") * 0x1p32
    let labels = try (0..<Int(number("rows"))).map {
      Double(UInt64($0) * 2_654_435_761 % 0x1_0000_0000) < limit
    }
    #expect(Double(labels.count { $0 }) == reference["positives"]?.number)
    let shares = try #require(reference["shares"]?.numbers.compactMap { $0 })
    return try StratifiedSplit.parts(
      rows: labels.count, labels: labels, shares: shares, seed: UInt32(number("seed")))
  }

  private static let labels = [false, true, false, true, false, false, true, false]

  @Test(
    arguments: [
      (labels, 0.0, .badShare(0)), (labels, 1, .badShare(1)), (labels, -0.5, .badShare(-0.5)),
      ([false, true, false, false], 0.5, .classTooSmall(label: true, rows: 1)),
      ([true, true, false], 0.5, .classTooSmall(label: false, rows: 1)),
      (labels, 0.01, .tooFewRows(8, train: 7, test: 1)),
      (labels, 0.9, .tooFewRows(8, train: 0, test: 8)),
      ([], 0.5, .tooFewRows(0, train: 0, test: 0)),
    ] as [([Bool], Double, SplitError)])
  func refuses(labels: [Bool], testSize: Double, error: SplitError) {
    #expect(throws: error) {
      try StratifiedSplit.trainTestSplit(labels: labels, testSize: testSize)
    }
  }

  @Test(
    arguments: [
      (0.6, 0.6, 0.2, .sharesNotWhole(sum: 0.6 + 0.6 + 0.2)), (1.2, -0.2, 0, .badShare(1.2)),
    ] as [(Double, Double, Double, SplitError)])
  func refusesShares(train: Double, validation: Double, test: Double, error: SplitError) {
    #expect(throws: error) {
      try StratifiedSplit.parts(
        rows: 8, labels: Self.labels, shares: [train, validation, test])
    }
  }

  @Test func refusesSharesThatAreNoNumber() {
    #expect(throws: SplitError.self) {
      try StratifiedSplit.trainTestSplit(labels: Self.labels, testSize: .nan)
    }
    #expect(throws: SplitError.self) {
      try StratifiedSplit.parts(rows: 8, labels: Self.labels, shares: [0.5, .nan, 0.5])
    }
  }

  @Test func partsHoldEveryRowOnce() throws {
    let labels = (0..<500).map { $0 % 7 == 0 }
    let third = 1.0 / 3
    let parts = try StratifiedSplit.parts(
      rows: 500, labels: labels, shares: [third, third, third])
    #expect(parts.flatMap { $0 }.sorted() == Array(0..<500))
    let four = try StratifiedSplit.parts(
      rows: 500, labels: nil, shares: [0.25, 0.25, 0.25, 0.25])
    #expect(four.map(\.count) == [125, 125, 125, 125])
    #expect(four.flatMap { $0 }.sorted() == Array(0..<500))
    let all = try StratifiedSplit.parts(rows: 500, labels: labels, shares: [1, 0, 0])
    #expect(all[0] == Array(0..<500))
  }

  /// `train_test_split(range(10), test_size=0.3, random_state=2)` and
  /// `train_test_split(range(7), test_size=0.25, random_state=0)` of scikit-learn.
  @Test func withoutClasses() throws {
    let ten = try ShuffledSplit.trainTestSplit(rows: 10, testSize: 0.3)
    #expect(ten.train == [0, 7, 2, 3, 6, 9, 8])
    #expect(ten.test == [4, 1, 5])
    let seven = try ShuffledSplit.trainTestSplit(rows: 7, testSize: 0.25, seed: 0)
    #expect(seven.train == [1, 3, 0, 5, 4])
    #expect(seven.test == [6, 2])
  }
}
