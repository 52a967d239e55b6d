import ThrModel
import ThrSyntax

/// What an input was meant for: to answer the task, or to look around.
struct AnswerKind {
  /// Whether the input only looks at what is there.
  let isLook: Bool
  /// The part of the input whose value is the answer: what `print` or `write` is given.
  let given: String?

  /// - Parameters:
  ///   - solution: where that only reads a member of a name, such reads are answers too.
  ///   - names: the chapter's; who reads other names has made them, to answer with.
  init(of code: String, beside solution: String, in names: Set<String>) {
    let parse = parse(code)
    guard case .expression(let expression)? = parse.program.statements.last else {
      (isLook, given) = (false, nil)
      return
    }
    given = Self.output(expression).map { parse.source.text($0.span) }
    isLook =
      Self.onlyReads(expression) && Self.names(expression).isSubset(of: names)
      && !Self.isAbout(Self.subject(of: solution), expression)
  }

  private static func output(_ expression: Expression) -> Expression? {
    guard case .call(let call) = expression, case .name(let name) = call.callee,
      ["print", "write"].contains(name.text)
    else { return nil }
    return call.arguments.first?.value
  }

  /// The name that a solution reads from, where it does no more.
  private static func subject(of solution: String) -> String? {
    guard case .expression(let expression)? = parse(solution).program.statements.last,
      onlyReads(expression)
    else { return nil }
    return names(expression).first
  }

  private static func isAbout(_ name: String?, _ expression: Expression) -> Bool {
    name.map(names(expression).contains) ?? false
  }

  /// Whether names are read and nothing is called.
  private static func onlyReads(_ expression: Expression) -> Bool {
    !names(expression).isEmpty && !calls(expression)
  }

  private static func calls(_ expression: Expression) -> Bool {
    switch expression {
    case .call, .pipe, .comprehension: true
    default: expression.parts.contains(where: calls)
    }
  }

  private static func names(_ expression: Expression) -> Set<String> {
    if case .name(let name) = expression { return [name.text] }
    return expression.parts.reduce(into: []) { $0.formUnion(names($1)) }
  }
}

extension ValueType {
  /// Whether a value of the type may be meant as an answer, rather than to be looked at.
  var answersTasks: Bool {
    switch self {
    case .number, .boolean, .metric, .constraint: true
    case .object(let name):
      ["tuning", "evaluation", "confusion", "confidence", "interval"].contains(name.rawValue)
    default: false
    }
  }
}
