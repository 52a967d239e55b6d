import Testing
import ThrAnalysis
import ThrSyntax

/// Programs that run, or that only a run can judge: nothing may be found in them.
private let programs: [String] = [
  // Scopes
  "if 1 < 2 { x = 1 } else { x = \"a\" }\nprint(x)",
  "for i in range(3) { last = i }\nprint(last, i)",
  "total = 0\nfor x in [1, 2] { total = total + x }\nprint(total)",
  "fn f() = later\nlater = 3\nf()",
  "f()\nfn f() = 1",
  "fn f(x) = if x <= 1 { 1 } else { x * f(x - 1) }\nf(5)",
  "fn even(n) = if n == 0 { true } else { odd(n - 1) }\nfn odd(n) = if n == 0 { false } else { even(n - 1) }\nif even(4) { 1 }",
  "x = 1\nfn f() { x = \"a\"\n x }\nf() + \"b\"\nx + 1",
  "fn f() { g(1) + 1\n fn g(y) = y }\nf()",
  "fn outer(k) { fn inner(x) = x * k\n [inner(i) for i in [1, 2]] }\nsum(outer(2))",
  "fn make(k) { fn inner(x) = x * k\n inner }\ng = make(3)\ng(2)",
  "fn f(a, b=a) = a + b\nf(1)\nf(\"a\")",
  "if 1 < 2 { fn helper(x) = x }\nhelper(1)",
  "fn f(g, x) = g(x)\nf(len, [1])\nf(text, 1)",
  "name = \"a\"\n[name + x for x in [\"b\"]]",
  "[if x > 1 { y = x\n y } else { 0 } for x in [1, 2]]",

  // Loops: what a later turn finds
  "best = none\nfor v in [1, 2] { if best == none or v > best { best = v } }\nbest + 1",
  "best = none\nfor v in [1, 2] { if best != none and v > best { best = v } else { best = v } }",
  "x = 1\nfor i in range(3) { if x == 1 { x = \"a\" } else { x = x + \"b\" } }",
  "seen = false\nfor i in range(3) { if seen { print(y + 1) }\n y = i\n seen = true }",
  "xs = []\nfor i in range(3) { xs = xs + [i] }\nsum(xs)",
  "xs = []\nfor i in range(3) { for j in range(3) { for k in range(3) { if len(xs) > 1 { print(z) }\n z = k\n xs = xs + [z] } } }",
  "x = 1\nfor i in range(3) { x = [x] }\nprint(x)",
  "r = {a: 1}\nfor i in range(9) { r = {a: r, b: r} }\nprint(r.a)",
  "for x in [1, \"a\", none] { print(x) }",

  // What a type may be
  "fn f(x) = 10 % x + x % 3 + x % x\nf(4)",
  "x = if 1 < 2 { 1 } else { \"a\" }\nx + 1",
  "x = if 1 < 2 { 1 }\nx + 1",
  "d = synth(10, 0.9)\nm = logreg(d.train)\nt = tune(m, d.val, f1)\nif t.threshold > 0.5 { 1 }",
  "x = 1 / 0\nsynth(10, 0.5, features=2)\nx + 1",
  "sum([])",
  "sum([x for x in []])",
  "xs = [1, \"a\"]\nlen(xs)",
  "f = [len, text]\nf[0]([1])",
  "r = {f: len}\nr.f([1])",
  "r = {a: 1}\nr[\"a\"] + 1",
  "\"abc\"[0] + \"d\"",
  "x = number(\"3\")\nx + 1",
  "m = {\"a b\": 1}\nm[\"a b\"]",
  "\"a\" in \"abc\"\n1 in [1]\n\"a\" in {a: 1}",
  "\"{1:.3f} {none:.3f} {1 / 0:>8} {\"a\":8} {f1}\"",

  // What a condition implies
  "x = none\nif x != none { print(x + 1) }",
  "x = none\nif not (x == none) { print(x + 1) } else { print(1) }",
  "x = \"auto\"\nif x == \"auto\" { print(1) } else { print(x * 2) }",
  "fn f(x) { if x == \"auto\" { 1 } else { x * 2 } }\nf(\"auto\")\nf(3)",
  "fn f(x, k=none) { if k == none { x } else { x * k.a } }\nf(1)\nf(1, k={a: 2})",
  "fn f(x) = x == none or x > 1\nf(none)\nf(2)",
  "fn f(xs) { for x in xs { print(x + 1) } }\nf([])\nf([x for x in [\"a\"] if x == \"b\"])",
  "fn f(xs) = [x + 1 for x in xs]\nf([])",
  "false and 1 + \"a\"",
  "true or 1 + \"a\"",

  // Metrics and constraints
  "profit = 40*tp - 5*fp - 100*fn\ntune(scores([0.5], [1]), profit)",
  "tune(scores([0.5], [1]), fp + 20*fn, goal=\"min\")",
  "tune(scores([0.5], [1]), precision, where = recall >= 0.8 and flag_rate <= 2%)",
  "tune(scores([0.5], [1]), cost(fp=1, fn=20))",
  "[tune(scores([0.5], [1]), cost(fp=1, fn=w)) for w in [1, 5]]",
  "[tune(scores([0.5], [1]), m) for m in [f1, recall]]",
  "c = precision >= 0.9\nd = not c or recall > 1 / 2\ntune(scores([0.5], [1]), f1, where=d)",
  "f1 == f1\nrecall != precision\n(precision >= 0.9) == (precision >= 0.9)",
  "m = fp\nfor i in range(30) { m = m + m }\ntune(scores([0.5], [1]), m, goal=\"min\")",

  // Calls
  "read(\"a.csv\") |> filter(age > 30) |> dataset(\"y\")",
  "age = \"text\"\nfilter(read(\"a.csv\"), age + 1 > 3)",
  "filter(read(\"a.csv\"), f1 > 3 and [x for x in [age]][0] > 1)",
  "[1, 2] |> len",
  "fn twice(x) = x * 2\n[3][0] |> twice |> text |> len",
  "print()\nprint(1, \"a\", none)",
  "max(1, 2, 3)\nmax([1, 2])",
  "synth(majority=0.5, rows=10)",
  "scores(label=[1], score=[0.5])",
  "logreg(synth(10, 0.9), class_weight=none)",
  "use \"unknown.thr\"\nsomething(1)\nelse_where + 1",
]

@Test(arguments: programs)
func staysSilent(program: String) {
  #expect(parse(program).diagnostics.isEmpty)
  let found = analyse(program).diagnostics
  #expect(found.isEmpty, "\(found.map { "\($0.kind.name): \($0.message)" })")
}
