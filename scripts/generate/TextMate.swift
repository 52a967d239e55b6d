/// The TextMate grammar, which VS Code, Sublime Text, Zed's and GitHub's renderers among others read.
struct TextMate {
  let content: String

  init(_ words: Words, _ pattern: Pattern) {
    let word = pattern("WORD")
    func rule(_ name: String, _ match: String) -> String {
      "{ \"name\": \(json(name)), \"match\": \(json(match)) }"
    }
    func any(_ words: [String]) -> String { "\\b(?:\(words.joined(separator: "|")))\\b" }
    let signs = words.signs.map { sign in
      sign.map { "+*^|/".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
    content = """
      {
        "$comment": \(json(GeneratedFiles.banner)),
        "name": "thr",
        "scopeName": "source.thr",
        "fileTypes": ["thr"],
        "patterns": [{ "include": "#code" }],
        "repository": {
          "code": {
            "patterns": [
              { "include": "#comment" },
              { "include": "#text" },
              { "include": "#number" },
              { "include": "#braces" },
              { "include": "#declaration" },
              { "include": "#member" },
              { "include": "#label" },
              { "include": "#word" },
              { "include": "#sign" }
            ]
          },
          "comment": \(rule("comment.line.number-sign.thr", "#.*$")),
          "text": {
            "name": "string.quoted.double.thr",
            "begin": "\\"",
            "end": "\\"|$",
            "patterns": [
              \(rule("constant.character.escape.thr", pattern("ESCAPE"))),
              { "include": "#interpolation" }
            ]
          },
          "interpolation": {
            "name": "meta.embedded.line.thr",
            "begin": "\\\\{",
            "end": "\\\\}|(?=$)",
            "beginCaptures": { "0": { "name": "punctuation.section.embedded.begin.thr" } },
            "endCaptures": { "0": { "name": "punctuation.section.embedded.end.thr" } },
            "patterns": [
              \(rule("constant.other.placeholder.thr", pattern("FORMAT") + "(?=\\})")),
              \(rule("variable.other.thr", word + "(?=\(pattern("FORMAT"))\\})")),
              { "include": "#code" }
            ]
          },
          "braces": {
            "begin": "\\\\{",
            "end": "\\\\}",
            "patterns": [{ "include": "#code" }]
          },
          "number": \(rule(
            "constant.numeric.thr", "(?<![\\w.])" + pattern("MAGNITUDE") + "%?")),
          "declaration": {
            "match": \(json("\\b(fn)\\s+(\(word))(?=\\s*\\()")),
            "captures": {
              "1": { "name": "keyword.declaration.function.thr" },
              "2": { "name": "entity.name.function.thr" }
            }
          },
          "member": {
            "match": \(json("\\.\\s*(\(word))")),
            "captures": { "1": { "name": "variable.other.member.thr" } }
          },
          "label": \(rule("variable.parameter.thr", "\(word)(?=\\s*(?:=(?!=)|:))")),
          "word": {
            "patterns": [
              \(rule("keyword.control.thr", any(words.keywords.filter { $0 != "fn" }))),
              \(rule("keyword.operator.word.thr", any(words.operators))),
              \(rule("constant.language.thr", any(words.constants))),
              \(rule("support.function.thr", any(words.functions))),
              \(rule("support.constant.metric.thr", any(words.metrics))),
              \(rule("entity.name.function.call.thr", "\(word)(?=\\()"))
            ]
          },
          "sign": \(rule("keyword.operator.thr", signs.joined(separator: "|")))
        }
      }

      """
  }
}

/// A text as JSON writes it.
func json(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
