import NumberText
import TableIO
public import ThrModel
public import ThresholdEngine

/// The spread of both classes' scores as a value of the language.
public struct DistributionResult: LanguageObject {
  public static let typeName: ObjectType.Name = "distribution"

  public let content: ScoreDistribution

  init(_ content: ScoreDistribution) { self.content = content }
}

extension ObjectType {
  static let distribution = ObjectType(
    DistributionResult.self, "Histogram of the scores of both classes, in bins of equal width.",
    members: [
      MemberOf("bins", .count, column: true, "Number of bins.") {
        $0.content.positives.count
      },
      MemberOf("edges", .threshold, "The edges of the bins, one more than there are bins.") {
        $0.content.edges
      },
      MemberOf("positives", .count, "Number or total weight of the positives in each bin.") {
        $0.content.positives
      },
      MemberOf("negatives", .count, "Number or total weight of the negatives in each bin.") {
        $0.content.negatives
      },
      MemberOf(
        "positive_density", .metric, "Density of the positives: their share per unit of score."
      ) {
        $0.content.positiveDensities
      },
      MemberOf(
        "negative_density", .metric, "Density of the negatives: their share per unit of score."
      ) {
        $0.content.negativeDensities
      },
    ], hint: { "distribution in \(counted($0.content.positives.count, "bin"))" }, line: { $0.line },
    text: { distribution, surface in
      guard let figure = try? distribution.figure(PlotOptions()) else { return distribution.line }
      return figure.text(on: surface)
    })
}

extension DistributionResult {
  fileprivate var line: String {
    "distribution of \(content.allPositives.countText) positives and "
      + "\(content.allNegatives.countText) negatives in \(counted(content.positives.count, "bin"))"
  }
}

extension DistributionResult: Tabular {
  static let tableSummary: String? = "The distribution, a row for each bin."

  var table: Table {
    get throws(CallError) {
      try Table(named: [
        Column("lower", numbers: Array(content.edges.dropLast())),
        Column("upper", numbers: Array(content.edges.dropFirst())),
        Column("positives", numbers: content.positives),
        Column("negatives", numbers: content.negatives),
      ])
    }
  }
}
