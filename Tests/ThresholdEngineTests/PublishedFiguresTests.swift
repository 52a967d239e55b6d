import Testing
import ThresholdEngine

/// The figures that cutpointr 1.1.2 gives on the data set of its vignette.
///
/// 532 people, their DSI-SS score, and who attempted suicide (von Glischinski et al. 2016).
@Suite struct PublishedFiguresTests {
  private struct Person {
    var gender: Substring
    var score: Double
    var attempted: Bool
  }

  private let people: [Person]

  init() throws {
    people = try ReferenceFile.text("suicide.csv").split(separator: "\n").dropFirst().map { line in
      let fields = line.filter { $0 != "\"" }.split(separator: ",")
      return Person(
        gender: fields[1], score: try #require(Double(fields[2])), attempted: fields[3] == "yes")
    }
    try #require(people.count == 532)
  }

  private func scores(_ people: [Person]) throws -> Scores {
    try Scores(values: people.map(\.score), labels: people.map(\.attempted))
  }

  @Test func allPeople() throws {
    let scores = try scores(people)
    let tuning = try tune(scores, .recall + .specificity)
    #expect(scores.positives == 36)
    #expect(tuning.threshold == 2)
    #expect(abs(tuning.value - 1.751792) < 5e-7)
    let evaluation = evaluate(scores, at: tuning.outcome)
    for (metric, expected) in [
      (Metric.accuracy, 0.8646617), (.recall, 0.8888889), (.specificity, 0.8629032),
    ] {
      #expect(abs((evaluation.value(of: metric) ?? 0) - expected) < 5e-8)
    }
    #expect(abs((try auc(scores) ?? 0) - 0.9237791) < 5e-8)
  }

  @Test(arguments: [("female", 2.0), ("male", 3.0)])
  func byGender(gender: String, cutpoint: Double) throws {
    let scores = try scores(people.filter { $0.gender == gender })
    #expect(try tune(scores, .youden).threshold == cutpoint)
  }
}
