import Glibc
import ThresholdEngine

/// One question asked of many sets of rows: how often its intervals contain the truth.
struct Study {
  let name: String
  let population: Population
  let positives: Int
  let metric: Metric
  /// The same metric with the mean of every column, for the truth.
  let mean: Metric
  var constraint: Constraint?
  var drawsUnits = false

  struct Outcome {
    var sets = 0
    var threshold = 0
    var worth = 0
    var gain = 0
    var width = 0.0
    var error = 0.0
    var level = 0.0
    var holds = 0
    /// What the metric is at the best threshold, as a scale for errors.
    var scale = 1.0
  }

  private var rows: Int { Int((Double(positives) / population.prevalence).rounded()) }
  private var goal: Direction { mean.direction ?? .maximise }

  private func truth(_ threshold: Double) -> Double {
    mean.value(of: population.confusion(at: threshold, rows: Double(rows))) ?? .nan
  }

  /// The best threshold of the population, on a fine grid.
  private var best: Double {
    let sign = goal == .maximise ? 1.0 : -1
    let grid = stride(from: -3.0, through: 6, by: 0.0005).filter { threshold in
      let counts = population.confusion(at: threshold, rows: Double(rows))
      return constraint?.isMet(by: counts) ?? true
    }
    return grid.max { sign * truth($0) < sign * truth($1) } ?? .infinity
  }

  func run(sets: Int, samples: Int, seed: UInt64) throws -> Outcome {
    var outcome = Outcome()
    let (best, standard) = (best, population.calibratedHalf)
    outcome.scale = abs(truth(best))
    for set in 0..<sets {
      var stream = Stream(seed &* 1_000_003 &+ UInt64(set))
      let (scores, units) = try population.draw(rows: rows, from: &stream)
      guard
        let tuning = try? tune(
          scores, metric, goal: goal, where: constraint, default: standard),
        let threshold = tuning.threshold,
        let found = try? bootstrap(
          scores, tuning,
          units: drawsUnits
            ? RowFacts.Groups(codes: units, count: rows / population.rowsOfUnit) : nil,
          samples: samples, seed: UInt64(set)),
        let worth = found.worth, let interval = worth.interval, let range = found.threshold,
        let gain = found.gain?.interval
      else { continue }
      let truth = truth(threshold)
      let sign = goal == .maximise ? 1.0 : -1
      outcome.sets += 1
      outcome.worth += interval.contains(truth) ? 1 : 0
      outcome.threshold += range.contains(best) ? 1 : 0
      outcome.gain += gain.contains(sign * (truth - self.truth(standard))) ? 1 : 0
      outcome.width += interval.upper - interval.lower
      outcome.error += worth.value - truth
      if let level = found.constraintLevel, let constraint {
        outcome.level += level
        let counts = population.confusion(at: threshold, rows: 1)
        outcome.holds += constraint.isMet(by: counts) ? 1 : 0
      }
    }
    return outcome
  }
}

extension Confidence.Interval {
  fileprivate func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
