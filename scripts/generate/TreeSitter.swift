import GrammarReading

/// The Tree-sitter grammar: rule by rule what `thr.ebnf` says.
///
/// A rule of which some sentences are just another rule's, as a sum of one product, becomes two: a
/// hidden one for both, and a node for what is more. So a tree has a node for each operation and
/// none for its absence. Line ends come from `scanner.c`.
struct TreeSitter {
  private let grammar: Grammar
  private let pattern: Pattern
  private let words: Words

  init(_ grammar: Grammar, _ words: Words) {
    self.grammar = grammar
    self.words = words
    pattern = Pattern(grammar: grammar, dialect: .treeSitter)
  }

  var content: String {
    """
    // \(GeneratedFiles.banner)

    module.exports = grammar({
      name: "thr",
      word: $ => $.identifier,
      // A line end is a space wherever `_newline` is not expected.
      extras: $ => [/[ \\t\\r\\n]/, $.comment],
      externals: $ => [$._newline],
      rules: {
    \(phrases.flatMap(definitions).map { "    \($0),\n" }.joined())
        identifier: $ => /\(pattern("WORD"))/,
        number: $ => /\(pattern("MAGNITUDE"))/,
        percent: $ => /\(pattern("MAGNITUDE"))%/,
        characters: $ => token.immediate(prec(1, /\(pattern("CHARACTERS"))/)),
        format: $ => /\(pattern("FORMAT"))/,
        comment: $ => /\(pattern("COMMENT"))/,
      },
    });

    """
  }

  // MARK: - Rules

  /// The phrase rules, `program` first, without the lists that describe the layout.
  private var phrases: [Grammar.Rule] {
    grammar.rulesReached(from: "program").filter { !$0.isLexical }
  }

  private func definitions(of rule: Grammar.Rule) -> [String] {
    let name = rule.name.replacing("-", with: "_")
    if rule.name == "program" { return ["\(name): $ => \(script(rule.form))"] }
    if isNullable(rule.form) { return ["_\(name): $ => \(script(nonempty(rule.form)))"] }
    let (bare, more) = Self.split(rule.form)
    if bare.isEmpty { return ["\(name): $ => \(script(rule.form))"] }
    let node = more.isEmpty ? [] : ["$.\(name)"]
    let all = bare.map(script) + node
    let hidden = "_\(name): $ => \(all.count == 1 ? all[0] : call("choice", all))"
    if more.isEmpty { return [hidden] }
    return [hidden, "\(name): $ => \(script(more.count == 1 ? more[0] : .choice(more)))"]
  }

  /// The alternatives of a rule that are another rule and nothing else, and all others.
  private static func split(
    _ form: Grammar.Form
  ) -> (bare: [Grammar.Form], more: [Grammar.Form]) {
    switch form {
    case .choice(let forms):
      let parts = forms.map(split)
      let bare = parts.flatMap(\.bare)
      if bare.isEmpty { return ([], [form]) }
      // Beside other rules, a token alone needs no node around it.
      let tokens = forms.filter {
        if case .reference(let name) = $0 { isToken(name) } else { false }
      }
      return (bare + tokens, parts.flatMap(\.more).filter { !tokens.contains($0) })
    case .reference(let name) where name.first?.isLowercase == true: return ([form], [])
    case .sequence(let forms) where forms.count == 2:
      guard case .reference(let name) = forms[0], name.first?.isLowercase == true else { break }
      switch forms[1] {
      case .optional(let rest): return ([forms[0]], [.sequence([forms[0], rest])])
      case .repetition(let rest):
        return ([forms[0]], [.sequence([forms[0], .sequence([rest, forms[1]])])])
      default: break
      }
    default: break
    }
    return ([], [form])
  }

  private static func isToken(_ name: String) -> Bool { name.first?.isUppercase ?? false }

