import Algorithms
import Glibc

/// A band that holds the whole ROC curve of the population with probability `level` at least.
///
/// The false positive rates of all thresholds lie within `width.x` of the sample's at once, and the
/// recalls within `width.y` (Kolmogorov and Smirnov's region with Massart's bound of 1990, √(ln(2/α)
/// / 2n), exact for any number of rows); the classes are independent, so each takes the root of the
/// level (Campbell 1994).
public struct ROCBand: Hashable, Sendable {
  public let level: Double
  /// By how much the false positive rate and the recall may be off.
  public let width: (x: Double, y: Double)
  /// Where the band is given: two entries where it jumps.
  public let x: [Double]
  /// The lowest and the highest recall at each.
  public let lower: [Double]
  public let upper: [Double]

  /// - Complexity: O(*n* log *n*).
  public init(_ sweep: Sweep, level: Double) {
    let alpha = 1 - level.squareRoot()
    func width(_ rows: Double) -> Double { (log(2 / alpha) / (2 * rows)).squareRoot() }
    let width = (x: width(sweep.negatives), y: width(sweep.positives))
    let steps = ROCSteps(sweep)
    var places: Set<Double> = [0, 1]
    for rate in steps.rates {
      for place in [rate - width.x, rate + width.x] where place > 0 && place < 1 {
        places.insert(place)
      }
    }
    let sorted = places.sorted()
    var (x, lower, upper): ([Double], [Double], [Double]) = ([], [], [])
    for (index, place) in sorted.enumerated() {
      // Between two places nothing changes: the middle says what holds on either side.
      let before = index > 0 ? (sorted[index - 1] + place) / 2 : place
      let after = index + 1 < sorted.count ? (place + sorted[index + 1]) / 2 : place
      for side in index == 0 ? [after] : index + 1 == sorted.count ? [before] : [before, after] {
        x.append(place)
        lower.append(max(steps.lowest(from: side - width.x) - width.y, 0))
        upper.append(min(steps.highest(to: side + width.x) + width.y, 1))
      }
    }
    (self.level, self.width) = (level, width)
    (self.x, self.lower, self.upper) = (x, lower, upper)
  }

  public static func == (one: ROCBand, other: ROCBand) -> Bool {
    one.level == other.level && one.x == other.x && one.lower == other.lower
      && one.upper == other.upper
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(level)
    hasher.combine(x.count)
    hasher.combine(width.x)
  }
}

/// The recalls that a sample has at each false positive rate.
private struct ROCSteps {
  /// Distinct false positive rates, rising, from flagging nothing.
  private(set) var rates = [0.0]
  private var lowest = [0.0]
  private var highest = [0.0]

  init(_ sweep: Sweep) {
    for index in 0..<sweep.count {
      let rate = sweep.falsePositives[index] / sweep.negatives
      let recall = sweep.truePositives[index] / sweep.positives
      if rate == rates[rates.count - 1] {
        highest[highest.count - 1] = recall
      } else {
        rates.append(rate)
        lowest.append(recall)
        highest.append(recall)
      }
    }
  }

  /// The lowest recall where the false positive rate is at least `rate`.
  func lowest(from rate: Double) -> Double {
    let place = rates.partitioningIndex { $0 >= rate }
    return place < rates.count ? lowest[place] : highest[rates.count - 1]
  }

  /// The highest recall where the false positive rate is at most `rate`.
  func highest(to rate: Double) -> Double {
    let place = rates.partitioningIndex { $0 > rate }
    return place > 0 ? highest[place - 1] : 0
  }
}
