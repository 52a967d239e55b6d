import ThrModel
public import ThrSyntax

/// An argument of a call as the checker sees it.
struct CheckedArgument {
  var label: Name?
  /// `nil` for a piped value that earlier stages made.
  var expression: Expression?
  var value: StaticValue
  /// The value's place.
  var span: Span

  /// The place with the name before it.
  var wholeSpan: Span { label.map { $0.span.union(span) } ?? span }
}

extension Checker {
  func value(of pipe: Expression.Pipe) -> StaticValue {
    var piped = CheckedArgument(
      label: nil, expression: pipe.first, value: value(of: pipe.first), span: pipe.first.span)
    for stage in pipe.stages {
      piped.value = value(ofStage: stage, piped)
      piped.expression = nil
      piped.span = stage.span
    }
    return piped.value
  }

  private func value(ofStage stage: Expression, _ piped: CheckedArgument) -> StaticValue {
    switch stage {
    case .call(let call):
      let value = value(of: call, piped: piped)
      if context.isNoting { notes.note(value.type, at: stage.span) }
      return value
    case .missing: return .unknown
    case .name:
      let callee = calleeValue(stage)
      return call(callee, at: stage, [piped], span: stage.span)
    default:
      _ = value(of: stage)
      return .unknown
    }
  }

  func value(of call: Expression.Call, piped: CheckedArgument?) -> StaticValue {
    let callee = calleeValue(call.callee)
    var arguments = piped.map { [$0] } ?? []
    let given = (piped == nil ? [] : [nil]) + call.arguments.map { $0.label?.text }
    let signature = signature(of: callee)
    let compares = signature?.judgesTogether == true && context.judgedTogether == nil
    if compares { context.judgedTogether = [] }
    defer { if compares { context.judgedTogether = nil } }
    for argument in call.arguments {
      let place = arguments.count
      arguments.append(
        CheckedArgument(
          label: argument.label, expression: argument.value,
          value: value(of: argument.value, argument: place, of: signature, given),
          span: argument.value.span))
    }
    return self.call(callee, at: call.callee, arguments, span: call.span)
  }

  /// The callee's value; a column hides no function.
  private func calleeValue(_ callee: Expression) -> StaticValue {
    guard case .name(let name) = callee else { return value(of: callee) }
    calls.callee = name.span
    guard names.frames[names.current].isRow else { return value(of: callee) }
    names.update { $0.isRow = false }
    defer { names.update { $0.isRow = true } }
    return value(of: callee)
  }

  func signature(of callee: StaticValue) -> Signature? {
    guard case .builtin(let name)? = callee.callee else { return nil }
    return vocabulary.signature(name)
  }

  // MARK: - Arguments

  /// The value of an argument, read as the parameter that it is for asks.
  private func value(
    of expression: Expression, argument: Int, of signature: Signature?, _ labels: [String?]
  ) -> StaticValue {
    guard let signature, signature.hasRowExpressions || signature.mayBeOption(expression) else {
      return value(of: expression)
    }
    let parameters = signature.parameters(for: argument, labels)
    if parameters.contains(where: \.isByRow) {
      if parameters.contains(where: { $0.kind == .rowExpression }) { checkReadsRow(expression) }
      return rowValue(of: expression)
    }
    if let word = wordWithoutQuotes(expression, parameters) {
      report(.wordWithoutQuotes(word))
      return StaticValue(constant: .text(word.text))
    }
    return value(of: expression)
  }

  /// An option's word that stands without its quotes, where no name has that spelling.
  private func wordWithoutQuotes(
    _ expression: Expression, _ parameters: [Signature.Parameter]
  ) -> Name? {
    guard case .name(let name) = expression,
      parameters.contains(where: { $0.words.contains(name.text) })
    else { return nil }
    if case .missing = resolve(name.text) { return name }
    return nil
  }

  /// Reports a condition without any name: it cannot depend on the row.
  private func checkReadsRow(_ expression: Expression) {
    var names = MentionedNames()
    names.collect(expression)
    guard names.all.isEmpty else { return }
    if case .boolean = expression.bare { return }
    report(.constantCondition(at: expression.span))
  }

