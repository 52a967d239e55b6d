import Testing

@Suite struct ScopeTests {
  @Test(arguments: [
    // Blocks share the scope around them.
    ("total = 0\nfor x in [1, 2, 3] { total = total + x }\ntotal; x", ["6", "3"]),
    ("if true { y = 1 }\ny", ["1"]),
    // A function and a comprehension have their own.
    ("x = 1\nfn f() { x = 2; x }\nf(); x", ["2", "1"]),
    ("x = 1\n[x for x in [7, 8]]; x", ["[7, 8]", "1"]),
    ("x = 1\nfn f(x) { x = x + 1; x }\nf(5); x", ["6", "1"]),
    // A function reads outer names when it is called.
    ("fn f() = k\nk = 1\nf()\nk = 2\nf()", ["1", "2"]),
    ("k = 1\nfn f() = k\nfn g() { k = 5; f() }\ng()", ["1"]),
    // It is visible throughout its file, and the later of two counts once it is reached.
    ("f(2)\nfn f(x) = g(x) + 1\nfn g(x) = x * 10", ["21"]),
    ("fn f() = 1\nf()\nfn f() = 2\nf()", ["1", "2"]),
    ("fn f() { h(); fn h() = 3; h() }\nf()", ["3"]),
    // Functions are values, and remember the scope that they were declared in.
    (
      "fn adder(n) { fn add(x) = x + n; add }\na = adder(1)\nb = adder(10)\na(1); b(1); a == a; a == b",
      ["2", "11", "true", "false"]
    ),
    ("fn twice(f, x) = f(f(x))\nfn inc(x) = x + 1\ntwice(inc, 0)", ["2"]),
    // Defaults are computed at each call, and see the parameters before them.
    ("k = 1\nfn f(a, b=a + k) = b\nf(1)\nk = 5\nf(1); f(1, 0); f(b=3, a=1)", ["2", "6", "0", "3"]),
    ("fn f(n) = if n == 0 { 0 } else { n + f(n - 1) }\nf(100)", ["5050"]),
    // A builtin may be hidden; the right side still means the builtin.
    ("len = len([1, 2, 3])\nlen", ["3"]),
    ("fn len(x) = 0\nlen([1])", ["0"]),
  ])
  func binds(source: String, values: [String]) {
    #expect(shown(source) == values)
  }

  @Test func keepsNamesFromRunToRun() {
    let run = Run()
    run("x = 1\nfn f() = x")
    run("x = 2")
    run("f()")
    #expect(run.lines == ["2"])
  }

  @Test func keepsWhatWasAssignedBeforeAFailure() {
    let run = Run()
    run("x = 1\ny = x.z")
    run("x")
    #expect(run.lines == ["1"])
  }
}
