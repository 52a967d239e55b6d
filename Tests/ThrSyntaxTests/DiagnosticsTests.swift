import Testing
import ThrSyntax

/// The kinds of fault in a text, by name, in order.
func faults(_ text: String) -> [String] { parse(text).diagnostics.map(\.kind.name) }

@Suite struct FaultsOfTexts {
  @Test(arguments: [
    "", "\n\n", "# only a comment", "x = 1", "x = 1; y = 2;; z = 3;", "10%", "10% - 3", "10%-3",
    "x%3", "(10)%3", "10 % 3", "f(10%)", "[99%, 1e-3, 10_000, 1E+5]", "-2^2", "2^-1", "2^3^-4",
    "not a and b or not not c", "a in [1, 2]", "x = {fp: 1, fn: 20}", "40*tp - 5*fp - 100*fn",
    "cost(fp=1, fn=w)", "e.confusion.fn", "fn = 3", "fn fn(fn) = fn", "{if: 1, \"a b\": 2}",
    "x.if.else", "f(a,\n  b,\n)", "[\n1\n,\n2\n]", "x = a +\n  b", "x =\n\n  # why\n  3",
    "m\n  |> f\n  |> g(1)\n  .h(2)", "if a { 1 }\nelse if b { 2 }\n\nelse { 3 }",
    "if a { x\ny } else { }", "for x in xs { total = total + x }",
    "fn f(a, b=1) = a + b", "fn f(a) { x = a\n x }", "fn f(a) =\n  {x: a}", "fn f() { }",
    "[tune(s, cost(fp=1, fn=w)) for w in [1, 5, 10, 50]]", "[x for x in xs if x > 1]",
    "[a * b for a in xs if a for b in a\nif b]", "[x for x in xs for y in x for z in y]",
    "xs[1:3]", "xs[:]", "xs[-2:].len", "xs[:n - 1]", "xs[\na\n:\nb\n]", "\"{xs[1:3]:>8}\"",
    "xs[1:3][0:1]", "f(x)[if a { 1 } else { 2 }:]",
    "use \"other.thr\"", "\"threshold {t.threshold:.3f}, F1 {t.value}\"",
    "\"{f(\"a\", {b: 1})}\"", "\"\\n\\t\\\"\\\\\\{\\}\\u{e9} }\"",
    "tune(s, recall, where = precision >= 0.9 and flag_rate <= 2%)",
    "x = (if a { 1\n 2 } else { 3 })", "f({a: 1}, [])", "if {a: 1}.a == 1 { }", "größe = 1",
    "x\r\ny\rz", "\u{FEFF}x = 1", "--1", "f(1)(2)[3].g", "f(x)\n.g", "(x |> f) + 1",
    "x |> a.b(1)", "fn\nfoo(x)", "if a { } ; if b { }", "x = none == undefined",
  ])
  func accepts(_ text: String) {
    #expect(faults(text) == [])
  }

