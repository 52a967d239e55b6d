/// The syntax file of Sublime Text, which `bat` reads too.
struct SublimeSyntax {
  let content: String

  init(_ words: Words, _ pattern: Pattern) {
    func any(_ words: [String]) -> String { "\\b(?:\(words.joined(separator: "|")))\\b" }
    // Between single quotes YAML knows no escape but the quote itself.
    func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
    func rule(_ match: String, _ scope: String) -> String {
      "    - match: \(quoted(match))\n      scope: \(scope)"
    }
    let word = pattern("WORD")
    let signs = words.signs.map { sign in
      sign.map { "+*^|/".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
    let rules = [
      rule("#.*$", "comment.line.number-sign.thr"),
      "    - match: '\"'\n      push: text",
      rule("(?<![\\w.])\(pattern("MAGNITUDE"))%?", "constant.numeric.thr"),
      "    - match: '\\{'\n      push: braces",
      """
          - match: \(quoted("\\b(fn)\\s+(\(word))(?=\\s*\\()"))
            captures:
              1: keyword.declaration.function.thr
              2: entity.name.function.thr
      """,
      """
          - match: \(quoted("\\.\\s*(\(word))"))
            captures:
              1: variable.other.member.thr
      """,
      rule("\(word)(?=\\s*(?:=(?!=)|:))", "variable.parameter.thr"),
      rule(any(words.keywords.filter { $0 != "fn" }), "keyword.control.thr"),
      rule(any(words.operators), "keyword.operator.word.thr"),
      rule(any(words.constants), "constant.language.thr"),
      rule(any(words.functions), "support.function.thr"),
      rule(any(words.metrics), "support.constant.thr"),
      rule("\(word)(?=\\()", "variable.function.thr"),
      rule(signs.joined(separator: "|"), "keyword.operator.thr"),
    ]
    content = """
      %YAML 1.2
      ---
      # \(GeneratedFiles.banner)
      name: thr
      file_extensions: [thr]
      scope: source.thr
      contexts:
        main:
          - include: code
        code:
      \(rules.joined(separator: "\n"))
        braces:
          - match: '\\}'
            pop: true
          - include: code
        text:
          - meta_scope: string.quoted.double.thr
          - match: '"|$'
            pop: true
          - match: \(quoted(pattern("ESCAPE")))
            scope: constant.character.escape.thr
          - match: '\\{'
            scope: punctuation.section.interpolation.begin.thr
            push: interpolation
        interpolation:
          - clear_scopes: 1
          - match: '\\}'
            scope: punctuation.section.interpolation.end.thr
            pop: true
          - match: '(?=$)'
            pop: true
          - match: \(quoted(pattern("FORMAT") + "(?=\\})"))
            scope: constant.other.placeholder.thr
          - include: code

      """
  }
}