  private func isNullable(_ form: Grammar.Form) -> Bool {
    switch form {
    case .optional, .repetition: true
    case .sequence(let forms): forms.allSatisfy(isNullable)
    case .choice(let forms): forms.contains(where: isNullable)
    case .reference(let name) where name.first?.isLowercase == true: isNullable(grammar[name])
    default: false
    }
  }

  /// What a form that may be nothing is when it is something: Tree-sitter's rules never match
  /// nothing.
  private func nonempty(_ form: Grammar.Form) -> Grammar.Form {
    switch form {
    case .optional(let inner): return inner
    case .repetition(let inner): return .sequence([inner, form])
    case .sequence(let forms) where forms.count == 2:
      return .choice([.sequence([nonempty(forms[0]), forms[1]]), nonempty(forms[1])])
    default: fatalError("no rule of the grammar may be nothing in this way: \(form)")
    }
  }

  // MARK: - Forms

  private func script(_ form: Grammar.Form) -> String {
    switch form {
    case .literal(let text): return json(text)
    case .reference("NEWLINE"): return "$._newline"
    case .reference("NAME"), .reference("WORD"): return "$.identifier"
    case .reference("KEYWORD"):
      // `fn` is a name already.
      return call("choice", grammar.list("KEYWORD").filter { $0 != "fn" }.map(json))
    case .reference(let name):
      if name.first?.isUppercase == true { return "$.\(name.lowercased())" }
      let isHidden = isNullable(grammar[name]) || !Self.split(grammar[name]).bare.isEmpty
      let symbol = "$.\(isHidden ? "_" : "")\(name.replacing("-", with: "_"))"
      return isNullable(grammar[name]) ? call("optional", [symbol]) : symbol
    case .optional(let inner): return call("optional", [script(inner)])
    case .repetition(let inner): return call("repeat", [script(inner)])
    case .choice(let forms): return call("choice", forms.map(script))
    case .sequence(let forms): return sequence(forms)
    case .difference, .range, .special: fatalError("a phrase rule holds what only tokens may")
    }
  }

  /// A sequence; `a { a }` in it is one or more of `a`.
  private func sequence(_ forms: [Grammar.Form]) -> String {
    var parts: [String] = []
    var index = 0
    while index < forms.count {
      if index + 1 < forms.count, forms[index + 1] == .repetition(forms[index]) {
        parts.append(call("repeat1", [script(forms[index])]))
        index += 2
      } else {
        parts.append(script(forms[index]))
        index += 1
      }
    }
    return parts.count == 1 ? parts[0] : call("seq", parts)
  }

  private func call(_ function: String, _ arguments: [String]) -> String {
    "\(function)(\(arguments.joined(separator: ", ")))"
  }

  // MARK: - Queries

  /// What colours the nodes.
  var highlights: String {
    func any(_ words: [String]) -> String { "^(\(words.joined(separator: "|")))$" }
    func list(_ words: [String]) -> String {
      words.map { "  \(json($0))" }.joined(separator: "\n")
    }
    return """
      ; \(GeneratedFiles.banner)

      (comment) @comment
      [(text) (plain_text)] @string
      (format) @string.special
      (interpolation ["{" "}"] @punctuation.special)
      [(number) (percent)] @number
      (constant) @constant.builtin

      ((name) @constant (#match? @constant "\(any(words.metrics))"))
      ((name) @function.builtin (#match? @function.builtin "\(any(words.functions))"))
      (function (name) @function)
      (postfix . (name) @function (arguments))
      (named (name) @variable.parameter)
      (optional (name) @variable.parameter)
      (field . (name) @property)
      (member (identifier) @property)

      [
      \(list(words.keywords))
      ] @keyword

      [
      \(list(words.operators))
      ] @keyword.operator

      [
      \(list(words.signs))
      ] @operator

      ["(" ")" "[" "]" "{" "}"] @punctuation.bracket
      ["," ";" ":" "."] @punctuation.delimiter

      """
  }
}