  private func rowValue(of expression: Expression) -> StaticValue {
    var frame = NameFrame(ScopeID(offset: expression.span.start), inside: names.current)
    frame.isOpen = true
    frame.isRow = true
    let outside = names.enter(frame)
    defer { names.leave(to: outside) }
    context.uncertainty += 1
    defer { context.uncertainty -= 1 }
    return value(of: expression)
  }

  // MARK: - Calling

  private func call(
    _ callee: StaticValue, at expression: Expression, _ arguments: [CheckedArgument], span: Span
  ) -> StaticValue {
    if let known = callee.callee { noteCall(known, at: expression.span, arguments) }
    switch callee.callee {
    case .builtin(let name)?:
      guard let signature = vocabulary.signature(name) else { return .unknown }
      return call(signature, named: expression.calleeName(name), arguments)
    case .function(let id)?:
      return call(id, named: expression.calleeName(nil), arguments, span: span)
    case nil:
      numbering.noteWriting()
      if ValueType.function.accepts(callee.type) == .never {
        let parentheses = Span(expression.span.end, span.end)
        reportNotCallable(callee, expression, empty: arguments.isEmpty ? parentheses : nil)
      }
      return .unknown
    }
  }

  /// - Parameter empty: the parentheses after it, where nothing stands in them.
  private func reportNotCallable(
    _ callee: StaticValue, _ expression: Expression, empty: Span?
  ) {
    // The parser has reported what can be called by its shape alone.
    if case .number = expression { return }
    var name: String?
    if case .name(let written) = expression { name = written.text }
    var error = CallError.notCallable(callee.type, named: name)
    let standsAlone = callee.type == .metric || callee.type == .constraint
    let isPlain = error.remedy == nil
    if isPlain {
      error.remedy =
        standsAlone ? "write its name alone, without parentheses" : "only functions are called"
    }
    var diagnostic = error.diagnostic(at: expression.span, notes: hidingNotes(expression))
    if isPlain, standsAlone, let empty {
      diagnostic.fixes = [.init("remove the parentheses", replacing: empty, with: "")]
    }
    report(diagnostic)
  }
}

extension Signature {
  /// Whether an argument may be an option's word without its quotes.
  fileprivate func mayBeOption(_ expression: Expression) -> Bool {
    guard case .name(let name) = expression else { return false }
    return optionWords.contains(name.text)
  }

  /// The parameters that an argument fills, in any form.
  fileprivate func parameters(for argument: Int, _ labels: [String?]) -> [Parameter] {
    forms.flatMap { form -> [Parameter] in
      let slots = ArgumentMatch(labels: labels, to: form.shapes).slots
      return zip(form.parameters, slots).filter { $1.contains(argument) }.map(\.0)
    }
  }
}

extension Expression {
  /// How messages name what is called.
  fileprivate func calleeName(_ builtin: String?) -> Name {
    switch self {
    case .name(let name): name
    case .member(let member): member.name
    default: Name(builtin ?? "function", span)
    }
  }
}

extension Diagnostic.Kind {
  public static let constantCondition = Diagnostic.Kind(
    "W0627", "constant-condition", .warning,
    explanation: .init(
      """
      A condition on rows that names no column is the same for every row. Write the name of a column \
      without quotes, and a name with spaces or signs as `column("Age (years)")`.
      """,
      wrong: """
        # a.csv holds: score,label / 0.1,0 / 0.4,1
        table = read("a.csv")
        filter(table, "score" == 0.4)
        """,
      right: """
        # a.csv holds: score,label / 0.1,0 / 0.4,1
        table = read("a.csv")
        filter(table, score == 0.4)
        """))
}

extension Diagnostic {
  fileprivate static func constantCondition(at span: Span) -> Diagnostic {
    Diagnostic(
      .constantCondition, at: span,
      "the condition names no column, so it is the same for every row",
      remedy: "write the name of a column without quotes: `age > 30`")
  }

  fileprivate static func wordWithoutQuotes(_ word: Name) -> Diagnostic {
    Diagnostic(
      .unknownName, at: word.span, "`\(word.text)` is not defined",
      remedy: "options are texts: `\(word.text.quoted)`",
      fixes: [.init("put it in quotes", replacing: word.span, with: word.text.quoted)])
  }
}
