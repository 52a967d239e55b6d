public import ThrSyntax

extension Expression.BinaryOperator {
  /// Error where the operator does not take such operands, at check time and at run time.
  public func mismatch(_ left: ValueType, _ right: ValueType) -> CallError {
    CallError(
      .typeMismatch,
      "`\(rawValue)` cannot combine \(left.withArticle) and \(right.withArticle)",
      remedy: remedy(left, right))
  }

  private func remedy(_ left: ValueType, _ right: ValueType) -> String? {
    let types = [left, right]
    if self == .plus, types.contains(.text) {
      return "put the value in the text: \"… {value}\", or convert it: `text(value)`"
    }
    if self == .and || self == .or, types.contains(.constraint), types.contains(.boolean) {
      return "a constraint describes thresholds and is not a boolean; "
        + "compare a value: `evaluate(…).precision >= 0.9`"
    }
    if types.contains(.none) { return "test with `== none` first" }
    if self == .in { return "`in` needs a list, a text or a record on its right" }
    return nil
  }
}

extension Expression.UnaryOperator {
  public func mismatch(_ operand: ValueType) -> CallError {
    CallError(.typeMismatch, "`\(rawValue)` cannot be applied to \(operand.withArticle)")
  }
}
