import Drawing
import NumberText
public import ThrModel
public import ThresholdEngine

/// The outcome counts as a value of the language.
public struct ConfusionMatrix: LanguageObject {
  public static let typeName: ObjectType.Name = "confusion"

  public let content: Confusion

  init(_ content: Confusion) { self.content = content }
}

extension ObjectType {
  static let confusion = ObjectType(
    ConfusionMatrix.self, "Confusion matrix: the number or total weight of rows for each outcome.",
    members: [
      MemberOf("tp", .count, column: true, "Positives that are flagged.") {
        $0.content.truePositives
      },
      MemberOf("fp", .count, column: true, "Negatives that are flagged.") {
        $0.content.falsePositives
      },
      MemberOf("tn", .count, column: true, "Negatives that are not flagged.") {
        $0.content.trueNegatives
      },
      MemberOf("fn", .count, column: true, "Positives that are not flagged.") {
        $0.content.falseNegatives
      },
    ],
    hint: { $0.content.line.replacing(",", with: "") }, line: { $0.content.line },
    text: { $0.content.matrix(on: $1) })
}

extension Confusion {
  fileprivate var line: String {
    [("tp", truePositives), ("fp", falsePositives), ("tn", trueNegatives), ("fn", falseNegatives)]
      .map { "\($0) \($1.countText)" }.joined(separator: ", ")
  }

  /// Labels before decisions, with their sums, and the rates that judge each line.
  func matrix(on surface: Surface) -> String {
    let (flagged, rest) = (truePositives + falsePositives, trueNegatives + falseNegatives)
    let lines = [
      Line(
        "positive", truePositives, falseNegatives, truePositives + falseNegatives, .recall, right: 0
      ),
      Line(
        "negative", falsePositives, trueNegatives, falsePositives + trueNegatives, .specificity,
        right: 1),
      Line("all", flagged, rest, flagged + rest, .precision, right: nil),
    ]
    let header = ["flagged", "not flagged", "all"]
    let widths = header.indices.map { column in
      lines.reduce(header[column].count) { max($0, $1.counts[column].countText.count) }
    }
    let names = "positive".count
    func row(_ name: String, _ cells: [String], _ right: Int?, _ note: String) -> String {
      let padded = cells.indices.map { column in
        let cell = cells[column].padded(to: widths[column])
        return column == right ? surface.bold(cell) : cell
      }
      let start = name + String(repeating: " ", count: names - name.count)
      let line = surface.faint(start) + "   " + padded.joined(separator: "   ")
      let isTooWide = names + widths.reduce(0) { $0 + $1 + 3 } + 3 + note.count > surface.width
      return note.isEmpty || isTooWide ? line : line + "   " + surface.faint(note)
    }
    let width = names + widths.reduce(0) { $0 + $1 + 3 }
    let rule = String(repeating: surface.style == .ascii ? "-" : "─", count: width)
    let rows = lines.map { line in
      let rate = line.rate.value(of: self).map { "\(line.rate) \($0.metricText)" }
      return row(line.name, line.counts.map(\.countText), line.right, rate ?? "")
    }
    let head = surface.faint(
      String(repeating: " ", count: names + 3)
        + header.indices.map { header[$0].padded(to: widths[$0]) }.joined(separator: "   "))
    return ([head] + rows.prefix(2) + [surface.faint(rule)] + rows.suffix(1))
      .joined(separator: "\n")
  }

  /// A line of the matrix.
  private struct Line {
    let name: String
    let counts: [Double]
    let rate: Metric
    /// The column of the right decision.
    let right: Int?

    init(
      _ name: String, _ flagged: Double, _ rest: Double, _ all: Double, _ rate: Metric, right: Int?
    ) {
      self.name = name
      counts = [flagged, rest, all]
      self.rate = rate
      self.right = right
    }
  }
}

extension String {
  /// The text to the right in so many columns.
  fileprivate func padded(to width: Int) -> String {
    String(repeating: " ", count: max(width - count, 0)) + self
  }
}

extension ConfusionMatrix: RowShaped {}
