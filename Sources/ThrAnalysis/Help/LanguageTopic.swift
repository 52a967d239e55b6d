import ThrSyntax

/// A construct of the language that has a word or sign of its own.
struct LanguageTopic: Hashable, Sendable {
  /// The words and signs, the first of which names the topic.
  let names: [String]
  let summary: String
  let documentation: String
  /// A program that runs as it stands.
  let example: String

  var name: String { names[0] }

  init(_ names: String..., summary: String, documentation: String = "", example: String) {
    self.names = names
    self.summary = summary
    self.documentation = documentation
    self.example = example
  }

  static func named(_ name: String) -> LanguageTopic? {
    all.first { $0.names.contains(name) }
  }

  static let all: [LanguageTopic] = [
    LanguageTopic(
      "=", summary: "Assigns a value to a name.",
      documentation: """
        Values do not change, but a name can be assigned again. If you assign to the name of a \
        builtin, the builtin is hidden below that line.
        """,
      example: "limit = 0.9\nlimit = limit / 2"),
    LanguageTopic(
      "if", "else", summary: "Chooses between blocks by a condition.",
      documentation: """
        An expression: its value is that of the block that ran, or `none`. The condition must be \
        true or false, not a constraint such as `precision >= 0.9`. Names assigned in a \
        block remain after it.
        """,
      example: "x = 3\nsign = if x > 0 { 1 } else if x < 0 { -1 } else { 0 }"),
    LanguageTopic(
      "for", summary: "Repeats a block for each element of a list, or makes a list from another.",
      documentation: """
        The block of a loop can assign the names outside it, such as a running total. Inside \
        brackets, `for` makes a list of the values of the expression before it; an `if` after it \
        selects elements. A second `for` goes through its list for each element of the first. \
        Names in it are local.
        """,
      example:
        "total = 0\nfor x in [1, 2, 3] { total = total + x }\n[x ^ 2 for x in [1, 2, 3] if x > 1]"
    ),
    LanguageTopic(
      "fn", summary: "Declares a function.",
      documentation: """
        The body is an expression after `=`, or a block, whose value is that of its last \
        expression. Names assigned in it are local; names outside it are read when it is called. \
        It can be called anywhere in its file.
        """,
      example: "fn odds(p, of=1) = p / (of - p)\nodds(0.8)"),
    LanguageTopic(
      "use", summary: "Imports the names of another file.",
      documentation: """
        The file runs once, without output. Its path is relative to the file that contains `use`.
        """,
      example: "# use \"metrics.thr\""),
    LanguageTopic(
      "args", summary: "The arguments of the script, a list of texts.",
      documentation: """
        `thr report.thr data.csv 0.9` runs a script with the arguments `"data.csv"` and `"0.9"`. \
        At the prompt the list is empty. `number(…)` converts a text to a number.
        """,
      example: "file = if len(args) > 0 { args[0] } else { \"data.csv\" }"),
    LanguageTopic(
      "|>", summary: "Passes the value on its left as the first argument of the call on its right.",
      example: "[3, 1, 2] |> len"),
    LanguageTopic(
      "and", "or", "not", summary: "Combine or negate conditions or constraints.",
      documentation: """
        `and` and `or` do not evaluate their right side if the left side decides the result. \
        Constraints combine to a constraint.
        """,
      example: "x = 3\nx > 1 and not (x == 2)\nwanted = precision >= 0.9 and flag_rate <= 2%"),
    LanguageTopic(
      "==", "!=", summary: "Compare two values for equality.",
      documentation: "Values may be of any type; values of different types are not equal.",
      example: "[1, 2] == [1, 2]"),
    LanguageTopic(
      "<", "<=", ">", ">=",
      summary: "Compare numbers or texts; with a metric, make a constraint.",
      documentation: """
        Comparisons cannot be chained: write `1 < x and x < 2`, not `1 < x < 2`.
        """, example: "recall >= 80%"),
    LanguageTopic(
      "in", summary: "Tests whether a list, a text or a record contains a value, part or field.",
      example: "2 in [1, 2, 3]"),
    LanguageTopic(
      "+", "-", "*", "/", "%", "^", summary: "Arithmetic on numbers and metrics.",
      documentation: """
        `+` also joins texts and lists. `%` directly after a number makes it a percentage; \
        elsewhere it is the remainder, with the divisor's sign. `^` has the highest precedence and \
        is right-associative. A result that is not a finite number is `undefined`.
        """,
      example: "profit = 40*tp - 5*fp\n7 % 3 + 2 ^ 3"),
    LanguageTopic(
      "none", summary: "The value that stands for a missing value.",
      documentation: "Test for it with `== none`.", example: "x = none\nx == none"),
    LanguageTopic(
      "undefined", summary: "The result of a formula that has no value, such as 1/0.",
      documentation: """
        Arithmetic with it gives `undefined`. Test for it with `== undefined`. No search chooses \
        it.
        """,
      example: "1 / 0 == undefined"),
    LanguageTopic(
      "true", "false", summary: "The values of conditions.", example: "not true"),
    LanguageTopic(
      "[", "]", "list", summary: "A list, one of its elements, or some in a row.",
      documentation: """
        Indices start at 0; negative indices count from the end. Indexing a text gives a \
        character; indexing a record with a text gives that field. `xs[1:3]` is a slice: the \
        elements from `[1]` up to, but not including, `[3]`. An end that is left out is that of the \
        list or text, and so is one beyond it.
        """,
      example: "xs = [5, 6, 7]\nxs[0] + xs[-1]\nxs[:2] + xs[-1:]"),
    LanguageTopic(
      "{", "}", "record", summary: "A record: named values.",
      documentation: """
        Read a field with a dot. A list of records with the same fields is shown as a table. Where \
        a block is possible, put a record in parentheses.
        """,
      example: "costs = {fp: 1, fn: 20}\ncosts.fn"),
    LanguageTopic(
      "\"", "text", summary: "A text; write values inside it in braces.",
      documentation: """
        `{value:.3f}` gives three decimals, `{share:.1%}` a percentage, `{count:,}` thousands \
        separators, `{name:>8}` right alignment in eight characters.
        """,
      example: "x = 0.256035\n\"threshold {x:.3f}\""),
    LanguageTopic(
      "#", summary: "Starts a comment, which ends with the line.", example: "x = 1  # one"),
  ]
}

extension HelpDocument {
  init(_ topic: LanguageTopic) {
    self.init([
      .heading(topic.names.joined(separator: "  ")), .paragraph(topic.summary),
    ])
    parts += HelpDocument(prose: topic.documentation).parts
    parts += [.heading("Example"), .code(topic.example)]
  }
}
