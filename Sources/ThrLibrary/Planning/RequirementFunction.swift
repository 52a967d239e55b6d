import Drawing
import NumberText
import TableIO
public import ThrModel
import ThrSyntax
public import ThresholdEngine

extension Builtin {
  static let requirement = Builtin(
    "requirement", .tuning,
    "The highest false positive rate that meets a condition, at each recall.",
    documentation: """
      How good scores have to be, computed before there are any: if positives are rare, even a low
      false positive rate gives far more false alarms than hits. The ROC curve must have a
      point on or above the curve that `requirement(precision >= 50%, prevalence=0.1%)` gives. For
      precision of at least *p* at prevalence *q* it is
      `fpr <= recall * q * (1 - p) / ((1 - q) * p)`.

      The condition compares rates, which recall, false positive rate and prevalence determine.
      """,
    example: "requirement(precision >= 50%, prevalence=1%).fpr[100]",
    Form(
      Parameter<Constraint>("constraint", "The condition, such as `precision >= 50%`."),
      Parameter<Double>(
        "prevalence", in: 0...1, excludingLowerBound: true, unit: "share",
        "Prevalence: the share of positives where the threshold will be used, below 1.")
    ) { _, constraint, prevalence in
      guard prevalence < 1 else { throw CallError.noNegatives }
      try constraint.demands.refuseSearched()
      do throws(RequirementError) {
        return RequirementResult(try Requirement(constraint, prevalence: prevalence))
      } catch { throw CallError(error) }
    })
}

extension CallError {
  fileprivate static let noNegatives = CallError(
    .outOfRange, "`prevalence` must be below 1: without negatives there is no false positive rate",
    parameter: "prevalence")

  fileprivate init(_ error: RequirementError) {
    switch error {
    case .total(let metric):
      self.init(
        .unsuitableArgument, "`\(metric)` is a total, which depends on the number of rows",
        remedy: "use a rate, such as `flag_rate <= 2%`", parameter: "constraint")
    case .byRows:
      self.init(
        .unsuitableArgument,
        "a metric by column or group depends on more than recall and false positive rate",
        remedy: "use a metric of counts, such as `precision >= 50%`", parameter: "constraint")
    }
  }
}

/// What a condition leaves of false alarms, as a value of the language.
public struct RequirementResult: LanguageObject {
  public static let typeName: ObjectType.Name = "requirement"

  public let content: Requirement

  init(_ content: Requirement) { self.content = content }
}

extension ObjectType {
  static let requirement = ObjectType(
    RequirementResult.self,
    "The highest false positive rate that meets a condition, at each recall.",
    members: [
      MemberOf("constraint", column: true, "The condition.") { $0.content.constraint },
      MemberOf("prevalence", .metric, column: true, "The share of rows that are positive.") {
        $0.content.prevalence
      },
      MemberOf("recall", "Recall, from 0 to 1 in steps of 1 %.") { $0.content.recall },
      MemberOf(
        "fpr",
        "The highest false positive rate at each recall; none where no rate meets the condition."
      ) { $0.content.falsePositiveRate },
    ], hint: { $0.line }, line: { "requirement: \($0.line)" },
    text: { requirement, surface in
      guard let figure = try? requirement.figure(PlotOptions()) else { return requirement.line }
      return requirement.line + "\n\n" + figure.text(on: surface.shorter(by: 2))
    })
}

extension RequirementResult {
  /// “precision >= 0.5, fpr at most 0.00101 at recall 1”.
  fileprivate var line: String {
    let constraint = content.constraint.description
    guard let rate = content.falsePositiveRate.last ?? nil else {
      return "\(constraint), never at recall 1"
    }
    return "\(constraint), fpr at most \(rate.significantText(digits: 3)) at recall 1"
  }
}

extension RequirementResult: Tabular {
  static let tableSummary: String? = "What a condition requires, in the columns recall and fpr."

  var table: Table {
    get throws(CallError) {
      try Table(named: [
        Column("recall", numbers: content.recall),
        Column("fpr", numbers: content.falsePositiveRate.map { $0 ?? .nan }),
      ])
    }
  }
}

extension RequirementResult: Drawable {
  static let plotSummary = "A requirement: recall against the highest false positive rate."
  static var takesMarks: Bool { false }

  func figure(_ options: PlotOptions) throws(CallError) -> Figure {
    let highest = content.falsePositiveRate.compactMap { $0 }.max() ?? 1
    var figure = Figure(
      title: "What \(content.constraint) requires at prevalence \(percentText(content.prevalence))",
      xAxis: Figure.Axis("highest false positive rate", range: 0...max(highest, 1e-12)),
      yAxis: Figure.Axis("recall", range: 0...1))
    figure.series = [
      Figure.Series(
        .line, name: "", x: content.falsePositiveRate.map { $0 ?? .nan }, y: content.recall)
    ]
    return options.applied(to: figure)
  }
}
