import Drawing
import NumberText
import ThrModel
import ThresholdEngine

/// What is said of a curve by its kind.
struct CurveTexts {
  /// As in “ROC curve of 212 points”.
  let title: String
  let plural: String
  /// What lies along x and y, as the language names it.
  let members: (x: String, y: String)
  /// And as it stands along the axes.
  let labels: (x: String, y: String)
}

extension Curve.Kind {
  var texts: CurveTexts {
    switch self {
    case .roc:
      CurveTexts(
        title: "ROC curve", plural: "ROC curves", members: ("fpr", "recall"),
        labels: ("false positive rate", "recall (true positive rate)"))
    case .precisionRecall:
      CurveTexts(
        title: "Precision-recall curve", plural: "Precision-recall curves",
        members: ("recall", "precision"), labels: ("recall", "precision"))
    case .det:
      CurveTexts(
        title: "Detection error trade-off", plural: "Detection error trade-offs",
        members: ("fpr", "fnr"), labels: ("false positive rate", "false negative rate"))
    case .gains:
      CurveTexts(
        title: "Cumulative gains", plural: "Cumulative gains", members: ("flag_rate", "recall"),
        labels: ("share of rows flagged", "recall (share of positives found)"))
    case .lift:
      CurveTexts(
        title: "Lift", plural: "Lift", members: ("flag_rate", "lift"),
        labels: ("share of rows flagged", "lift over flagging at random"))
    case .decision:
      CurveTexts(
        title: "Decision curve", plural: "Decision curves", members: ("threshold", "net_benefit"),
        labels: ("threshold probability", "net benefit"))
    }
  }

  /// The metric whose best point is marked where no other is asked for.
  var customaryMetric: Metric? {
    switch self {
    case .roc: .gmean
    case .precisionRecall: .f1
    case .det, .gains, .lift, .decision: nil
    }
  }

  /// Whether both axes are shares of the same kind.
  var isSquare: Bool {
    switch self {
    case .roc, .precisionRecall, .det, .gains: true
    case .lift, .decision: false
    }
  }
}

// MARK: - Axes and what the curve is held against

extension Curve.Kind {
  var xAxis: Figure.Axis {
    switch self {
    case .det:
      Figure.Axis(texts.labels.x, scale: .normalDeviate, tickFormat: .percent)
    case .gains, .lift: Figure.Axis(texts.labels.x, range: 0...1, tickFormat: .percent)
    case .roc, .precisionRecall, .decision: Figure.Axis(texts.labels.x, range: 0...1)
    }
  }

  func yAxis(_ curves: [Curve]) -> Figure.Axis {
    let label = texts.labels.y
    switch self {
    case .roc, .precisionRecall: return Figure.Axis(label, range: 0...1)
    case .gains: return Figure.Axis(label, range: 0...1, tickFormat: .percent)
    case .det: return Figure.Axis(label, scale: .normalDeviate, tickFormat: .percent)
    case .lift:
      let top = curves.flatMap(\.y).max() ?? 1
      return Figure.Axis(label, range: 0...max(top * 1.05, 2))
    case .decision:
      // Treating all falls without end; what lies far below zero says nothing more.
      let top = curves.flatMap { [$0.prevalence] + $0.y.filter(\.isFinite) }.max() ?? 1
      return Figure.Axis(label, range: (-top / 4)...(top * 1.05))
    }
  }

  func references(_ curves: [Curve]) -> [Figure.Series] {
    // Curves over the same rows, as they should be, share their line.
    var shares: [Double] = []
    for curve in curves where !shares.contains(curve.prevalence) {
      shares.append(curve.prevalence)
    }
    switch self {
    case .roc: return [.reference("no skill", [0, 1], [0, 1])]
    case .gains:
      let perfect = shares.prefix(1).map {
        Figure.Series.reference("perfect", [0, $0, 1], [0, 1, 1])
      }
      return [.reference("no skill", [0, 1], [0, 1])] + perfect
    case .det: return []
    case .lift: return [.reference("no skill", [0, 1], [1, 1])]
    case .precisionRecall:
      return shares.map {
        .reference("no skill, precision \($0.significantText(digits: 3))", [0, 1], [$0, $0])
      }
    case .decision:
      return curves.prefix(1).map { curve in
        .reference(
          "treat all", curve.x, curve.x.map { curve.benefitOfFlaggingAll(at: $0) ?? .nan })
      }
    }
  }
}

extension Figure.Series {
  static func reference(_ name: String, _ x: [Double], _ y: [Double]) -> Figure.Series {
    Figure.Series(.line, name: name, x: x, y: y, role: .reference)
  }
}
