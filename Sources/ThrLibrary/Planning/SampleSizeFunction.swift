import NumberText
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let sampleSize = Builtin(
    "sample_size", .tuning, "How many labelled rows a guarantee takes.",
    documentation: """
      `tune(…, guarantee = recall >= 90%)` needs at least 22 positives to be 90 % sure: with fewer,
      even a threshold below all of them is not sure enough. `sample_size` computes that number
      beforehand, exactly, by the binomial distribution. `rows` are so many rows of the population
      that this number of positives is among them with probability `level`.

      With the least number the lowest positive score decides, so the threshold is very cautious
      and flags much. `caution` shows how that changes with more rows: `expected` is the metric on
      new rows on average, over the rows that may be drawn. `expected=` asks for the number of rows
      from which on that average is at most so cautious: `sample_size(recall >= 90%, expected=93%)`.

      For precision and npv, the rows depend on how many are flagged (`flag_rate=`) and on how good
      the flags are (`expected=`). By default all positives are flagged, and all flags are right: the
      least. The formulas are those of `guarantee=`; rows are independent and labels are correct.
      """,
    example: "sample_size(recall >= 90%, prevalence=2%).rows",
    foreignNames: ["power", "n_required", "power_prop_test"],
    Form(
      Parameter<Constraint>("constraint", "What is to hold on new rows, such as `recall >= 90%`."),
      .level, .populationPrevalence,
      Parameter<Double?>(
        "expected", in: 0...1, unit: "share",
        "Value of the metric on new rows: so many rows that the threshold is no more cautious."),
      Parameter<Double?>(
        "flag_rate", in: 0...1, unit: "share",
        "Share of rows that the threshold flags, for precision and npv.")
    ) { context, constraint, level, prevalence, expected, flagRate in
      try PlanResult(
        constraint, level: level,
        SampledPopulation(prevalence: prevalence, flagRate: flagRate), expected: expected, context)
    })
}

extension Parameter<Double?> {
  fileprivate static var populationPrevalence: Self {
    Parameter(
      "prevalence", in: 0.000001...0.999999, unit: "share",
      "The share of positives in the population that is meant.")
  }
}

extension PlanResult {
  fileprivate init(
    _ constraint: Constraint, level: Double, _ population: SampledPopulation, expected: Double?,
    _ context: CallContext
  ) throws {
    let guarantee: Guarantee
    do throws(GuaranteeError) {
      guarantee = try Guarantee(constraint, level: level)
    } catch { throw CallError(error, parameter: "constraint") }
    if population.flagRate != nil, guarantee.clauses.allSatisfy(\.isShare) {
      throw CallError.uselessFlagRate
    }
    do throws(SampleSizeError) {
      content = try SampleSize(
        guarantee, in: population, expected: expected, isCancelled: context.isCancelled)
      caution = try content.caution(population, context.isCancelled)
    } catch { throw CallError(error) }
    self.population = population
  }
}

extension SampleSize {
  /// The least numbers, and of one clause what more rows change.
  fileprivate func caution(
    _ population: SampledPopulation, _ isCancelled: @escaping () -> Bool
  ) throws(SampleSizeError) -> [SampleNeed] {
    guard needs.count == 1 else { return needs }
    return try needs
      + alternatives(to: needs[0], in: population, isCancelled: isCancelled)
  }
}

extension CallError {
  fileprivate static let uselessFlagRate = CallError(
    .unsuitableArgument, "`flag_rate` only matters for precision and npv",
    remedy: "remove it", parameter: "flag_rate")

  fileprivate init(_ error: SampleSizeError) {
    switch error {
    case .needsPrevalence(let clause):
      self.init(
        .missingArgument,
        "`\(clause.constraint)` takes more rows the rarer positives are, so it needs `prevalence`",
        remedy: "add the share of positives: `prevalence=2%`", parameter: "prevalence")
    case .expectedOfSeveral:
      self.init(
        .unsuitableArgument, "`expected` is the value of one metric, and here are several",
        remedy: "plan each condition by itself, or remove `expected`", parameter: "expected")
    case .expectedBeyondLimit(let clause):
      self.init(
        .unsuitableArgument,
        "`expected` must be better than the limit of `\(clause.constraint)`, as the threshold is "
          + "chosen cautiously", remedy: "the nearer to the limit, the more rows it takes",
        parameter: "expected")
    case .tooManyRight(let clause, let most):
      self.init(
        .unsuitableArgument,
        "with this `flag_rate` and `expected` value of \(clause.metric), more rows would be "
          + "decided correctly than there are",
        remedy: "`flag_rate` can be \(clause.metric == .npv ? "no less than" : "at most") "
          + percentText(most), parameter: "flag_rate")
    case .tooMany:
      self.init(
        .unsuitableArgument, "that takes more rows than can be counted here",
        remedy: "weaken the condition", parameter: "constraint")
    case .cancelled: self.init(.unsuitableArgument, "cancelled")
    }
  }
}
