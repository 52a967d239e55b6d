import Testing
import ThrRuntime
import ThrSyntax

@Suite struct FailureTests {
  @Test(arguments: [
    ("x = «precisoin»", "unknown-name"),
    ("«nothing»(1)", "unknown-name"),
    ("1 «+» \"a\"", "type-mismatch"),
    ("«-\"a\"»", "type-mismatch"),
    ("«not 1»", "type-mismatch"),
    ("true «and» 1", "type-mismatch"),
    ("precision >= 1 «and» true", "type-mismatch"),
    ("if «precision >= 0.9» { 1 }", "not-a-condition"),
    ("if «undefined» { 1 }", "not-a-condition"),
    ("if «1» { 1 }", "not-a-condition"),
    ("[x for x in [1] if «x»]", "not-a-condition"),
    ("for x in «5» { x }", "type-mismatch"),
    ("[1, 2][«2»]", "index-out-of-range"),
    ("[1, 2][«-3»]", "index-out-of-range"),
    ("[][«0»]", "index-out-of-range"),
    ("[1][«0.5»]", "type-mismatch"),
    ("[1][«\"a\"»]", "type-mismatch"),
    ("x = 5; «x»[0]", "type-mismatch"),
    ("{a: 1}[«\"b\"»]", "unknown-member"),
    ("{a: 1}[«0»]", "type-mismatch"),
    ("{alpha: 1}.«alhpa»", "unknown-member"),
    ("data(1).«trian»", "unknown-member"),
    ("fit(data(1)).«secret»", "toy-fault"),
    ("[1].«len»", "unknown-member"),
    ("x = 1\n«x»(2)", "not-callable"),
    ("«recall»(2)", "not-callable"),
    ("«{a: 1}.a»()", "not-callable"),
    ("len([1], «2»)", "too-many-arguments"),
    ("«len»()", "missing-argument"),
    ("len([1], «lst»=[2])", "unknown-argument"),
    ("shape(1, size=«2»)", "argument-given-twice"),
    ("shape(«[1]»)", "type-mismatch"),
    ("len(«5»)", "type-mismatch"),
    ("options(«2»)", "out-of-range"),
    ("options(1, mode=«\"exakt\"»)", "unknown-word"),
    ("letters([\"a\"]) + letters(«[1]»)", "type-mismatch"),
    ("broken(«1»)", "toy-fault"),
    ("«broken()»", "builtin-failed"),
    ("«broken()» |> text", "builtin-failed"),
    ("\"{1:«.zf»}\"", "invalid-format"),
    ("\"{\"a\":«.2f»}\"", "type-mismatch"),
    ("fn f(a) = a\n«f»()", "missing-argument"),
    ("fn f(a) = a\nf(1, «2»)", "too-many-arguments"),
    ("fn f(a) = a\nf(1, «b»=2)", "unknown-argument"),
    ("fn f(x) = x.«y»\nf({z: 1})", "unknown-member"),
    ("sum(«range(1e15)»)", "list-too-long"),
    ("range(1e15) «+» [1]", "list-too-long"),
    ("«[2 * i for i in range(1e15)]»", "list-too-long"),
    ("«leave(1)»", "builtin-failed"),
    ("where([{a: 1}], a «+» \"x\" == 1)", "type-mismatch"),
    ("where([{a: 1}], «b» == 1)", "unknown-name"),
  ])
  func fails(text: String, kind: String) throws {
    let marked = Marked(text)
    let failure = try #require(Run()(marked.source).failure)
    #expect(failure.diagnostics.map(\.kind.name) == [kind])
    #expect(failure.diagnostics[0].span == marked.span)
    #expect(failure.file == "input 1")
  }

  @Test(arguments: [
    ("precisoin", "did you mean `precision`?"),
    ("data(1).trian", "did you mean `train`?"),
    ("[1].len", "`len` is a function: `len(…)`"),
    ("if undefined { 1 }", "test for it first: `x == undefined`"),
    ("if precision > 1 { 1 }", "`evaluate(…).precision >= 0.9`"),
    ("[1, 2][2]", "from `[0]` to `[1]`"),
    ("for x in 3 { x }", "`range(n)`"),
    ("options(1, mode=\"exakt\")", "did you mean \"exact\"?"),
    ("\"a\" + 1", "text(value)"),
  ])
  func saysWhatToWrite(source: String, remedy: String) throws {
    let failure = try #require(Run()(source).failure)
    #expect(failure.diagnostics[0].remedy?.contains(remedy) == true)
  }

  @Test func citesTheLineThatHidAFunction() throws {
    let run = Run()
    run("len = 3")
    let failure = try #require(run("len([1])").failure)
    #expect(failure.diagnostics[0].message == "`len` is a number, not a function")
    let note = try #require(failure.diagnostics[0].notes.first)
    #expect(note.message == "`len` gets its value here, which hides the function")
    #expect(note.file == "input 1" && note.span == Span(0, 3))
    #expect(run.session.source(of: "input 1")?.text(note.span) == "len")
  }

  @Test func carriesTheCallsUnderWay() throws {
    let source = "fn f(x) = g(x) + 1\nfn g(x) = x.y\nfor i in [1] { f(i) }"
    let run = Run()
    let failure = try #require(run(source).failure)
    let text = try #require(run.session.source(of: failure.file))
    #expect(failure.calls.innermost.map { text.text($0.span) } == ["g(x)", "f(i)"])
    #expect(failure.calls.innermost.map(\.kind) == [.function("g"), .function("f")])
    #expect(failure.calls.omitted == 0 && failure.calls.outermost.isEmpty)
  }

  @Test func boundsRecursion() throws {
    let failure = try #require(Run()("fn f(n) = f(n + 1)\nf(0)").failure)
    #expect(failure.diagnostics[0].kind.name == "recursion-too-deep")
    #expect(failure.diagnostics[0].message.contains("1000 calls"))
    #expect(failure.calls.innermost.count == 8 && failure.calls.outermost.count == 8)
    #expect(failure.calls.omitted == 1_000 - 16)
  }

  @Test func refusesAProgramWithErrors() throws {
    let run = Run()
    let failure = try #require(run("1\nx = (\ny = )").failure)
    #expect(!failure.diagnostics.isEmpty && run.lines.isEmpty)
  }
}
