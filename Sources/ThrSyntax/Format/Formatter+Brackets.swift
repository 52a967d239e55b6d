extension Formatter {
  /// Elements between brackets, one a line where they do not fit on one.
  ///
  /// A comma after the last keeps them one a line; the style writes it there.
  func elements<Element>(
    of elements: [Element], style: Layout.Group.Style = .together,
    _ write: (Element) -> Void
  ) {
    let isOpen = endsInComma
    group(isForced: isOpen) {
      token()
      guard !elements.isEmpty || commentFollows else { return token() }
      let isFilled = style == .fill && !isOpen
      indented {
        line()
        if isFilled {
          group(.fill) { row(elements, keepsBlanks: false, write) }
        } else {
          row(elements, keepsBlanks: true, write)
          skipComma()
          if !elements.isEmpty { layout.append(.lastComma) }
        }
        commentsAtEnd(isFirst: elements.isEmpty)
      }
      line()
      token()
    }
  }

  private func row<Element>(
    _ elements: [Element], keepsBlanks: Bool, _ write: (Element) -> Void
  ) {
    for (place, element) in elements.enumerated() {
      if place > 0 {
        jump()
        commentsAfter()
        line(flat: .space, isBlank: keepsBlanks && blankFollows)
      }
      write(element)
    }
  }

  // MARK: - Kinds of brackets

  func list(_ elements: [Expression], _ span: Span) {
    let isPlain = elements.count > 1 && elements.allSatisfy(\.isLiteral)
    self.elements(of: elements, style: isPlain ? .fill : .together) { expression($0) }
  }

  func record(_ record: Expression.Record) {
    elements(of: record.fields) { field in
      text(field.name.span)
      jump()
      spaced { expression(field.value) }
    }
  }

  func call(_ call: Expression.Call) {
    expression(call.callee)
    if call.arguments.count == 1, let only = call.arguments.first, only.value.fillsItsCall,
      isAlone(only, in: call.argumentsSpan)
    {
      token()
      argument(only)
      return token()
    }
    elements(of: call.arguments) { argument($0) }
  }

  /// Whether nothing but the argument stands between the parentheses: no comment, no comma.
  private func isAlone(_ argument: Expression.Call.Argument, in span: Span) -> Bool {
    let (inner, after) = (argument.span, Span(argument.span.end, span.end))
    return !hasComments(within: Span(span.start, inner.start))
      && !hasComments(within: after)
      && !hasComments(within: Span(inner.start, argument.value.span.start))
      && !bytes[after.start..<after.end].contains(UInt8(ascii: ","))
  }

  private func argument(_ argument: Expression.Call.Argument) {
    guard argument.label != nil else { return expression(argument.value) }
    named(argument.value)
  }

  /// A name with its value: `step=0.001`, and `where = precision >= 0.9`, whose value has operators
  /// of its own.
  func named(_ value: Expression) {
    token()
    let isSpaced =
      value.isWrittenWithSpaces || hasComments(within: Span(writtenEnd, value.span.start))
    if isSpaced { space() }
    jump()
    if isSpaced { spaced { expression(value) } } else { expression(value) }
  }

  func comprehension(_ comprehension: Expression.Comprehension) {
    group {
      token()
      indented {
        line()
        expression(comprehension.element)
        comprehension.turns.forEach(turns)
        commentsAtEnd()
      }
      line()
      token()
    }
  }

  private func turns(_ turns: Expression.Comprehension.Turns) {
    line(flat: .space)
    token()
    spaced { token() }
    spaced { token() }
    spaced { expression(turns.sequence) }
    guard let condition = turns.condition else { return }
    line(flat: .space)
    token()
    spaced { expression(condition) }
  }

  /// `[lower:upper]`, close together.
  func ends(of slice: Expression.Slice) {
    group {
      token()
      indented {
        line()
        if let lower = slice.lower { expression(lower) }
        token()
        if let upper = slice.upper { expression(upper) }
        commentsAtEnd()
      }
      line()
      token()
    }
  }

  /// One value between brackets.
  func enclosed(_ value: Expression) {
    group {
      token()
      indented {
        line()
        expression(value)
        commentsAtEnd()
      }
      line()
      token()
    }
  }
}
