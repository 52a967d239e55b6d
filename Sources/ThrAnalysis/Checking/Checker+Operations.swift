import ThrModel
public import ThrSyntax

extension Checker {
  func value(of unary: Expression.Unary) -> StaticValue {
    let operand = value(of: unary.operand)
    guard let type = unary.operator.resultType(operand.type) else {
      if unary.operator == .not {
        report(.notACondition(operand.type, in: "not"), at: unary.span, of: unary.operand)
      } else {
        report(unary.operator.mismatch(operand.type), at: unary.span, of: unary.operand)
      }
      return .unknown
    }
    if let constant = operand.constant, constant.isFoldable,
      let result = try? unary.operator.apply(constant)
    {
      return StaticValue(constant: result, size: operand.size + 1)
    }
    return StaticValue(type)
  }

  func value(of operation: Expression.Operation) -> StaticValue {
    guard let first = operation.rest.first else { return value(of: operation.first) }
    if first.operator == .and || first.operator == .or {
      return value(ofLogic: operation, isAnd: first.operator == .and)
    }
    var result = value(of: operation.first)
    var span = operation.first.span
    for (index, link) in operation.rest.enumerated() {
      let right = value(of: link.operand)
      span = span.union(link.operand.span)
      let left = index == 0 ? operation.first : nil
      result = combine(result, link, right, at: span, left)
    }
    return result
  }

  /// - Parameter left: the expression on the left, where that is one operand.
  private func combine(
    _ leftValue: StaticValue, _ link: Expression.Operation.Link, _ rightValue: StaticValue,
    at span: Span, _ left: Expression?
  ) -> StaticValue {
    guard let type = link.operator.resultType(leftValue.type, rightValue.type) else {
      reportMismatch(leftValue, link, rightValue, at: span, left)
      return .unknown
    }
    if [.equal, .notEqual].contains(link.operator) {
      warnOfMetricEquality(leftValue.type, link, rightValue.type)
    }
    if let left = leftValue.constant, let right = rightValue.constant, left.isFoldable,
      right.isFoldable
    {
      do throws(CallError) {
        let result = try link.operator.apply(left, right)
        return StaticValue(constant: result, size: leftValue.size + rightValue.size)
      } catch {
        // All else is left to the run.
        if error.kind == .outOfRange { report(error, at: span, of: link.operand) }
      }
    }
    var result = StaticValue(type.limited)
    result.isNonEmpty = type.isList && (leftValue.isNonEmpty || rightValue.isNonEmpty)
    result.history = leftValue.history.union(rightValue.history)
    if type.isList, link.operator != .plus { result.rows = leftValue.rows ?? rightValue.rows }
    return result
  }

  private func reportMismatch(
    _ left: StaticValue, _ link: Expression.Operation.Link, _ right: StaticValue, at span: Span,
    _ leftExpression: Expression?
  ) {
    var error = link.operator.mismatch(left.type, right.type)
    for case .builtin(let name)? in [left.callee, right.callee] {
      error.remedy = "call the function: `\(name)(…)`"
    }
    let blamed = [leftExpression, link.operand].compactMap { $0 }.first { isHiding($0) }
    report(error, at: span, of: blamed)
  }

  private func isHiding(_ expression: Expression) -> Bool {
    guard case .name(let name) = expression.bare else { return false }
    return vocabulary.knows(name.text) && binding(of: name.text) != nil
  }

  // MARK: - Logic

  /// `and` and `or`, whose right side is evaluated only where the left does not decide.
  private func value(ofLogic operation: Expression.Operation, isAnd: Bool) -> StaticValue {
    let version = outerNames.version
    let mark = names.mark()
    let outer = (uncertainty: context.uncertainty, muting: context.muting)
    var result = value(of: operation.first)
    var left = operation.first
    var span = left.span
    for link in operation.rest {
      enterRight(of: left, result, isAnd: isAnd)
      let right = value(of: link.operand)
      span = span.union(link.operand.span)
      result = combine(result, link, right, at: span, left)
      left = link.operand
    }
    context.uncertainty = outer.uncertainty
    context.muting = outer.muting
    let changes = names.undo(to: mark)
    outerNames.restore(version)
    merge([Flow(changes: changes), Flow()])
    return result
  }

  /// Lets the names be what they are where the left side did not decide.
  private func enterRight(of left: Expression, _ value: StaticValue, isAnd: Bool) {
    // Constraints do not decide: both sides are evaluated.
    if value.type == .constraint { return }
    context.uncertainty += 1
    let isPossible = narrow(left, to: isAnd)
    if value.constant == .boolean(!isAnd) || !isPossible { context.muting = .all }
  }

  private func warnOfMetricEquality(
    _ left: ValueType, _ link: Expression.Operation.Link, _ right: ValueType
  ) {
    guard [left, right] == [.metric, .number] || [left, right] == [.number, .metric] else { return }
    report(.metricEquality(link))
  }
}

extension Value {
  /// Whether the checker computes with it: not with what grows with every step.
  var isFoldable: Bool {
    switch self {
    case .number, .boolean, .undefined, .none, .metric: true
    default: false
    }
  }
}

extension ValueType {
  var isList: Bool { if case .list = self { true } else { false } }
}

extension Diagnostic.Kind {
  public static let metricEquality = Diagnostic.Kind(
    "W0603", "metric-equality", .warning,
    explanation: .init(
      """
      `==` compares values and gives true or false; a metric is never equal to a number. Write a \
      constraint on thresholds with `<`, `<=`, `>` or `>=`.
      """,
      wrong: "wanted = recall == 1", right: "wanted = recall >= 1"))
}

extension Diagnostic {
  fileprivate static func metricEquality(_ link: Expression.Operation.Link) -> Diagnostic {
    let truth = link.operator == .equal ? "false" : "true"
    return Diagnostic(
      .metricEquality, at: link.operatorSpan,
      "a metric is never equal to a number, so this is always \(truth)",
      remedy: "for a constraint write `>=` or `<=`")
  }
}
