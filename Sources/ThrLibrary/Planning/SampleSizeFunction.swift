import NumberText
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let sampleSize = Builtin(
    "sample_size", .tuning, "The number of labelled rows that a guarantee needs.",
    documentation: """
      `tune(…, guarantee = recall >= 90%)` needs at least 22 positives for a confidence of 90 %: with
      fewer, even a threshold below all of them does not reach it. `sample_size` computes that number
      beforehand, exactly, by the binomial distribution. `rows` is the number of rows of the
      population that contain this number of positives with probability `level`.

      With the minimum, the threshold is the lowest positive score, so it is very cautious and flags
      many rows. `caution` shows how that changes with more rows: `expected` is the expected value
      of the metric on new rows, averaged over samples. `sample_size(recall >= 90%, expected=93%)`
      asks for the fewest rows with which it is at most 93 %.

      For precision and npv, the number of rows depends on how many are flagged (`flag_rate=`) and on
      how good the flags are (`expected=`). By default all positives are flagged and all flags are
      right, which gives the minimum. The formulas are those of `guarantee=`; rows are independent and labels are correct.
      """,
    example: "sample_size(recall >= 90%, prevalence=2%).rows",
    foreignNames: ["power", "n_required", "power_prop_test"],
    Form(
      Parameter<Constraint>("constraint", "The condition on new rows, such as `recall >= 90%`."),
      .level, .populationPrevalence,
      Parameter<Double?>(
        "expected", in: 0...1, unit: "share",
        "Mean of the metric on new rows to plan for; the nearer to the limit, the more rows."),
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
      "Prevalence: the share of positives where the threshold will be used.")
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
        "`\(clause.constraint)` needs `prevalence`, as rare positives take more rows",
        remedy: "add the share of positives: `prevalence=2%`", parameter: "prevalence")
    case .expectedOfSeveral:
      self.init(
        .unsuitableArgument,
        "`expected` is the value of one metric, and there are several conditions",
        remedy: "plan each condition by itself, or remove `expected`", parameter: "expected")
    case .expectedBeyondLimit(let clause):
      self.init(
        .unsuitableArgument,
        "`expected` must be better than the limit of `\(clause.constraint)`",
        remedy: "a value nearer to the limit takes more rows, and none reaches it",
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
        .unsuitableArgument, "that needs more rows than can be computed",
        remedy: "weaken the condition", parameter: "constraint")
    case .cancelled: self.init(.unsuitableArgument, "cancelled")
    }
  }
}
