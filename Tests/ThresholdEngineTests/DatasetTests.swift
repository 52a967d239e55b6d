import Testing
import ThresholdEngine

@Suite struct DatasetTests {
  @Test(
    arguments: [
      ([], [], [true], .noFeatures),
      (["a"], [[1], [2]], [true], .unequalNames(names: 1, features: 2)),
      (["a", "a"], [[1], [2]], [true], .repeatedName("a")),
      (
        ["a", "b"], [[1], [2, 3]], [true],
        .unequalLengths(feature: "b", values: 2, labels: 1)
      ),
      (
        ["a", "b"], [[1, 2, 3], [2, -.infinity, .infinity]], [true, false, true],
        .notFinite(feature: "b", row: 1, value: -.infinity)
      ),
    ] as [([String], [[Double]], [Bool], DatasetError)])
  func refuses(names: [String], features: [[Double]], labels: [Bool], error: DatasetError) {
    #expect(throws: error) {
      try Dataset(featureNames: names, features: features, labels: labels)
    }
  }

  @Test func refusesNumbersThatAreNone() {
    #expect(throws: DatasetError.self) {
      try Dataset(featureNames: ["a"], features: [[1, .nan]], labels: [true, false])
    }
  }

  @Test func subsetsKeepTheOrderAskedFor() throws {
    let data = try Dataset(
      featureNames: ["a", "b"], features: [[1, 2, 3], [4, 5, 6]], labels: [true, false, false],
      targetName: "t")
    let subset = data.subset(rows: [2, 0, 0])
    #expect(subset.features == [[3, 1, 1], [6, 4, 4]])
    #expect(subset.labels == [false, true, true])
    #expect(subset.targetName == "t")
    #expect(subset.positives == 2)
    #expect(data.prevalence == 1.0 / 3)
    #expect(data.subset(rows: []).prevalence == nil)
  }
}
