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
    ConfusionMatrix.self, "How many rows, or how much weight, fell in each of the four outcomes.",
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
    text: { $0.content.matrixText })
}

extension Confusion {
  fileprivate var line: String {
    [("tp", truePositives), ("fp", falsePositives), ("tn", trueNegatives), ("fn", falseNegatives)]
      .map { "\($0) \($1.countText)" }.joined(separator: ", ")
  }

  /// Two rows and two columns, labels before decisions.
  var matrixText: String {
    func row(_ name: String, _ flagged: Double, _ rest: Double) -> [TextTable.Cell] {
      [
        TextTable.Cell(name), TextTable.Cell(flagged.countText, isNumber: true),
        TextTable.Cell(rest.countText, isNumber: true),
      ]
    }
    return TextTable(
      header: ["", "flagged", "not flagged"],
      rows: [
        row("positive", truePositives, falseNegatives),
        row("negative", falsePositives, trueNegatives),
      ]
    ).text
  }
}
