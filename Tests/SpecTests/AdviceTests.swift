import Testing

/// What messages advise where a program is written as in another language, or nearly right.
@Suite struct AdviceTests {
  private static let table = "t = classify([0.1, 0.4, 0.6], at=0.5)\n"
  private static let scores = "s = scores([0.1, 0.9], [0, 1])\n"

  static let cases: [(String, String)] = [
    // Methods of lists, texts and tables.
    ("[1, 2].append(3)", "`list + [value]`"), ("[1, 2].length", "thr writes `len(…)`"),
    ("[1, 2].filter(1)", "`filter` is a function"), ("\"a\".upper()", "change the letters"),
    ("\"abc\".startswith(\"a\")", "`text[:3] == \"abc\"`"), ("{a: 1}.items()", "`keys(record)`"),
    ("\(table)t.sort_values(\"score\")", "`sort(table, by=\"name\")`"),
    ("\(table)t.shape", "`table.rows`"), ("\(table)t.describe()", "`summary(table)`"),
    ("\(table)t.groupby(\"decision\")", "functions take groups by `by=`"),
    ("\(table)t.to_csv(\"x.csv\")", "thr writes `write(…)`"),
    ("\(table)t.score", "`column(…, \"score\")`"), ("\(table)t.head(2)", "`head` is a function"),
    // Functions.
    ("upper(\"a\")", "does not change the letters"), ("tail([1, 2])", "`list[-5:]`"),
    ("substr(\"abc\", 1)", "`text[1:3]`"), ("wilson(3, 4)", "`confidence(evaluation)`"),
    ("\(table)dataset(derive(t, g = \"a\"), target=\"decision\")", "`features=[\"score\"]`"),
    // Arguments.
    ("scores([0.1], [1], pos_label=1)", "thr writes `positive`"),
    ("scores([0.1], [1], sample_weight=[1])", "thr writes `weight`"),
    ("read(\"a.csv\", sep=\"|\")", "thr writes `delimiter`"),
    ("read(\"a.csv\", nrows=5)", "`head(read(path), n)`"),
    ("synth(100, 0.9, random_state=1)", "thr writes `seed`"),
    ("\(scores)tune(s, f1, capacity=5)", "`where = flagged <= 200`"),
    ("\(scores)tune(s, f1, boot_runs=5)", "thr writes `bootstrap`"),
    ("\(scores)confidence(tune(s, f1), samples=9)", "thr writes `bootstrap`"),
    ("\(scores)confidence(tune(s, f1)).out_of_bag", "thr writes `worth`"),
    ("\(scores)confidence(tune(s, f1)).value_interval", "thr writes `worth_interval`"),
    ("\(scores)evaluate(s, threshold=0.5)", "thr writes `at`"),
    ("\(scores)tune(s, f1, stpe=0.1)", "did you mean `step`?"),
    // Columns.
    ("\(table)filter(t, scor > 0.5)", "did you mean `score`?"),
    ("\(table)filter(t, SCORE > 0.5)", "did you mean `score`?"),
    ("\(table)filter(t, zz > 0.5)", "the columns are `score`, `decision`"),
    ("\(table)derive(t, x = 2 * decison)", "did you mean `decision`?"),
    // Values of another kind.
    ("\(scores)tune(s, auc)", "is computed from all thresholds"),
    ("\(scores)tune(s, fbeta)", "call the function: `fbeta(…)`"),
    ("\(table)scores(logreg(synth(100, 0.8)), t)", "make one with `dataset(…)`"),
    (
      "logreg(synth(100, 0.8), class_weight={negative: 1, positive: 0})",
      "the class weight of positive"
    ),
    // Slips of the hand.
    ("1:3", "a slice as `list[1:3]`"), ("[1, 2][::2]", "no step"),
    ("a = 1\n  + 2", "end the line before with `+`"), ("x = +1", "leave it out"),
    ("a = 1\n\u{430}", "letters of another alphabet"),
    ("id = 9007199254740993", "rounded to 9007199254740992"),
    ("x = 1 # a\u{202E}b", "character U+202E"), ("x = \"a\u{2066}b\"", "`\\u{2066}` in a text"),
    // Arguments that were given by position.
    ("round(\"a\")", "the first argument of `round` must be"),
    ("[1, 2] |> round(0.5)", "the first argument of `round` must be"),
    ("round(1.5, 0.5)", "the second argument of `round` must be a whole number"),
    ("round(1.5, digits=0.5)", "`digits` must be a whole number"),
    ("fn f(x) = round(x)\nf(\"a\")", "the first argument of `round` must be"),
    ("max(1, \"a\")", "the second argument of `max` must be"),
    // Metrics without a goal, by the decision that is best for them without a model.
    ("\(scores)tune(s, tp)", "flagging every row does not meet, such as `where = precision >="),
    ("\(scores)tune(s, tp, where = recall >= 90%)", "constraint, `where = tp >= …`"),
    ("\(scores)tune(s, fn)", "flagging every row does not meet, such as `where = precision >="),
    ("\(scores)tune(s, tn)", "flagging nothing does not meet, such as `where = recall >= 90%`"),
    ("\(scores)tune(s, flagged)", "flagging nothing does not meet, such as `where = recall >="),
    ("\(scores)tune(s, fp)", "constraint, `where = fp <= …`"),
    // Mistakes that the goal pays for.
    ("\(scores)tune(s, fp - fn, goal=\"min\")", "raise what is minimised: add `fp` and `fn`"),
    ("\(scores)tune(s, fp - fn, goal=\"max\")", "lower what is maximised: subtract `fp`"),
  ]

  @Test(arguments: cases)
  func advises(code: String, words: String) {
    let messages = Answer(code).messages
    #expect(messages.contains(words), "\(messages)")
  }

  /// Numbers that are held exactly, and conditions that are meant to be constant, are no news.
  @Test(arguments: [
    "9007199254740992", "9_007_199_254_740_994", "1e300", "100000000000000000000",
    "\(table)filter(t, true)", "\(table)filter(t, column(\"score\") > 0.3)",
  ])
  func saysNothing(code: String) { #expect(Answer(code).messages == "") }
}
