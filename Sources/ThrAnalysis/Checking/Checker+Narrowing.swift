import ThrModel
import ThrSyntax

// What a condition implies for names: after `if x != none` the name `x` is not `none`.
extension Checker {
  /// Lets names be what they are where a condition is true, or false.
  ///
  /// To be called within a branch, which takes it back.
  /// - Returns: whether that is possible at all, by what is known of the names.
  @discardableResult
  func narrow(_ condition: Expression, to truth: Bool) -> Bool {
    switch condition.bare {
    case .unary(let unary) where unary.operator == .not: return narrow(unary.operand, to: !truth)
    case .operation(let operation): return narrow(operation, to: truth)
    default: return true
    }
  }

  private func narrow(_ operation: Expression.Operation, to truth: Bool) -> Bool {
    guard let link = operation.rest.first else { return true }
    switch link.operator {
    case .and where truth, .or where !truth:
      var isPossible = narrow(operation.first, to: truth)
      for link in operation.rest {
        isPossible = narrow(link.operand, to: truth) && isPossible
      }
      return isPossible
    case .equal: return narrow(operation.first, link.operand, isEqual: truth)
    case .notEqual: return narrow(operation.first, link.operand, isEqual: !truth)
    default: return true
    }
  }

  private func narrow(_ left: Expression, _ right: Expression, isEqual: Bool) -> Bool {
    if case .name(let name) = left.bare, let literal = right.bare.literal {
      return narrow(name.text, literal, isEqual: isEqual)
    }
    if case .name(let name) = right.bare, let literal = left.bare.literal {
      return narrow(name.text, literal, isEqual: isEqual)
    }
    return true
  }

  private func narrow(_ name: String, _ literal: Value, isEqual: Bool) -> Bool {
    guard let binding = binding(of: name), binding.isCertain else { return true }
    if let constant = binding.value.constant { return (constant == literal) == isEqual }
    var value = binding.value
    let type = value.type
    if isEqual {
      guard type.accepts(literal.type) != .never || literal.type.accepts(type) != .never else {
        return false
      }
      value = StaticValue(constant: literal)
    } else {
      // Of these types there is one value only.
      guard [.none, .undefined].contains(literal) else { return true }
      guard let rest = type.removing(literal.type) else { return false }
      value.type = rest
    }
    names.bind(
      name,
      Binding(
        value: value, place: binding.place, foreign: binding.foreign, isNarrowing: true))
    return true
  }
}

extension Expression {
  /// The value of a literal that can be distinguished from others by its type or at sight.
  fileprivate var literal: Value? {
    switch self {
    case .none: .some(.none)
    case .undefined: .undefined
    case .boolean(let boolean, _): .boolean(boolean)
    case .number(let number, _): .number(number)
    case .text(let text): text.literal.map(Value.text)
    default: nil
    }
  }
}
