import Drawing
import Glibc

/// Figures as a report would have them, over scores drawn from two normal distributions.
enum SampleFigures {
  static let all: [(name: String, figure: Figure)] = [
    ("roc", roc), ("pr", precisionRecall), ("sweep", sweep), ("calibration", calibration),
    ("densities", densities), ("histogram", histogram), ("det", detectionError),
  ]

  static let roc = Figure(
    title: "ROC curve", xAxis: .rate("false positive rate"), yAxis: .rate("true positive rate"),
    series: [
      .noSkill([0, 1], [0, 1]),
      Figure.Series(
        .line, name: "logistic regression", x: points.map(\.falsePositiveRate),
        y: points.map(\.recall)),
    ],
    marks: [
      Figure.Mark(
        x: best.falsePositiveRate, y: best.recall, label: "threshold 0.016, recall 0.93")
    ],
    isSquare: true)

  static let precisionRecall = Figure(
    title: "Precision-recall curve", xAxis: .rate("recall"), yAxis: .rate("precision"),
    series: [
      .noSkill([0, 1], [share, share]),
      Figure.Series(
        .stepsBefore, name: "logistic regression", x: points.map(\.recall),
        y: points.map(\.precision)),
    ],
    marks: [
      Figure.Mark(x: sharpest.recall, y: sharpest.precision, label: "threshold 0.256, F1 0.756")
    ],
    isSquare: true)

  static let sweep = Figure(
    title: "Metrics against the threshold", xAxis: .rate("threshold"), yAxis: .rate("value"),
    series: [
      Figure.Series(.stepsBefore, name: "f1", x: thresholds, y: points.map(\.f1)),
      Figure.Series(.stepsBefore, name: "precision", x: thresholds, y: points.map(\.precision)),
      Figure.Series(.stepsBefore, name: "recall", x: thresholds, y: points.map(\.recall)),
    ],
    rules: [
      Figure.Rule(
        .vertical, at: sharpest.threshold, interval: 0.2...0.42, label: "threshold 0.256")
    ])

  static let calibration = Figure(
    title: "Calibration", xAxis: .rate("mean predicted probability", .percent),
    yAxis: .rate("observed share of positives", .percent),
    series: [
      Figure.Series(.line, name: "perfect", x: [0, 1], y: [0, 1], role: .reference),
      Figure.Series(
        .area, x: [0.03, 0.14, 0.25, 0.36, 0.44, 0.55, 0.66, 0.74, 0.85, 0.96],
        y: [0.03, 0.12, 0.25, 0.38, 0.5, 0.66, 0.78, 0.87, 0.95, 0.999],
        lower: [0.01, 0.05, 0.13, 0.22, 0.3, 0.44, 0.56, 0.69, 0.82, 0.95],
        role: .uncertainty),
      Figure.Series(
        .lineWithPoints, name: "gradient boosting",
        x: [0.03, 0.14, 0.25, 0.36, 0.44, 0.55, 0.66, 0.74, 0.85, 0.96],
        y: [0.02, 0.08, 0.19, 0.30, 0.40, 0.55, 0.67, 0.78, 0.90, 0.98], role: .data),
    ], isSquare: true)

  static let densities = Figure(
    title: "Scores of both classes", xAxis: Figure.Axis("score", range: 0...1),
    yAxis: Figure.Axis("density"),
    series: [
      Figure.Series(
        .area, name: "negative", x: grid, y: grid.map { beta($0, 2, 8) }, role: .negativeClass),
      Figure.Series(
        .area, name: "positive", x: grid, y: grid.map { beta($0, 6, 3) }, role: .positiveClass),
    ],
    rules: [Figure.Rule(.vertical, at: 0.4, label: "threshold 0.4")])

  static let histogram = Figure(
    title: "Incomes", xAxis: Figure.Axis("income in EUR"), yAxis: Figure.Axis("people"),
    series: [
      Figure.Series(
        .bars, x: (0...12).map { Double($0) * 10_000 },
        y: [120, 880, 2_310, 3_104, 2_870, 1_990, 1_203, 702, 390, 188, 95, 41])
    ])

  static let detectionError = Figure(
    title: "Detection error tradeoff",
    xAxis: Figure.Axis("false positive rate", scale: .normalDeviate, tickFormat: .percent),
    yAxis: Figure.Axis("false negative rate", scale: .normalDeviate, tickFormat: .percent),
    series: [
      Figure.Series(
        .line, name: "model", x: points.map(\.falsePositiveRate), y: points.map { 1 - $0.recall })
    ], isSquare: true)

  // MARK: - Data

  struct Operating {
    let threshold, falsePositiveRate, recall, precision, f1: Double
  }

  /// A linear congruential generator (Knuth's MMIX), so that the figures are always the same.
  struct Draws: RandomNumberGenerator {
    var state: UInt64 = 4
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
    mutating func normal() -> Double {
      let radius = (-2 * log(Double.random(in: 1e-12..<1, using: &self))).squareRoot()
      return radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &self))
    }
  }

  static let share = 0.03
  /// From flagging nothing to flagging everything; with nothing flagged precision is undefined.
  static let points: [Operating] = {
    var draws = Draws()
    let rows = (0..<4_000).map { row -> (score: Double, isPositive: Bool) in
      let isPositive = Double(row) < 4_000 * share
      let logit = isPositive ? 0.6 + 1.7 * draws.normal() : -5 + 1.6 * draws.normal()
      return (1 / (1 + exp(-logit)), isPositive)
    }.sorted { $0.score > $1.score }
    let positives = Double(rows.count { $0.isPositive })
    var (hits, alarms) = (0.0, 0.0)
    let start = Operating(
      threshold: 1, falsePositiveRate: 0, recall: 0, precision: .nan, f1: 0)
    return [start]
      + rows.map { row in
        if row.isPositive { hits += 1 } else { alarms += 1 }
        return Operating(
          threshold: row.score, falsePositiveRate: alarms / (Double(rows.count) - positives),
          recall: hits / positives, precision: hits / (hits + alarms),
          f1: 2 * hits / (hits + alarms + positives))
      }
  }()
  static var thresholds: [Double] { points.map(\.threshold) }
  static var best: Operating {
    points.max { $0.recall - $0.falsePositiveRate < $1.recall - $1.falsePositiveRate } ?? points[0]
  }
  static var sharpest: Operating { points.max { $0.f1 < $1.f1 } ?? points[0] }
  static let grid = (0...200).map { Double($0) / 200 }

  static func beta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    pow(x, a - 1) * pow(1 - x, b - 1) * exp(lgamma(a + b) - lgamma(a) - lgamma(b))
  }
}

extension Figure.Axis {
  static func rate(_ label: String, _ format: TickFormat = .plain) -> Figure.Axis {
    Figure.Axis(label, range: 0...1, tickFormat: format)
  }
}

extension Figure.Series {
  static func noSkill(_ x: [Double], _ y: [Double]) -> Figure.Series {
    Figure.Series(.line, name: "no skill", x: x, y: y, role: .reference)
  }
}
