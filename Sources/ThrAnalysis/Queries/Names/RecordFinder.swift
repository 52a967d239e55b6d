import ThrModel
import ThrSyntax

/// Finds the record literals that an expression may stand for, by the text alone.
struct RecordFinder {
  // Names that stand for names that stand for …: no one writes more.
  private static let maximumSteps = 24

  let document: Document

  func records(of expression: Expression) -> [Expression.Record] {
    var found: [Span: Expression.Record] = [:]
    for case .record(let record) in values(of: expression, 0) { found[record.span] = record }
    return found.values.sorted { $0.span.start < $1.span.start }
  }

  /// The expressions whose values the expression may have: literals, and what is not followed.
  private func values(of expression: Expression, _ steps: Int) -> [Expression] {
    guard steps < Self.maximumSteps else { return [] }
    let next = steps + 1
    switch expression.bare {
    case .name(let name): return values(ofName: name, next)
    case .call(let call): return results(of: call).flatMap { values(of: $0, next) }
    case .member(let member):
      return fields(named: member.name.text, of: member.target, next)
    case .index(let index):
      if case .text(let text) = index.index.bare, let name = text.literal {
        return fields(named: name, of: index.target, next)
      }
      return elements(of: index.target, next)
    case .conditional(let conditional):
      let blocks = conditional.branches.map(\.body) + [conditional.otherwise].compactMap { $0 }
      return blocks.compactMap(\.result).flatMap { values(of: $0, next) }
    default: return [expression.bare]
    }
  }

  private func fields(named name: String, of target: Expression, _ steps: Int) -> [Expression] {
    values(of: target, steps).flatMap { value -> [Expression] in
      guard case .record(let record) = value else { return [] }
      return record.fields.filter { $0.name.text == name }
        .flatMap { values(of: $0.value, steps) }
    }
  }

  private func elements(of sequence: Expression, _ steps: Int) -> [Expression] {
    values(of: sequence, steps).flatMap { value -> [Expression] in
      switch value {
      case .list(let elements, _): elements.flatMap { values(of: $0, steps) }
      case .comprehension(let comprehension): values(of: comprehension.element, steps)
      default: []
      }
    }
  }

  private func values(ofName name: Name, _ steps: Int) -> [Expression] {
    guard let reference = document.facts.reference(at: name.span) else { return [] }
    // Each of its assignments may be the one that holds.
    return document.places(of: reference.symbol).filter(\.isDeclaration).flatMap {
      values(declaredAt: $0.span, steps)
    } + values(ofParameter: reference, steps)
  }

  private func values(declaredAt place: Span, _ steps: Int) -> [Expression] {
    let nodes = SyntaxPath(to: place.start, in: document.parse.program).nodes
    guard case .binding? = nodes.last, nodes.count > 1 else { return [] }
    switch nodes[nodes.count - 2] {
    case .statement(.assignment(let assignment)): return values(of: assignment.value, steps)
    case .statement(.loop(let loop)): return elements(of: loop.sequence, steps)
    case .expression(.comprehension(let comprehension)):
      let turns = ([comprehension.first] + comprehension.rest).first { $0.variable.span == place }
      return turns.map { elements(of: $0.sequence, steps) } ?? []
    default: return []
    }
  }

  // MARK: - Functions

  /// What the calls of its function hand to a parameter.
  private func values(ofParameter reference: Notes.Reference, _ steps: Int) -> [Expression] {
    guard let origin = reference.origin, origin.file == nil,
      let function = SyntaxPath(to: origin.span.start, in: document.parse.program).functions.last,
      let index = function.parameters.firstIndex(where: { $0.name.span == origin.span })
    else { return [] }
    let standIn = function.parameters[index].defaultValue.map { values(of: $0, steps) } ?? []
    let shapes = CallForm(function).parameters.map(\.shape)
    return standIn
      + calls(of: function).flatMap { call in
        let slots = ArgumentMatch(labels: call.arguments.map { $0.label?.text }, to: shapes).slots
        return slots[index].flatMap { values(of: call.arguments[$0].value, steps) }
      }
  }

  private func calls(of function: Statement.FunctionDeclaration) -> [Expression.Call] {
    var calls: [Expression.Call] = []
    document.parse.program.walk { node in
      if case .expression(.call(let call)) = node, self.function(calledBy: call) == function {
        calls.append(call)
      }
    }
    return calls
  }

  private func function(calledBy call: Expression.Call) -> Statement.FunctionDeclaration? {
    guard case .function(let id)? = document.facts.callee(at: call.callee.span), id.unit == 0
    else { return nil }
    return document.analysis.functions[id]?.declaration
  }

  /// What a function of the text gives back.
  private func results(of call: Expression.Call) -> [Expression] {
    switch function(calledBy: call)?.body {
    case .expression(let expression): [expression]
    case .block(let block): [block.result].compactMap { $0 }
    case nil: []
    }
  }
}

extension Block {
  /// The expression whose value the block has.
  fileprivate var result: Expression? {
    if case .expression(let expression)? = statements.last { expression } else { nil }
  }
}
