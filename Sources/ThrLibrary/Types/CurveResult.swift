import NumberText
public import ThrModel
public import ThresholdEngine

/// A curve of the language.
public struct CurveResult: LanguageObject {
  public static let typeName: ObjectType.Name = "curve"

  public let content: Curve

  init(_ content: Curve) { self.content = content }

  /// Cheap: the ends stand for all, equality compares each point.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(content.kind)
    hasher.combine(content.x.count)
    hasher.combine(content.area)
  }
}

extension ObjectType {
  static let curve = ObjectType(
    CurveResult.self, "A curve of two metrics over all thresholds, strictest first.",
    members: [
      MemberOf("kind", column: true, "Either “roc”, “pr” or “det”.") {
        $0.content.kind.rawValue.lowercased()
      },
      MemberOf(
        "area", .metric, column: true,
        "The area under the curve, by the rule of its kind; none for DET."
      ) {
        $0.content.area
      },
      MemberOf("points", .count, column: true, "How many points it has.") { $0.content.x.count },
      MemberOf("x", "The position of every point to the right.") { $0.content.x },
      MemberOf("y", "The height of every point.") { $0.content.y },
      MemberOf(
        "threshold", .threshold, "The threshold of every point; none where nothing is flagged."
      ) {
        $0.content.thresholds
      },
    ],
    line: { $0.content.line }, text: { $0.content.text })
}

extension Curve {
  /// What lies along x and y, and how the area is called.
  private var axes: (x: String, y: String, area: String) {
    switch kind {
    case .roc: ("fpr", "recall", "AUC")
    case .precisionRecall: ("recall", "precision", "average precision")
    case .det: ("fpr", "fnr", "")
    }
  }

  fileprivate var line: String {
    let area = area.map { ", \(axes.area) \($0.metricText)" } ?? ""
    return "\(kind.rawValue) curve of \(counted(x.count, "point"))\(area)"
  }

  /// The line, and a few points spread evenly over the curve.
  fileprivate var text: String {
    let most = 11
    let shown =
      x.count <= most
      ? Array(x.indices) : (0..<most).map { $0 * (x.count - 1) / (most - 1) }
    let rows = shown.map { point in
      [
        TextTable.Cell(x[point].metricText, isNumber: true),
        TextTable.Cell(y[point].metricText, isNumber: true),
        TextTable.Cell(thresholds[point]?.thresholdText ?? "flag nothing", isNumber: true),
      ]
    }
    let table = TextTable(header: [axes.x, axes.y, "threshold"], rows: rows).text
    return line + (shown.count < x.count ? "; \(shown.count) of them:\n" : ":\n") + table
  }
}
