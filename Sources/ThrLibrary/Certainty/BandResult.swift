import Drawing
import NumberText
import TableIO
public import ThrModel
import ThresholdEngine

/// How sure a curve is: the interval of its area, and a band where there is one.
public struct BandResult: LanguageObject {
  public static let typeName: ObjectType.Name = "band"

  let curve: CurveResult
  let value: Double?
  let interval: Confidence.Interval?
  let level: Double
  let method: String
  /// `nil` where none were drawn.
  let samples: Int?
  let seed: Int
  let band: Band?
  /// What the value is, as text: “AUC up to fpr 0.1”.
  let title: String

  init(
    curve: CurveResult, part: PartialArea, value: Double?, interval: Confidence.Interval?,
    level: Double, method: String, samples: Int?, seed: Int, band: Band?
  ) {
    (self.curve, self.value, self.interval) = (curve, value, interval)
    (self.level, self.method, self.samples, self.seed) = (level, method, samples, seed)
    self.band = band
    title = curve.content.kind == .precisionRecall ? "average precision" : part.title
  }
}

/// Where a curve lies, by its horizontal position.
struct Band: Hashable, Sendable {
  let x: [Double]
  let lower: [Double]
  let upper: [Double]
}

extension Band {
  init(_ band: ROCBand) { self.init(x: band.x, lower: band.lower, upper: band.upper) }
}

extension PartialArea {
  fileprivate var title: String {
    if let maxFPR { return "AUC up to fpr \(maxFPR.shortestText)" }
    return minRecall.map { "AUC from recall \($0.shortestText)" } ?? "AUC"
  }
}

extension ObjectType {
  static let band = ObjectType(
    BandResult.self, "Confidence interval of a curve's area, or a confidence band of the curve.",
    members: [
      MemberOf("kind", column: true, "Kind of curve, such as “roc”.") {
        $0.curve.content.kind.rawValue.lowercased()
      },
      MemberOf("value", .metric, column: true, "The area; none for a decision curve.") { $0.value },
      MemberOf("interval", column: true, "The interval of the area; none without an area.") {
        $0.result
      },
      MemberOf("level", "Confidence level of the interval and of the band.") { $0.level },
      MemberOf("method", column: true, "“DeLong”, “bootstrap”, or “normal” for net benefit.") {
        $0.method
      },
      MemberOf("samples", .count, "Number of bootstrap samples; none without the bootstrap.") {
        $0.samples
      },
      MemberOf("seed", "Seed of the random number generator.") { $0.seed },
      MemberOf("x", "The x coordinates of the band; none without a band.") {
        $0.band.map { Numbers($0.x) }
      },
      MemberOf("lower", "Lower edge of the band; none without a band.") {
        $0.band.map { Numbers($0.lower) }
      },
      MemberOf("upper", "Upper edge of the band; none without a band.") {
        $0.band.map { Numbers($0.upper) }
      },
    ], line: { $0.line }, text: { $0.text(on: $1) })
}

extension BandResult {
  private static let areaMetric = Metric.recall

  var result: IntervalResult? { interval.map { IntervalResult($0, of: Self.areaMetric) } }

  fileprivate var line: String {
    guard let value else {
      return "band of a \(curve.content.kind.rawValue) curve, \(percentText(level))"
    }
    return "band: \(title) \(value.metricText)"
      + (interval.map { ", \(percentText(level)) interval \($0.text(of: Self.areaMetric))" } ?? "")
  }

  fileprivate func text(on surface: Surface) -> String {
    var parts: [String] = []
    if let value {
      parts.append(
        TextTable(
          header: ["", "value", "\(percentText(level)) interval"],
          rows: [
            [
              TextTable.Cell(title), TextTable.Cell(value.metricText, isNumber: true),
              TextTable.Cell(interval?.text(of: Self.areaMetric) ?? ""),
            ]
          ]
        ).text(on: surface))
    }
    parts.append(notes.joined(separator: "\n"))
    if let band, var figure = try? curve.figure(PlotOptions()) {
      // Surfaces do not show in a terminal: their edges do.
      figure.series += [
        .reference("\(percentText(level)) band", band.x, band.upper),
        .reference("", band.x, band.lower),
      ]
      parts.append(figure.text(on: surface.shorter(by: 6)))
    }
    return parts.joined(separator: "\n\n")
  }

  private var notes: [String] {
    let rows =
      "\(counted(Int(curve.content.positives), "positive")), "
      + counted(Int(curve.content.negatives), "negative")
    let bootstrap = samples.map {
      (curve.weightedRows == nil ? "bootstrap" : "bootstrap of weighted rows")
        + ", \(counted($0, "sample")), seed \(seed)"
    }
    var notes: [String] = []
    if value != nil {
      notes.append(
        "\(bootstrap ?? "DeLong"), " + (curve.weightedRows == nil ? rows : "weights as given"))
    }
    if value != nil, let interval, interval.lower == interval.upper {
      notes.append("the area does not vary between these rows, so the interval has no width")
    }
    if band != nil {
      notes.append(
        curve.content.kind == .roc
          ? "band: \(percentText(level)) for the whole curve at once (Kolmogorov and Smirnov)"
          : "band: \(percentText(level)) at each threshold alone (normal)")
    }
    return notes
  }
}

extension BandResult: Drawable {
  static let plotSummary = "A curve with its band: `confidence(roc(…), simultaneous=true)`."

  func figure(_ options: PlotOptions) throws -> Figure {
    var figure = try curve.figure(options)
    guard let band, let place = figure.series.firstIndex(where: { $0.role == .data }) else {
      return figure
    }
    figure.series.insert(
      Figure.Series(
        .area, name: "\(percentText(level)) band", x: band.x, y: band.upper, lower: band.lower,
        role: .uncertainty), at: place)
    return figure
  }
}

extension BandResult: Tabular {
  static let tableSummary: String? =
    "A band in the columns x, lower and upper, or an area in value, lower and upper."

  var table: Table {
    get throws(CallError) {
      if let band {
        return try Table(named: [
          Column("x", numbers: band.x), Column("lower", numbers: band.lower),
          Column("upper", numbers: band.upper),
        ])
      }
      return try Table(named: [
        Column("value", numbers: [value ?? .nan]),
        Column("lower", numbers: [interval?.lower ?? .nan]),
        Column("upper", numbers: [interval?.upper ?? .nan]),
      ])
    }
  }
}

extension BandResult: HoldsMemory {
  public var footprint: Int { curve.footprint + 24 * (band?.x.count ?? 0) }
}
