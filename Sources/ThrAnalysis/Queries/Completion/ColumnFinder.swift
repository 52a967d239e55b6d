import ThrModel
import ThrSyntax

/// The columns of a table, and the file that they stand in, by its path as written.
struct TableColumns {
  var names: [String]
  var file: String?
}

/// Finds the columns of tables without running anything: from present values, and from the files
/// that the text reads by a constant path.
struct ColumnFinder {
  // Names that stand for names that stand for …: no one writes more.
  private static let maximumSteps = 40

  let document: Document
  let surroundings: Surroundings
  /// Whether only columns count that the table is sure to have, and all of those.
  var isCertain = false
  /// The function whose body is followed: what a name outside of it stands for may differ from call
  /// to call.
  private var function: Span?

  init(document: Document, surroundings: Surroundings, isCertain: Bool = false) {
    self.document = document
    self.surroundings = surroundings
    self.isCertain = isCertain
  }

  /// The columns of the table that is a call's first argument, where they are known.
  func columns(ofFirstArgumentOf call: Expression.Call) -> TableColumns? {
    columns(ofFirstArgumentOf: call, steps: 0)
  }

  /// The columns of the table that is a call's first argument, or of the rows around the call.
  func columns(of place: CallPlace) -> [String]? { table(of: place)?.names }

  func table(of place: CallPlace) -> TableColumns? {
    columns(ofFirstArgumentOf: place.call, steps: 0) ?? columns(ofRowsAround: place.call)
  }

  private func columns(ofRowsAround inner: Expression.Call) -> TableColumns? {
    let path = SyntaxPath(to: inner.span.start, in: document.parse.program).nodes
    for case .expression(.call(let call)) in path.reversed() where call.span != inner.span {
      guard case .builtin(let name)? = document.facts.callee(at: call.callee.span),
        document.vocabulary.signature(name)?.hasRowExpressions == true
      else { continue }
      return columns(ofFirstArgumentOf: call, steps: 0)
    }
    return nil
  }

  private func columns(of expression: Expression, steps: Int) -> TableColumns? {
    guard steps < Self.maximumSteps else { return nil }
    switch expression.bare {
    case .name(let name):
      // A value that the text itself gives comes after the present one.
      let isOwn = document.facts.reference(at: name.span)?.origin != nil
      if function == nil, !(isCertain && isOwn),
        let columns = surroundings.value(name.text)?.columns
      {
        return TableColumns(names: columns)
      }
      return value(of: name).flatMap { columns(of: $0, steps: steps + 1) }
    case .call(let call): return columns(made: call, steps: steps + 1)
    case .pipe(let pipe):
      return columns(of: pipe.stages.last ?? pipe.first, steps: steps + 1)
    default: return nil
    }
  }

  /// The expression whose value a name has.
  private func value(of name: Name) -> Expression? {
    guard let origin = document.facts.reference(at: name.span)?.origin, origin.file == nil else {
      return nil
    }
    if let function, !function.holds(origin.span.start) { return nil }
    let path = SyntaxPath(to: origin.span.start, in: document.parse.program).nodes
    for case .statement(.assignment(let assignment)) in path.reversed() {
      return assignment.name.span == origin.span ? assignment.value : nil
    }
    return nil
  }

  /// The columns of what a call gives: of the file that it reads, or of the table that it takes.
  private func columns(made call: Expression.Call, steps: Int) -> TableColumns? {
    let callee = document.facts.callee(at: call.callee.span)
    if case .function(let id)? = callee { return columns(madeBy: id, steps: steps) }
    guard case .builtin(let name)? = callee,
      let signature = document.vocabulary.signature(name)
    else { return nil }
    if signature.effect == .readsFiles, let path = path(readBy: call, signature) {
      // Other arguments change what is read.
      if isCertain, call.arguments.count != 1 { return nil }
      return surroundings.columns(path).map { TableColumns(names: $0, file: path) }
    }
    // Of functions that keep the columns as they are, those that choose rows are known.
    let choosesRows = signature.forms.contains { form in
      form.parameters.contains { $0.kind == .rowExpression }
    }
    if isCertain, !choosesRows { return nil }
    let result = document.facts.type(at: call.span)
    guard result == signature.forms.first?.parameters.first?.type else { return nil }
    return columns(ofFirstArgumentOf: call, steps: steps)
  }

  /// The columns of what a function of the text gives, where they do not depend on its arguments.
  private func columns(madeBy id: FunctionID, steps: Int) -> TableColumns? {
    guard let function = document.analysis.functions[id], id.unit == 0, function.file == nil else {
      return nil
    }
    var inside = self
    inside.function = function.declaration.span
    switch function.declaration.body {
    case .expression(let value): return inside.columns(of: value, steps: steps + 1)
    case .block(let block):
      guard case .expression(let value)? = block.statements.last else { return nil }
      return inside.columns(of: value, steps: steps + 1)
    }
  }

  private func columns(ofFirstArgumentOf call: Expression.Call, steps: Int) -> TableColumns? {
    if let source = pipedSource(into: call) { return columns(of: source, steps: steps + 1) }
    guard let first = call.arguments.first, first.label == nil else { return nil }
    return columns(of: first.value, steps: steps + 1)
  }

  /// The expression whose value a pipe hands to the call.
  private func pipedSource(into call: Expression.Call) -> Expression? {
    let path = SyntaxPath(to: call.span.start, in: document.parse.program).nodes
    for case .expression(.pipe(let pipe)) in path.reversed() {
      guard let stage = pipe.stages.firstIndex(where: { $0.span == call.span }) else { continue }
      return stage == 0 ? pipe.first : pipe.stages[stage - 1]
    }
    return nil
  }

  private func path(readBy call: Expression.Call, _ signature: Signature) -> String? {
    let labels = call.arguments.map { $0.label?.text }
    for form in signature.forms {
      let slots = ArgumentMatch(labels: labels, to: form.shapes).slots
      for (parameter, slot) in zip(form.parameters, slots) where parameter.kind == .path {
        guard let argument = slot.first else { continue }
        return constantText(call.arguments[argument].value)
      }
    }
    return nil
  }

  /// The text of a literal, or of a name that stands for one.
  private func constantText(_ expression: Expression) -> String? {
    switch expression.bare {
    case .text(let text): text.literal
    case .name(let name):
      value(of: name).flatMap { if case .text(let text) = $0.bare { text.literal } else { nil } }
    default: nil
    }
  }
}
