import Glibc
import ThresholdEngine

/// Rows whose truth is known: positives score N(2, 1) and negatives N(0, 1).
struct Population {
  let prevalence: Double
  /// Rows of a unit have its label and share half of the variance of their scores.
  let rowsOfUnit: Int
  /// The mean of what a miss costs; in each row it is drawn from a log-normal distribution whose
  /// logarithm has the deviation 1.5.
  static let meanAmount = 10.0
  private static let distance = 2.0

  init(prevalence: Double, rowsOfUnit: Int = 1) {
    self.prevalence = prevalence
    self.rowsOfUnit = rowsOfUnit
  }

  /// Rows drawn at random, so that numbers of positives vary.
  func draw(rows: Int, from stream: inout Stream) throws -> (scores: Scores, units: [Int32]) {
    var (values, labels, amounts, units): ([Double], [Bool], [Double], [Int32]) = ([], [], [], [])
    for unit in 0..<rows / rowsOfUnit {
      let label = stream.unit() < prevalence
      let shared = stream.normal()
      for _ in 0..<rowsOfUnit {
        let noise =
          rowsOfUnit == 1
          ? shared : (shared + stream.normal()) * 0.5.squareRoot()
        values.append(noise + (label ? Self.distance : 0))
        labels.append(label)
        amounts.append(Self.meanAmount * exp(1.5 * stream.normal() - 1.125))
        units.append(Int32(unit))
      }
    }
    var facts = RowFacts()
    facts.columns["amount"] = amounts
    return (try Scores(values: values, labels: labels).knowing(facts), units)
  }

  /// The counts of very many rows, for each of which there are `rows`.
  func confusion(at threshold: Double, rows: Double) -> Confusion {
    let (positives, negatives) = (rows * prevalence, rows * (1 - prevalence))
    let tp = positives * Self.above(threshold - Self.distance)
    let fp = negatives * Self.above(threshold)
    return Confusion(
      truePositives: tp, falsePositives: fp, trueNegatives: negatives - fp,
      falseNegatives: positives - tp)
  }

  private static func above(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// The threshold at which half of the positives are flagged, and the precision there.
  var precisionAtHalf: Double { Metric.precision.value(of: confusion(at: 2, rows: 1)) ?? 0 }

  /// Where calibrated scores would be 0.5.
  var calibratedHalf: Double {
    (log((1 - prevalence) / prevalence) + Self.distance * Self.distance / 2) / Self.distance
  }
}

/// SplitMix64, for the rows of the study alone.
struct Stream {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 ^ 0x1234_5678_9ABC_DEF0 }

  mutating func unit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    word ^= word >> 31
    return (Double(word >> 11) + 0.5) * 0x1p-53
  }

  mutating func normal() -> Double {
    (-2 * log(unit())).squareRoot() * cos(2 * Double.pi * unit())
  }
}
