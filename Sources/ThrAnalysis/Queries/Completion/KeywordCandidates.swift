import ThrModel
import ThrSyntax

extension CompletionProbe {
  /// Whether a whole expression stands before the place, so that only something that goes on from
  /// it can follow.
  var isAfterExpression: Bool {
    guard let previous, previous.kind.endsExpression, previous.end < place.start else {
      return false
    }
    return !isAfterLineEnd || !isStatement
  }

  private var isAfterLineEnd: Bool {
    let index = changed.parse.tokens.firstIndex(notBefore: place.start)
    return index > 0 && changed.parse.tokens[index - 1].kind == .newline
  }

  /// Whether the name begins a statement, with or without something after it: `name`, `name(1)`,
  /// `name |> f`.
  var isStatement: Bool {
    guard case .expression? = nodes.last else { return false }
    for node in nodes.reversed() {
      switch node {
      case .expression(let expression) where expression.span.start == place.start: continue
      case .statement(.expression(let expression)): return expression.span.start == place.start
      default: return false
      }
    }
    return false
  }

  /// The words that go on from the expression before the place.
  var continuations: [Candidate] {
    guard let previous else { return [] }
    if previous.kind == .rightBrace, let words = wordsAfterBlock(previous) { return words }
    if isAfterLoopVariable(previous) { return [keyword("in", .wanted)] }
    var words = ["and", "or", "in", "|>"].map { keyword($0, .suitable) }
    if isInsideList { words += [keyword("for", .wanted), keyword("if", .suitable)] }
    return words
  }

  /// After the block of an `if`, `else`; after other blocks nothing goes on; `nil` where the
  /// brace closes a record.
  private func wordsAfterBlock(_ brace: Token) -> [Candidate]? {
    let path = SyntaxPath(to: brace.end - 1, in: changed.parse.program).nodes
    guard
      let index = path.lastIndex(where: {
        if case .block(let block) = $0 { block.span.end == brace.end } else { false }
      }), index > 0
    else { return nil }
    guard case .expression(.conditional(let conditional)) = path[index - 1],
      conditional.otherwise == nil
    else { return [] }
    return [keyword("else", .wanted)]
  }

  /// `for x` with its `in` to come.
  private func isAfterLoopVariable(_ token: Token) -> Bool {
    let tokens = changed.parse.tokens
    let index = tokens.firstIndex(notBefore: token.start)
    return index > 0 && tokens[index - 1].kind == .for
  }

  private var isInsideList: Bool {
    for node in nodes.reversed() {
      switch node {
      case .expression(.list), .expression(.comprehension): return true
      case .expression(.call), .block, .expression(.record): return false
      default: continue
      }
    }
    return false
  }

  /// The words that may begin an expression or, where one may stand, a statement.
  func leadingKeywords(isCondition: Bool) -> [Candidate] {
    var words = ["true", "false", "none", "undefined", "not", "if"]
      .map { keyword($0, isCondition && $0 == "not" ? .suitable : .possible) }
    guard isStatement else { return words }
    words += ["for", "fn", "use"].map { keyword($0, .possible) }
    if isAfterOpenConditional { words.append(keyword("else", .wanted)) }
    return words
  }

  /// Whether an `if` without `else` stands before the line.
  private var isAfterOpenConditional: Bool {
    guard let previous, previous.kind == .rightBrace else { return false }
    return wordsAfterBlock(previous)?.isEmpty == false
  }

  func keyword(_ word: String, _ rank: Candidate.Rank) -> Candidate {
    var candidate = Candidate(word, .keyword, rank, insertion: word)
    candidate.summary = LanguageTopic.named(word)?.summary ?? ""
    candidate.subject = .keyword(word)
    candidate.snippet = Self.shapes[word].map(Snippet.init)
    return candidate
  }

  private static let shapes: [String: [Snippet.Part]] = [
    "if": [.text("if "), .placeholder("condition"), .text(" { "), .placeholder(""), .text(" }")],
    "for": [
      .text("for "), .placeholder("x"), .text(" in "), .placeholder("xs"), .text(" { "),
      .placeholder(""), .text(" }"),
    ],
    "fn": [
      .text("fn "), .placeholder("name"), .text("("), .placeholder("x"), .text(") = "),
      .placeholder("x"),
    ],
    "use": [.text("use \""), .placeholder("file.thr"), .text("\"")],
    "else": [.text("else { "), .placeholder(""), .text(" }")],
  ]
}
