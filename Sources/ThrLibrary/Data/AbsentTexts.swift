import TableIO
import ThrModel
public import ThrSyntax

extension CallContext {
  /// Warns of texts that a condition compares a column with by `==`, and that no cell of it holds:
  /// most are misspelt.
  ///
  /// A text that the program computes may be absent on purpose, as in a loop over groups.
  func reportAbsentTexts(in condition: RowExpression, _ columns: RowColumns) {
    guard columns.count > 0, let syntax = condition.syntax else { return }
    var seen: Set<[String]> = []
    for (name, text) in syntax.textsByColumn where seen.insert([name, text]).inserted {
      guard case .texts(let codes, let levels)? = columns.column(name),
        !levels.contains(text)
          || !codes.contains(where: { $0 >= 0 && levels[Int($0)] == text })
      else { continue }
      let held = Set(codes).filter { $0 >= 0 }.map { levels[Int($0)] }
      if !held.isEmpty { warn(.absentText(text, name, held)) }
    }
  }
}

extension Expression {
  /// Each `column == "text"` in a condition, at either side.
  fileprivate var textsByColumn: [(name: String, text: String)] {
    switch self {
    case .parenthesized(let inner, _): return inner.textsByColumn
    case .unary(let unary): return unary.operand.textsByColumn
    case .operation(let operation):
      let operands = [operation.first] + operation.rest.map(\.operand)
      let own = zip(zip(operands, operands.dropFirst()), operation.rest).compactMap {
        sides, link -> (name: String, text: String)? in
        guard link.operator == .equal else { return nil }
        return sides.0.column(with: sides.1) ?? sides.1.column(with: sides.0)
      }
      return own + operands.flatMap(\.textsByColumn)
    default: return []
    }
  }

  /// A name and the text beside it.
  private func column(with other: Expression) -> (name: String, text: String)? {
    guard case .name(let name) = bare, case .text(let text) = other.bare,
      let literal = text.literal
    else { return nil }
    return (name.text, literal)
  }
}

extension Warning {
  fileprivate static func absentText(
    _ text: String, _ column: String, _ held: [String]
  ) -> Warning {
    let shown = held.sorted().prefix(6).map(\.quoted).joined(separator: ", ")
    let rest = held.count > 6 ? ", …" : ""
    return Warning(
      .absentText, "no row has \(text.quoted) in the column `\(column)`",
      remedy: Spelling.nearest(to: text, among: held).map { "did you mean \($0.quoted)?" }
        ?? "it has \(shown)\(rest)")
  }
}

extension Diagnostic.Kind {
  public static let absentText = Diagnostic.Kind(
    "W0631", "absent-text", .warning,
    explanation: .init(
      """
      A condition compares a column with a text that none of its cells holds, so that no row meets \
      the comparison. The text may be misspelt, or written in other letters, such as capitals. A \
      text that the program computes, as in a loop over groups, is not reported.
      """,
      wrong: """
        # people.csv holds: group,score / men,0.4 / women,0.7
        filter(read("people.csv"), group == "wmoen")
        """,
      right: """
        # people.csv holds: group,score / men,0.4 / women,0.7
        filter(read("people.csv"), group == "women")
        """))
}
