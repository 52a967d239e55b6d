import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax

private let library = """
  limit = 3
  fn half(x) = x / 2
  fn scaled(x) = half(x) * limit
  d = synth(100, 0.9)
  """

@Test(
  arguments: [
    ("use \"a.thr\"\nhalf(limit)", []),
    ("use \"a.thr\"\nscaled(4) + 1", []),
    ("use \"a.thr\"\nhalf(\"a\")", ["type-mismatch"]),
    ("use \"a.thr\"\nscaled(\"a\")", ["type-mismatch"]),
    ("use \"a.thr\"\nhalf(1, 2)", ["too-many-arguments"]),
    ("use \"a.thr\"\nlimt", ["unknown-name"]),
    ("half(1)\nuse \"a.thr\"", ["unknown-name"]),
    ("use \"a.thr\"\nuse \"b.thr\"\nanything", []),
    // Rows are not followed across files.
    ("use \"a.thr\"\ntune(logreg(d.train), d.train, f1)", []),
  ] as [(String, [String])])
func knowsWhatFilesBring(source: String, kinds: [String]) {
  let used = analyse(library)
  #expect(used.diagnostics.isEmpty)
  let found = analyse(source, uses: ["a.thr": used.interface]).diagnostics
  #expect(found.map(\.kind.name) == kinds)
}

@Test func namesTheFileOfABody() throws {
  let found = analyse(
    "use \"a.thr\"\nscaled(\"a\")", uses: ["a.thr": analyse(library).interface]
  ).diagnostics
  let notes = try #require(found.first).notes
  #expect(notes.map(\.file) == ["a.thr", "a.thr"])
  #expect(notes.map { Source(library).text($0.span) } == ["half(x)", "x / 2"])
}

@Test func knowsWhatFilesUse() {
  let inner = analyse(library).interface
  let outer = analyse("use \"a.thr\"\nfn third(x) = scaled(x) / 3", uses: ["a.thr": inner])
  let found = analyse(
    "use \"b.thr\"\nthird(3)\nthird(\"a\")", uses: ["b.thr": outer.interface]
  ).diagnostics
  #expect(found.map(\.kind.name) == ["type-mismatch"])
}

/// A session: each input is checked with what those before it left.
@Test func knowsEarlierInputs() {
  var interface = Interface(["args": .list(.text)])
  let inputs: [(String, [String])] = [
    ("d = synth(100, 0.9)", []),
    ("fn f(x) = x + later", ["not-yet-defined"]),
    ("len(args)", []),
    ("f(1)", ["unknown-name"]),
    ("later = 2", []),
    ("f(1)", []),
    ("later = \"a\"", []),
    ("f(1)", ["type-mismatch"]),
    ("scores = 3", ["hides-builtin"]),
    ("scores = 4", []),
    ("scores([1], [1])", ["not-callable"]),
    ("m = logreg(d.train)", []),
    ("tune(m, d.train, f1)", ["tuned-on-fitted-rows"]),
    ("fn f(x) = x", []),
    ("f(\"a\")", []),
  ]
  for (input, kinds) in inputs {
    let analysis = analyse(
      input, following: interface, options: .init(isOpenEnded: true))
    #expect(analysis.diagnostics.map(\.kind.name) == kinds, "\(input)")
    interface = analysis.interface
  }
  #expect(interface.sortedNames == ["args", "d", "f", "later", "m", "scores"])
  #expect(interface.type(of: "d") == .object("dataset"))
}

@Test func listsUses() {
  let uses = Uses(
    parse("use \"a.thr\"\nif 1 < 2 { use \"b.thr\" }\nfn f() { use \"c.thr\"\n 1 }"))
  #expect(uses.statements.map(\.path) == ["a.thr", "b.thr", "c.thr"])
}
