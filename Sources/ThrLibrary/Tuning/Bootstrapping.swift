import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let confidence = Builtin(
    "confidence", .tuning, "How sure a tuning is: intervals by the bootstrap.",
    documentation: """
      Each sample draws as many positives as there are, with replacement, and as many negatives, and
      asks the tuning's question again. Where the thresholds fall says how far to trust it; the
      rows that a sample leaves out judge its threshold as new rows would, which is less than the
      value on the rows that chose it. The gain is over the tuning's default.

      Intervals hold the middle `level` of the samples (percentiles). The same seed draws the same
      samples. `tune(…, bootstrap=1000)` does this at once.
      """,
    effect: .draws,
    example: """
      s = scores([0.1, 0.3, 0.4, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
      confidence(tune(s, f1), samples=200).interval
      """, elsewhere: ["bootstrap"],
    Form(
      Parameter<TuningResult>("tuning", "The tuning."),
      Parameter("samples", in: 1...1_000_000, default: 1_000, "How many samples are drawn."),
      Parameter(
        "level", in: 0.001...0.999, default: 0.9, unit: "share",
        "The share of samples within an interval."),
      Parameter("seed", in: 0...9_007_199_254_740_992, default: 1, "What the draws begin with.")
    ) { context, tuning, samples, level, seed in
      try tuning.confidence(samples: samples, level: level, seed: seed, context)
    })
}

extension TuningResult {
  /// Asks the tuning's question of samples drawn from its rows.
  func confidence(
    samples: Int, level: Double = 0.9, seed: Int = 1, _ context: CallContext
  ) throws -> ConfidenceResult {
    let scores = try source.scores()
    do throws(BootstrapError) {
      let confidence = try bootstrap(
        scores.content, content, samples: samples, level: level, seed: UInt64(seed),
        isCancelled: context.isCancelled
      ) { context.progress(Progress("drawing samples", fraction: $0)) }
      return ConfidenceResult(confidence, of: content)
    } catch {
      switch error {
      case .cancelled: throw ThrModel.Cancelled()
      case .tuning(let error): throw CallError(error)
      case .undecided: throw CallError.undecided
      }
    }
  }
}

extension Parameter<Int?> {
  static var bootstrap: Self {
    Parameter(
      "bootstrap", in: 1...1_000_000, unit: "samples",
      "Draws so many samples from the rows to tell how sure the threshold is.")
  }
}

extension CallError {
  fileprivate static let undecided = CallError(
    .undefinedEverywhere, "no sample of the rows allowed a choice",
    remedy: "there are too few rows, or the constraint is met by chance", parameter: "tuning")
}
