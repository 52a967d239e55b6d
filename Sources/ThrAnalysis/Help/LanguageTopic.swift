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
      "=", summary: "Gives a name a value.",
      documentation: """
        Values do not change; a name may get another value further down. A name of the language may \
        be used for your own value, and then hides the builtin from there on.
        """,
      example: "limit = 0.9\nlimit = limit / 2"),
    LanguageTopic(
      "if", "else", summary: "Chooses between blocks by a condition.",
      documentation: """
        An expression: its value is that of the block that ran, or `none`. The condition is true or \
        false; a constraint such as `precision >= 0.9` is neither. Blocks share the names around \
        them.
        """,
      example: "x = 3\nsign = if x > 0 { 1 } else if x < 0 { -1 } else { 0 }"),
    LanguageTopic(
      "for", summary: "Goes through a list, as a loop or inside a list.",
      documentation: """
        A loop's block shares the names around it, so that sums and the like can be carried on. \
        Inside `[ ]` it makes a list of what stands before `for`, with names of its own; an `if` \
        behind it picks elements.
        """,
      example:
        "total = 0\nfor x in [1, 2, 3] { total = total + x }\n[x ^ 2 for x in [1, 2, 3] if x > 1]"
    ),
    LanguageTopic(
      "fn", summary: "Declares a function.",
      documentation: """
        The body is an expression after `=`, or a block whose value is its last expression's. Its \
        names are its own; names around it are read when it is called. It can be called anywhere in \
        its file.
        """,
      example: "fn odds(p, of=1) = p / (of - p)\nodds(0.8)"),
    LanguageTopic(
      "use", summary: "Brings the names of another file.",
      documentation: """
        The file runs once and shows nothing. Its path is relative to the file that uses it.
        """,
      example: "# use \"metrics.thr\""),
    LanguageTopic(
      "|>", summary: "Makes the value on its left the first argument of the call on its right.",
      example: "[3, 1, 2] |> len"),
    LanguageTopic(
      "and", "or", "not", summary: "Join and turn round conditions, or constraints.",
      documentation: """
        `and` and `or` leave their right side unread where the left decides. Constraints joined are \
        a constraint.
        """,
      example: "x = 3\nx > 1 and not (x == 2)\nwanted = precision >= 0.9 and flag_rate <= 2%"),
    LanguageTopic(
      "==", "!=", summary: "Compare values and give true or false.",
      documentation: "They take values of any type; those of different types are not equal.",
      example: "[1, 2] == [1, 2]"),
    LanguageTopic(
      "<", "<=", ">", ">=",
      summary: "Compare numbers or texts; with a metric, make a constraint.",
      documentation: "`1 < x and x < 2` says what `1 < x < 2` would.", example: "recall >= 80%"),
    LanguageTopic(
      "in", summary: "Asks whether a list has an element, a text a part, or a record a field.",
      example: "2 in [1, 2, 3]"),
    LanguageTopic(
      "+", "-", "*", "/", "%", "^", summary: "Compute with numbers and metrics.",
      documentation: """
        `+` also joins texts and lists. A `%` that touches the number on its left makes it a \
        percentage; elsewhere it is the remainder, with the divisor's sign. `^` binds tightest and \
        to the right. What is no finite number is `undefined`.
        """,
      example: "profit = 40*tp - 5*fp\n7 % 3 + 2 ^ 3"),
    LanguageTopic(
      "none", summary: "Stands for nothing given or nothing found.",
      documentation: "Test for it with `== none`.", example: "x = none\nx == none"),
    LanguageTopic(
      "undefined", summary: "What a formula gives where it has no value, such as 1/0.",
      documentation: "Arithmetic hands it on, `==` finds it, and no search chooses it.",
      example: "1 / 0 == undefined"),
    LanguageTopic(
      "true", "false", summary: "What conditions are.", example: "not true"),
    LanguageTopic(
      "[", "]", "list", summary: "A list, or one of its elements.",
      documentation: """
        Elements count from 0, and from the end with negative numbers. A text gives its characters, \
        a record the field that a text names.
        """,
      example: "xs = [5, 6, 7]\nxs[0] + xs[-1]"),
    LanguageTopic(
      "{", "}", "record", summary: "A record: named values.",
      documentation: """
        Fields are read with a point. A list of records with the same fields shows as a table. \
        Where a block may stand, put a record in parentheses.
        """,
      example: "costs = {fp: 1, fn: 20}\ncosts.fn"),
    LanguageTopic(
      "\"", "text", summary: "A text; values stand in it in braces.",
      documentation: """
        `{value:.3f}` writes three decimals, `{share:.1%}` a percentage, `{count:,}` thousands \
        separators, `{name:>8}` to the right in eight characters.
        """,
      example: "x = 0.256035\n\"threshold {x:.3f}\""),
    LanguageTopic(
      "#", summary: "Begins a comment, to the end of the line.", example: "x = 1  # one"),
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
