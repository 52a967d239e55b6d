import ThrModel
public import ThrSyntax

extension CallError {
  static func unknownColumn(
    _ name: String, among names: [String], parameter: String
  ) -> CallError {
    let near = Spelling.nearest(to: name, among: names)
    let all = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return CallError(
      .unknownField, "the table has no column `\(name)`",
      remedy: near.map { "did you mean `\($0)`?" }
        ?? "it has \(all)\(names.count > 12 ? ", …" : "")",
      parameter: parameter)
  }

  static func mixedList(_ parameter: String, _ position: Int, _ value: Value) -> CallError {
    CallError(
      .typeMismatch,
      "`\(parameter)` takes numbers or texts of one kind; element \(position) is "
        + value.type.withArticle,
      parameter: parameter)
  }
}

extension Diagnostic.Kind {
  /// A column of texts stands where numbers are asked for.
  public static let notNumbers = Diagnostic.Kind(
    "E0403", "not-numbers",
    explanation: .init(
      """
      Calculations need a column of numbers. A single cell that is not a number makes the column \
      text; the message names it.
      """,
      wrong: """
        # s.csv holds: score,label / high,1 / 0.2,0
        scores(read("s.csv"))
        """,
      right: """
        # s.csv holds: score,label / 0.9,1 / 0.2,0
        scores(read("s.csv"))
        """))
}
