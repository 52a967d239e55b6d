extension Statement {
  /// Whether what it shows, or gives a name, stands in the text as it is: `rows = 10_000`.
  public var saysItsValue: Bool {
    switch self {
    case .assignment(let assignment): assignment.value.isWrittenOut
    case .expression(let expression): expression.isWrittenOut
    case .use, .function, .loop, .invalid: false
    }
  }
}

extension Expression {
  fileprivate var isWrittenOut: Bool {
    switch self {
    case .number, .boolean, .none, .undefined: true
    case .text(let text): text.literal != nil
    case .list(let elements, _): elements.allSatisfy(\.isWrittenOut)
    case .record(let record): record.fields.allSatisfy(\.value.isWrittenOut)
    case .unary(let unary): unary.operand.isWrittenOut
    case .parenthesized(let inner, _): inner.isWrittenOut
    default: false
    }
  }
}
