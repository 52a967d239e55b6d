import ThrModel
import ThrSyntax

/// What the names of a document are, by the places where they begin.
struct NameColours {
  typealias Look = (kind: Colour.Kind, modifiers: Colour.Modifiers)

  private let facts: Facts
  private let vocabulary: Vocabulary
  /// The parameters and functions that the text declares.
  private var declared: [Notes.Symbol: Colour.Kind] = [:]
  /// Names that no symbol stands for, or whose place says what they are.
  private var fixed: [Int: Look] = [:]
  /// Every statement of the file, and every body of a function.
  private var statements: InOrder
  private var bodies: InOrder

  /// Statements, for places that are asked for in the order of the text.
  private struct InOrder {
    let statements: [CheckedStatement]
    /// How many of them begin before the last place.
    private var begun = 0

    init(_ statements: [CheckedStatement]) { self.statements = statements }

    /// What a name stands for, in the last statement that begins there or before.
    mutating func symbol(at span: Span) -> (symbol: Notes.Symbol, isDeclaration: Bool)? {
      while begun < statements.count, statements[begun].start <= span.start { begun += 1 }
      return begun > 0 ? statements[begun - 1].symbol(at: span) : nil
    }

    /// Whether the name that was asked about last is called.
    func isCalled(at span: Span) -> Bool {
      begun > 0 && statements[begun - 1].callee(at: span) != nil
    }
  }

  init(_ document: Document) {
    facts = document.facts
    vocabulary = document.vocabulary
    statements = InOrder(facts.statements)
    bodies = InOrder(facts.bodies)
    document.parse.program.walk { node in
      note(node)
      if case .expression(.call(let call)) = node { noteColumns(in: call) }
    }
  }

  /// In what is evaluated for every row, names that stand for nothing else are columns.
  private mutating func noteColumns(in call: Expression.Call) {
    guard case .builtin(let name)? = facts.callee(at: call.callee.span),
      vocabulary.signature(name)?.hasRowExpressions == true
    else { return }
    var open = call.arguments.map(\.value)
    while let expression = open.popLast() {
      if case .name(let name) = expression, facts.reference(at: name.span) == nil {
        fixed[name.span.start] = (.property, [])
      }
      open += expression.parts
    }
  }

  private mutating func note(_ node: SyntaxNode) {
    switch node {
    case .label(let name): fixed[name.span.start] = (.namedArgument, [])
    case .member(let name), .field(let name): fixed[name.span.start] = (.property, [])
    case .binding(let name, let binding):
      if binding == .parameter, let symbol = facts.reference(at: name.span)?.symbol {
        if declared[symbol] == nil { declared[symbol] = .parameter }
      } else if binding == .function {
        if let symbol = facts.reference(at: name.span)?.symbol { declared[symbol] = .function }
        fixed[name.span.start] = (.function, .declaration)
      }
    default: break
    }
  }

  /// `nil` for what is no name; tokens are asked for in the order of the text.
  mutating func colour(of token: Token) -> Look? {
    guard token.kind.isWord else { return nil }
    if let look = fixed[token.start] { return look }
    let inStatement = statements.symbol(at: token.span)
    let inBody = bodies.symbol(at: token.span)
    guard let (symbol, isDeclaration) = inStatement ?? inBody else { return nil }
    return look(of: symbol, at: token.span, isDeclaration: isDeclaration)
  }

  private func look(of symbol: Notes.Symbol, at span: Span, isDeclaration: Bool) -> Look {
    switch symbol {
    case .builtin: return (.function, .library)
    case .constant(let name):
      let type = vocabulary.constant(name)?.type
      let isMetric = type == .metric || type == .constraint
      return (isMetric ? .metric : .variable, [.library, .readOnly])
    case .parameter: return (.namedArgument, [])
    case .variable:
      let modifiers: Colour.Modifiers = isDeclaration ? .declaration : []
      if let kind = declared[symbol] { return (kind, modifiers) }
      let isCalled = statements.isCalled(at: span) || bodies.isCalled(at: span)
      return (isCalled ? .function : .variable, modifiers)
    }
  }
}
