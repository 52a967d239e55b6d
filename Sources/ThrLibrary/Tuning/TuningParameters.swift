import ThrModel
import ThresholdEngine

// The parameters of `tune`, of which other functions take some.

extension Parameter<Metric> {
  static var metric: Self {
    Parameter(
      "metric", kind: .objective(goal: "goal", constraints: ["where", "guarantee"]),
      "The metric to optimise, or arithmetic on metrics.")
  }
}

extension Parameter<Constraint?> {
  static var constraint: Self {
    Parameter("where", "The constraint, such as `precision >= 0.9 and flag_rate <= 2%`.")
  }
}

extension Parameter<Double?> {
  static var step: Self {
    Parameter(
      "step", in: 0...(.infinity), excludingLowerBound: true, unit: "score",
      "Step of a grid to search instead of every score.")
  }

  static var from: Self {
    Parameter("from", unit: "score", "First threshold of the grid, by default 0; needs `step`.")
  }

  static var to: Self {
    Parameter(
      "to", unit: "score", "End of the grid, excluded, by default 1; needs `step`.")
  }

  static var standard: Self {
    Parameter(
      "default", unit: "score",
      "The threshold to compare with; by default 0.5 if all scores are between 0 and 1.")
  }
}

extension Parameter<Bool> {
  static var midpoint: Self {
    Parameter(
      "midpoint", default: false,
      "Takes the middle of the plateau, halfway between two scores, instead of a score itself.")
  }
}

extension Parameter<String> {
  static var infeasible: Self {
    Parameter(
      "infeasible", default: Infeasible.error.rawValue, words: Infeasible.allCases.map(\.rawValue),
      "What to do if no threshold meets the constraint.")
  }
}

extension Parameter<String?> {
  static var ties: Self {
    Parameter(
      "ties", words: Ties.allCases.map(\.rawValue),
      "Which of equally good thresholds wins; by default the highest, on a grid the lowest.")
  }

  static var goal: Self {
    Parameter(
      "goal", words: Direction.allCases.map(\.rawValue),
      "Whether to maximise or minimise the metric; by default its own direction.")
  }
}
