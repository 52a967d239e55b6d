import Drawing
import ThrModel

extension CurveResult: InGroups {
  static let listName = ObjectType.Name("curves", elements: valueType)
}

extension CalibrationResult: InGroups {
  static let listName = ObjectType.Name("calibrations", elements: valueType)
}

extension ObjectType {
  static let curves = drawn(CurveResult.self, "curve")
  static let calibrations = drawn(CalibrationResult.self, "calibration")

  /// Results by group that are drawn in one figure.
  private static func drawn<Element: InGroups & DrawnTogether>(
    _ element: Element.Type, _ noun: String
  ) -> ObjectType {
    ObjectType(
      GroupedResults<Element>.self,
      "A list of \(noun)s, one for each group of rows, and the one of all rows.",
      members: [
        MemberOf("by", "The columns that define the groups.") { $0.by },
        MemberOf("overall", "The \(noun) of all rows.") { $0.overall },
        MemberOf("groups", "The \(noun) of each group: the elements of the list.") {
          $0.groups
        },
      ],
      line: { "\(counted($0.groups.count, noun)) by \($0.by.joined(separator: ", "))" },
      text: { results, surface in
        results.drawnTogether?.text(on: surface) ?? ""
      })
  }
}

extension GroupedResults where Element: DrawnTogether {
  /// The results of all groups in one figure.
  var drawnTogether: Figure? {
    let parts = groups.map { (name: $0.group?.text ?? "", value: $0) }
    return try? Element.figure(of: parts, PlotOptions())
  }
}
