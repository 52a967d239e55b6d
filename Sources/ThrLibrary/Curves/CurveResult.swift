import NumberText
import TableIO
public import ThrModel
public import ThresholdEngine

/// A curve of the language.
public struct CurveResult: LanguageObject {
  public static let typeName: ObjectType.Name = "curve"

  public let content: Curve
  /// The rows where they have weights, which the counts do not say; else the counts are the rows.
  let weightedRows: Scores?
  /// The group of its rows, if it is one of several.
  var group: GroupKey?

  init(_ content: Curve, of scores: Scores) {
    self.content = content
    weightedRows = scores.weights != nil && !scores.isCounted ? scores : nil
  }

  /// Cheap: the ends stand for all, equality compares each point.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(content.kind)
    hasher.combine(content.count)
    hasher.combine(content.area)
  }
}

extension ObjectType {
  static let curve = ObjectType(
    CurveResult.self, "A curve of two metrics, from the highest threshold to the lowest.",
    members: [
      .group(),
      MemberOf(
        "kind", column: true, "Kind of curve: “roc”, “pr”, “det”, “gains”, “lift”, “decision”."
      ) {
        $0.content.kind.rawValue.lowercased()
      },
      MemberOf(
        "area", .metric, column: true,
        "The area under the curve; none for kinds of curve without an area."
      ) {
        $0.content.area
      },
      MemberOf("points", .count, column: true, "Number of points.") { $0.content.count },
      MemberOf("prevalence", .metric, "The share of rows that are positive.") {
        $0.content.prevalence
      },
      MemberOf("x", "The x coordinate of every point.") { Numbers($0.content.x) },
      MemberOf("y", "The y coordinate of every point.") { Numbers($0.content.y) },
      MemberOf(
        "threshold", .threshold,
        "The threshold of every point; none for the point that flags nothing."
      ) {
        $0.content.thresholds
      },
    ] + CurveResult.coordinates.map(member),
    hint: { $0.content.areaText ?? $0.content.line }, line: { $0.content.line },
    text: { curve, surface in
      guard let figure = try? curve.figure(PlotOptions()) else { return curve.content.line }
      return curve.content.line + "\n\n" + figure.text(on: surface.shorter(by: 2))
    })

  /// What a curve has along one of its axes, by its name; JSON has it as `x` or `y` already.
  private static func member(_ name: String, _ summary: String) -> MemberOf<CurveResult> {
    MemberOf(name, hiddenInJSON: true, summary) { curve throws(CallError) in
      let names = curve.content.kind.texts.members
      if name == names.x { return Numbers(curve.content.x) }
      if name == names.y { return Numbers(curve.content.y) }
      throw .noSuchCoordinate(name, curve.content.kind)
    }
  }
}

extension CurveResult {
  fileprivate static let coordinates = [
    ("fpr", "The false positive rate of every point, for roc and det curves."),
    ("recall", "The recall of every point, for roc, pr and gains curves."),
    ("precision", "The precision of every point, for pr curves."),
    ("fnr", "The false negative rate of every point, for det curves."),
    ("flag_rate", "The share of rows flagged at every point, for gains and lift curves."),
    ("lift", "The lift of every point, for lift curves."),
    ("net_benefit", "The net benefit at every threshold, for decision curves."),
  ]
}

extension Curve {
  /// “ROC curve of 212 points, AUC 0.983”.
  fileprivate var line: String {
    let area = areaText.map { ", \($0)" } ?? ""
    return "\(kind.name) of \(counted(count, "point"))\(area)"
  }
}

extension Curve.Kind {
  /// “ROC curve”, for the middle of a sentence too.
  fileprivate var name: String { "\(rawValue) curve" }
}

extension CallError {
  fileprivate static func noSuchCoordinate(_ name: String, _ kind: Curve.Kind) -> CallError {
    let names = kind.texts.members
    return CallError(
      .unsuitableArgument, "a \(kind.rawValue) curve has no `\(name)`",
      remedy: "it has `\(names.x)` and `\(names.y)`")
  }
}

extension CurveResult: Tabular {
  static let tableSummary: String? = "The curve, in the columns x, y and threshold."

  /// The cell of `threshold` is missing where nothing is flagged.
  var table: Table {
    get throws(CallError) {
      try Table(named: [
        Column("x", numbers: content.x), Column("y", numbers: content.y),
        Column("threshold", numbers: content.thresholds.map { $0 ?? .nan }),
      ])
    }
  }
}

extension CurveResult: HoldsMemory {
  public var footprint: Int { 256 + 48 * content.count + 17 * (weightedRows?.count ?? 0) }
}
