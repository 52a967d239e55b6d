/// A lexer for Pygments, which Sphinx, MkDocs, LaTeX's minted and Jupyter colour code with.
struct PygmentsLexer {
  let content: String

  init(_ words: Words, _ pattern: Pattern) {
    func list(_ words: [String]) -> String {
      words.map { "    \"\($0)\",\n" }.joined()
    }
    // A raw text of Python takes any pattern that has no three quotes in a row.
    func raw(_ text: String) -> String { "r\"\"\"\(text)\"\"\"" }
    let word = pattern("WORD")
    let signs = words.signs.map { sign in
      sign.map { "+*^|/".contains($0) ? "\\\($0)" : String($0) }.joined()
    }.joined(separator: "|")
    content = """
      # \(GeneratedFiles.banner)
      \"\"\"A Pygments lexer for thr: `pygmentize -x -l thr_lexer.py:ThrLexer FILE.thr`.\"\"\"

      from pygments.lexer import RegexLexer, bygroups, include, words
      from pygments.token import (
          Comment, Keyword, Name, Number, Operator, Punctuation, String, Text)

      __all__ = ["ThrLexer"]

      KEYWORDS = (
      \(list(words.keywords.filter { $0 != "fn" })))

      OPERATORS = (
      \(list(words.operators)))

      CONSTANTS = (
      \(list(words.constants)))

      FUNCTIONS = (
      \(list(words.functions)))

      METRICS = (
      \(list(words.metrics)))

      NAME = \(raw(word))
      NUMBER = \(raw(pattern("MAGNITUDE")))


      class ThrLexer(RegexLexer):
          \"\"\"thr, a language for choosing classification thresholds.\"\"\"

          name = "thr"
          aliases = ["thr"]
          filenames = ["*.thr"]

          tokens = {
              "root": [include("code")],
              "code": [
                  (r"[ \\t\\r\\n]+", Text),
                  (r"#.*", Comment.Single),
                  (r'"', String, "text"),
                  (NUMBER + "%?", Number),
                  (r"\\{", Punctuation, "braces"),
                  (r"(fn)([ \\t]+)(" + NAME + r")(?=[ \\t]*\\()",
                   bygroups(Keyword.Declaration, Text, Name.Function)),
                  (r"(\\.)(\\s*)(" + NAME + ")", bygroups(Punctuation, Text, Name.Attribute)),
                  (NAME + r"(?=[ \\t]*(?:=(?!=)|:))", Name.Variable),
                  (words(KEYWORDS, suffix=r"\\b"), Keyword),
                  (words(OPERATORS, suffix=r"\\b"), Operator.Word),
                  (words(CONSTANTS, suffix=r"\\b"), Keyword.Constant),
                  (words(FUNCTIONS, suffix=r"\\b"), Name.Builtin),
                  (words(METRICS, suffix=r"\\b"), Name.Constant),
                  (NAME, Name),
                  (\(raw(signs)), Operator),
                  (r"[()\\[\\],;:.]", Punctuation),
              ],
              "braces": [(r"\\}", Punctuation, "#pop"), include("code")],
              "text": [
                  (r'"', String, "#pop"),
                  (r"\\n", Text, "#pop"),
                  (\(raw(pattern("ESCAPE"))), String.Escape),
                  (r"\\{", String.Interpol, "interpolation"),
                  (r'[^"\\\\{\\n]+', String),
                  (r"\\\\", String),
              ],
              "interpolation": [
                  (r"\\}", String.Interpol, "#pop"),
                  (\(raw(pattern("FORMAT"))) + r"(?=\\})", String.Interpol),
                  include("code"),
              ],
          }

      """
  }
}
