import Testing

@Suite struct EvaluationTests {
  @Test(arguments: [
    ("1 + 2 * 3", ["7"]),
    ("-2^2; 2^-1; 2^3^2", ["-4", "0.5", "512"]),
    ("7 % 3; -7 % 3; 7 % -3", ["1", "2", "-2"]),
    ("10 - 2 - 3; 24 / 4 / 2", ["5", "3"]),
    ("99%; 1_000", ["0.99", "1000"]),
    ("1 / 0; 0 / 0; 1 % 0; 1e308 * 10", Array(repeating: "undefined", count: 4)),
    ("1 / 0 + 1; undefined < 1; undefined == undefined", ["undefined", "undefined", "true"]),
    ("0^-1; (-1)^0.5", ["undefined", "undefined"]),
    ("not true; not undefined", ["false", "undefined"]),
    ("false and missing_name; true or missing_name", ["false", "true"]),
    ("true and false or true; undefined and false; undefined or true", ["true", "false", "true"]),
    ("\"a\" + \"b\"; [1] + [\"x\"]", ["ab", "[1, \"x\"]"]),
    (
      "2 in [1, 2]; \"b\" in \"abc\"; \"k\" in {k: 1}; none in [1]",
      ["true", "true", "true", "false"]
    ),
    (
      "[1, 2] == [1, 2]; range(2) == [0, 1]; {a: 1} == {a: 1}; 1 == \"1\"",
      ["true", "true", "true", "false"]
    ),
    ("\"a\" < \"b\"; 2 >= 2", ["true", "true"]),
    ("none; true; \"text\"", ["none", "true", "text"]),
    ("{fp: 1, fn: 20}.fn; {a: 1}[\"a\"]", ["20", "1"]),
    ("[5, 6, 7][0]; [5, 6, 7][-1]; \"héllo\"[1]; \"abc\"[-3]", ["5", "7", "é", "a"]),
    ("[[1, 2], [3]][0][1]", ["2"]),
    (
      "where([{a: 1}, {a: 2}], cell(\"a\") > 1)[0].a; where([{a: 1}], [cell(\"a\") for x in [1]] == [1])",
      ["2", "[{a: 1}]"]
    ),
    // A function's body knows no row but its own.
    (
      "fn f(x) = cell(\"a\"); where([{a: 1}], f(a) == \"no row\"); cell(\"a\")",
      ["[{a: 1}]", "no row"]
    ),
    ("where([{a: 1}], cell(\"b\") == \"no field\")", ["[{a: 1}]"]),
    ("where([{a: 1}], cell_elsewhere(\"a\") == \"noRow\")", ["[{a: 1}]"]),
    (
      "[x * x for x in [1, 2, 3]]; [x for x in range(6) if x % 2 == 0]", ["[1, 4, 9]", "[0, 2, 4]"]
    ),
    ("[[y for y in range(x)] for x in range(3)]", ["[[], [0], [0, 1]]"]),
    ("if 1 < 2 { 5 } else { 6 }", ["5"]),
    ("x = if false { 1 } else if true { 2; 3 } else { 4 }\nx", ["3"]),
    ("x = if false { 1 }\nx", ["none"]),
    ("[1, 2] |> len; [1, 2] |> sum() |> text |> len_of\nfn len_of(t) = t + \"!\"", ["2", "3!"]),
    (
      "-recall; precision >= 90% and not (recall < 0.5)",
      ["-recall", "precision >= 0.9 and not recall < 0.5"]
    ),
  ])
  func computes(source: String, values: [String]) {
    #expect(shown(source) == values)
  }

  @Test(arguments: [
    ("x = 2\n\"x is {x}, twice {x * 2}\"", "x is 2, twice 4"),
    (
      "\"{1 / 3:.3f}|{0.256:.1%}|{1234567:,}|{7:>4}|{\"a\":<3}|\"",
      "0.333|25.6%|1,234,567|   7|a  |"
    ),
    ("\"{[1, \"a\"]} {none} {undefined:.2f} \\{\"", "[1, \"a\"] none undefined {"),
    ("\"{fit(data(1))}\"", "model at 0.5"),
  ])
  func interpolates(source: String, text: String) {
    #expect(shown(source) == [text])
  }

  @Test(arguments: [
    // A form is picked by the first argument, given by position, by name, or piped.
    ("shape(2, scale=3)", "number 6.0"),
    ("shape(\"a\", \"?\")", "text a?"),
    ("shape(name=\"b\")", "text b!"),
    ("shape(mark=\"?\", name=\"b\")", "text b?"),
    ("\"c\" |> shape(mark=\".\")", "text c."),
    ("options(1, limit=2)", "1.0 fast 2.0"),
    ("options(0, \"exact\", none)", "0.0 exact none"),
    ("f = shape\nf(1)", "number 1.0"),
    ("{f: shape}.f(1)", "number 1.0"),
    ("broken(2)", "undefined"),
  ])
  func calls(source: String, value: String) {
    #expect(shown(source) == [value])
  }

  @Test func evaluatesArgumentsInTheOrderWritten() {
    let source = """
      fn say(x) { print(x); x }
      shape(say(1), say(2))
      shape(scale=say(3), size=say(4))
      """
    // The argument that picks the form comes first, wherever it stands.
    #expect(
      shown(source) == [
        "print: 1", "print: 2", "number 2.0", "print: 4", "print: 3", "number 12.0",
      ])
  }

  @Test func givesArgumentsToTheProgram() {
    let run = Run(arguments: ["a.csv", "0.5"])
    run("args; len(args)")
    #expect(run.lines == ["[\"a.csv\", \"0.5\"]", "2"])
  }
}