  @Test(arguments: [
    ("10%3", ["percent-remainder"]), ("10%(3)", ["percent-remainder"]),
    ("f(10%x, 2)\ny = 1 1", ["percent-remainder", "missing-operator"]),
    ("1 < x < 2", ["chained-comparison"]), ("a == b == c == d", ["chained-comparison"]),
    ("x = 1_", ["malformed-number"]),
    ("x = [1..2, 0x1, 1e, 2x, .5, 1.]", Array(repeating: "malformed-number", count: 6)),
    ("1e999", ["number-out-of-range"]), ("1e-999%", ["number-out-of-range"]),
    ("print(\"abc\ny = 2", ["unterminated-text"]),
    ("\"a {f(\"b)} c\"\nx = 1", ["unterminated-text"]),
    ("a && b || !c", ["foreign-spelling", "foreign-spelling", "foreign-spelling"]),
    ("x = 'a'", ["foreign-spelling"]), ("x = “a”", ["foreign-spelling"]),
    ("x = 'a", ["unexpected-character"]), ("x = True", ["foreign-spelling"]),
    ("x := 1", ["foreign-spelling"]), ("x ** 2 // 3", ["foreign-spelling", "foreign-spelling"]),
    ("x // it's a comment", ["foreign-spelling"]), ("// it's a comment\nx", ["foreign-spelling"]),
    ("if x = 1 { }", ["assignment-as-value"]), ("(x = 1)", ["assignment-as-value"]),
    ("a[0] = 1", ["invalid-target"]), ("x += 1", ["foreign-spelling"]),
    ("def f(x): return x", ["foreign-statement", "expected-block"]),
    ("while x > 1 { y = 2 }\nz = 3", ["foreign-statement"]), ("let x = 1", ["foreign-statement"]),
    ("fn f(x) { return x }", ["foreign-statement"]), ("lambda x: x", ["foreign-statement"]),
    ("if x { 1 } elif y { 2 } else { 3 }", ["foreign-spelling"]),
    ("if x { 1 }\nelif y { 2 }\nelse { 3 }", ["foreign-statement"]),
    ("if x: y", ["expected-block"]), ("if x\n{ y }", ["expected-block"]),
    ("x = f(1, 2\ny = 3\nz = g(4)", ["unclosed-bracket"]),
    ("x = [\n  1,\n  2,\ny = 3", ["unclosed-bracket"]), ("((((", ["expected-expression"]),
    ("fn a() {\n  x = f(1\n}\ny = 2", ["unclosed-bracket"]), ("x = 1)", ["stray-bracket"]),
    ("fn f() {\n  x = 1)\n  y = 2\n}", ["stray-bracket"]), ("[1, 2)", ["mismatched-bracket"]),
    ("fn f() {\n  1", ["unclosed-bracket"]), ("[1 2]", ["missing-comma"]),
    ("(1, 2)", ["several-values"]),
    ("[1,,2]", ["expected-expression"]), ("f(a=1, 2)", ["argument-order"]),
    ("fn f(a=1, b) = a", ["parameter-order"]), ("print x", ["missing-operator"]),
    ("x = ", ["expected-expression"]), ("x = 1 +", ["expected-expression"]),
    ("x = * 2\ny = 3 +* 4", ["expected-expression", "expected-expression"]),
    ("else { }", ["stray-else"]), ("x |> 3", ["invalid-stage"]), ("x |> f + 1", ["invalid-stage"]),
    ("a == not b", ["misplaced-not"]), ("x not in xs", ["misplaced-not"]),
    ("a @ b", ["unexpected-character"]), ("f(a @ b, c)", ["unexpected-character"]),
    ("a\0b", ["unexpected-character"]),
    (String(repeating: "\0", count: 3_000), ["unexpected-character"]),
    (
      String(repeating: "$1", count: 3_000) + "\n$",
      Array(repeating: "unexpected-character", count: 11)
    ), ("2(x)", ["number-with-member"]),
    ("1.foo", ["number-with-member"]),
    ("a if b else c", ["missing-operator"]), ("a, b = 1, 2", ["unexpected-token"]),
    ("\"{}\"", ["expected-expression"]), ("\"{{x}}\"", ["expected-token"]),
    ("{a = 1}", ["expected-token"]),
    ("\"\\q \\u{110000}\"", ["unknown-escape", "unknown-escape"]), ("use x", ["expected-token"]),
    ("for (x in xs) { y }", ["expected-name"]), ("for x of xs { y }", ["expected-token"]),
    ("for 1 in xs { y }", ["expected-name"]), ("fn for(x) = 1", ["expected-name"]),
    ("x.\ny = 1", ["expected-name"]), ("+x", ["foreign-spelling"]),
    ("x <- 1", ["foreign-spelling"]),
    ("x ≥ 1 − 2", ["foreign-spelling", "foreign-spelling"]),
    ("x\u{A0}= 1", ["unexpected-character"]),
    ("[1; 2]", ["missing-comma"]), ("{a: 1, b}", ["expected-token"]),
    ("x = y = 1", ["assignment-as-value"]),
    ("\"{x:{y}}\" + 1", ["unexpected-token"]), ("f(\"{x:.1{y:a}} z\", 2)", ["unexpected-token"]),
    ("\"\\u{0000041}\"", ["unknown-escape"]),
    ("[x for x in xs, y]", ["several-values"]), ("\"{a b}\" + 1", ["missing-operator"]),
  ])
  func finds(_ text: String, _ kinds: [String]) {
    #expect(faults(text) == kinds)
  }
}
