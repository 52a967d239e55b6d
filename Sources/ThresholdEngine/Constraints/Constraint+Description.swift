extension Constraint: CustomStringConvertible {
  /// The constraint as source text; cut short where that would be very long.
  public var description: String {
    var text = SourceText()
    node.write(to: &text)
    return text.text
  }
}

extension Constraint.Node {
  fileprivate func write(to text: inout SourceText) {
    switch form {
    case .comparison(let left, let comparison, let right):
      left.write(to: &text)
      text.add(" \(comparison.rawValue) ")
      right.write(to: &text)
    case .and(let one, let other):
      one.write(to: &text, inAndOnLeft: true)
      text.add(" and ")
      other.write(to: &text, inAndOnLeft: false)
    case .or(let one, let other):
      one.write(to: &text)
      text.add(" or ")
      other.write(to: &text, inParentheses: other.isOr)
    case .not(let inner):
      text.add("not ")
      inner.write(to: &text, inParentheses: inner.isOr || inner.isAnd)
    }
  }

  private func write(to text: inout SourceText, inParentheses isInParentheses: Bool) {
    guard !text.isFull else { return }
    if isInParentheses { text.add("(") }
    write(to: &text)
    if isInParentheses { text.add(")") }
  }

  /// A part of an `and`: an `or` needs parentheses, an `and` only on the right.
  private func write(to text: inout SourceText, inAndOnLeft isLeft: Bool) {
    write(to: &text, inParentheses: isOr || (isAnd && !isLeft))
  }

  private var isOr: Bool { if case .or = form { true } else { false } }
  private var isAnd: Bool { if case .and = form { true } else { false } }
}
