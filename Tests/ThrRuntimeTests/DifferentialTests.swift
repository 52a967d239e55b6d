import Glibc
import Testing
import ThrModel
import ThrSyntax
import TreeWalk
import ToyLibrary

/// Compiled programs do what the tree walk does: values, output, errors with their places and
/// calls, and which statements a value depends on.
@Suite struct DifferentialTests {
  /// How many programs of each kind: `THR_RANDOM_PROGRAMS=100000` for a thorough run.
  private static let programs =
    getenv("THR_RANDOM_PROGRAMS").flatMap { Int(String(cString: $0)) } ?? 1_600

  private static let blocks = 0..<8

  @Test(arguments: blocks)
  func scriptsDoTheSame(block: Int) {
    for seed in seeds(block) {
      var random = WildProgram(seed: seed)
      let source = random.program()
      let same = compare(
        Transcript(Library.running, files: WildProgram.files), [source], file: "a.thr", seed)
      if !same { return }
    }
  }

  @Test(arguments: blocks)
  func inputsOfAPromptDoTheSame(block: Int) {
    for seed in seeds(block) {
      var random = WildProgram(seed: seed)
      let inputs = (0...random.number(4)).map { _ in random.program() }
      let transcript = Transcript(
        Library.running, files: WildProgram.files, isInteractive: true)
      if !compare(transcript, inputs, seed) { return }
    }
  }

  @Test(arguments: [
    "fn f(n) = f(n + 1)\nf(0)",
    "fn f(n) = n + f(n + 1)\nfn g(x) = f(x)\n[g(x) for x in [1]]",
    "xs = [1]\nfor i in range(5) { xs = xs + [xs] }\nxs",
    "xs = []\nfor i in range(1200) { xs = [xs] }",
    "xs = [[]]\nfor i in range(1200) { xs = xs + [xs] }",
    "s = \"a\"\nfor i in range(40) { s = s + s }",
    "xs = []\nfor i in range(3) { xs = xs + i }",
    "xs = [1]\nys = xs\nfor i in range(3) { xs = xs + [i] }\nxs; ys",
    "fn f(xs) { ys = xs; xs = xs + [1]; xs = xs + [\"a\"]; [xs, ys] }\nf([0])\nf([])",
    "x = 1\nx = x + 1\nx()", "fn f(x) = x(1)\nf(2)", "fn f() { use \"lib.thr\"; half(base) }\nf()",
    "fn f(half) { use \"lib.thr\"; half }\nf(3)", "fn f() { y = k; k = 2; y + k }\nk = 1\nf()",
    "fn f(a, b=c, c=3) = [a, b, c]\nc = 9\nf(1)\nf(1, c=4)\nf(b=1, a=2)\nf(c=1)\nf(1, 2, 3, 4)",
    "fn make(n) { fn inc(x) = x + n; n = n + 1; inc }\na = make(1)\nb = make(5)\n[a(1), b(1)]",
    "fn make() { xs = []; fn add(x) = xs + [x]; xs = xs + [7]; add }\nmake()(1)",
    "[[y for y in range(x)] for x in range(4) if x % 2 == 1]",
    "[if x > 1 { y = x; y } else { 0 } for x in range(4)]\ny",
    "cell(x)", "whichRows(1)", "-7 % 3; 7 % -3; -4 % 2; 0 % 5; 5.5 % 2; 1e300 % 7",
    "1 / 0; -1 / 0; 0 / 0; 1e308 * 10; 2 ^ 0.5; undefined + 1; undefined == undefined",
    "1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16 + 17 + 18 + true",
    "true and false and true or true; 1 and true", "not undefined; not 3; -true",
    "f = len\nf([1, 2])\n[1] |> f\n[1] |> f()\n[1] |> len |> text", "args; args[1]; argz",
  ])
  func programsDoTheSame(source: String) {
    let transcript = Transcript(Library.running, files: WildProgram.files)
    compare(transcript, [source], file: "folder/a.thr", 0)
    compare(
      Transcript(Library.running, files: WildProgram.files, isInteractive: true), [source, source],
      0)
  }

  private func seeds(_ block: Int) -> Range<UInt64> {
    let size = UInt64(Self.programs / Self.blocks.count)
    return UInt64(block) * size..<UInt64(block + 1) * size
  }

  @discardableResult
  private func compare(
    _ transcript: Transcript, _ inputs: [String], file: String? = nil, _ seed: UInt64
  ) -> Bool {
    let compiled = transcript.compiled(inputs, file: file)
    let walked = transcript.walked(inputs, file: file)
    if compiled == walked { return true }
    let place = zip(compiled, walked).enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
      """
      seed \(seed):
      \(inputs.joined(separator: "\n---\n"))
      === compiled: \(place?.element.0 ?? "\(compiled.suffix(2))")
      === walked: \(place?.element.1 ?? "\(walked.suffix(2))")
      """)
    return false
  }
}
