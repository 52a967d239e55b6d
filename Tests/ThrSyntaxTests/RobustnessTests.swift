import TestSupport
import Testing
import ThrSyntax

/// What no text may do to the parser: trap, overflow the stack, or take more than linear time.
@Suite struct RobustnessTests {
  /// How often a piece is repeated: enough to overflow any stack were there no limit.
  #if DEBUG
  private static let often = 10_000
  #else
  private static let often = 100_000
  #endif

  /// What opens, fills and closes one level.
  private static let nests: [(String, String, String)] = [
    ("(", "1", ")"), ("[", "1", "]"), ("{a: ", "1", "}"), ("f(", "1", ")"), ("x[", "1", "]"),
    ("-", "1", ""), ("not ", "x", ""), ("2^", "1", ""), ("2^-", "1", ""), ("", "x", ".a"),
    ("", "x", "()"), ("", "x", "[0]"), ("if x { ", "1", " }"), ("for x in y { ", "1", " }"),
    ("fn f() { ", "1", " }"), ("\"{", "1", "}\""), ("1 + (", "1", ")"),
    ("x or y and a == b + c * -d^(", "1", ")"), ("x |> f(", "1", ")"),
    ("if a { 1 } else { ", "1", " }"), ("[x for x in ", "y", "]"), ("f(a=", "1", ")"),
    ("{a: 1, b: f(x)[", "1", "]}"),
  ]

  private static func nest(_ open: String, _ core: String, _ close: String, _ count: Int) -> String
  {
    String(repeating: open, count: count) + core + String(repeating: close, count: count)
  }

  @Test(arguments: nests)
  func saysThatATextIsTooDeep(_ open: String, _ core: String, _ close: String) {
    #expect(faults(Self.nest(open, core, close, 30)) == [])
    for count in [260, Self.often] {
      #expect(faults(Self.nest(open, core, close, count)) == ["too-deep"])
    }
    let after = parse(Self.nest(open, core, close, Self.often) + "\nx = 1_")
    #expect(after.diagnostics.map(\.kind.name) == ["too-deep", "malformed-number"])
  }

  @Test(arguments: nests)
  func survivesUnclosedDepth(_ open: String, _ core: String, _ close: String) {
    for piece in [open, close, open + core, core + close, open + "\n", close + "\n"] {
      let parsed = parse(String(repeating: piece, count: Self.often))
      #expect(parsed.diagnostics.count <= 1002)
    }
  }

  @Test(arguments: [
    ("1", " + 1"), ("1", " * 1 - 1"), ("x", " |> f"), ("x", " |> f(1)"), ("x", " or y and z"),
    ("if a { 1 }", " else if a { 1 }"), ("[1", ", 1"), ("f(1", ", a=1"), ("x", "; x"), ("x", "\nx"),
    ("x = \"a", "{1}"), ("x == y", " and x == y"), ("x", "\n\n\n"), ("x", " # y\n"),
  ])
  func takesRowsOfAnyLength(_ start: String, _ repeated: String) {
    let end =
      start.hasPrefix("[") ? "]" : start.hasPrefix("f(") ? ")" : repeated == "{1}" ? "\"" : ""
    let parsed = parse(start + String(repeating: repeated, count: Self.often) + end)
    #expect(parsed.diagnostics == [])
  }

  /// The stack that the documentation of the limit promises for a debug build.
  @Test func staysWithinItsStack() {
    let texts = Self.nests.flatMap { open, core, close in
      // As deep as may be, and a little deeper.
      [40, 80, 120, 245, 1000].map { Self.nest(open, core, close, $0) }
    }
    onThread(stackSize: stackOfDebugBuild) {
      for text in texts {
        let parsed = parse(text)
        let again = parse(text)
        _ = parsed.program.hashValue
        _ = parsed.program.description
        _ = parsed.program == again.program
      }
    }
  }

  private let stackOfDebugBuild = 8 << 20

  @Test func survivesRandomBytes() {
    var random = SeededGenerator(1)
    for _ in 0..<3000 {
      let count = Int.random(in: 0...40, using: &random)
      check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test func survivesRandomTokens() {
    var random = SeededGenerator(2)
    let pieces = [
      "x", "f", "fn", "if", "else", "for", "in", "use", "and", "or", "not", "true", "none", "1",
      "10%", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "=", "==", "<", "+", "-", "*", "%",
      "^", "|>", "\n", "\n", "\"", "'", "\"a\"", "\"{", "#", "1_", "&&", "!", "//", "def", "elif",
      "return", "\u{0}", "é", "“", "\\", "@", "\r\n", " ", "\"{x:.3f}\"", "}\"",
    ]
    for _ in 0..<4000 {
      let count = Int.random(in: 1...25, using: &random)
      let words = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
      let separator = Bool.random(using: &random) ? " " : ""
      check(Array(words.joined(separator: separator).utf8))
    }
  }

  private func check(_ bytes: [UInt8]) {
    let parsed = parse(bytes)
    let bounds = 0...bytes.count
    for diagnostic in parsed.diagnostics {
      let spans = [diagnostic.span] + diagnostic.notes.map(\.span) + diagnostic.fixes.map(\.span)
      for span in spans {
        #expect(
          bounds.contains(span.start) && span.start <= span.end && bounds.contains(span.end),
          "\(diagnostic) in \(bytes)")
      }
      #expect(!diagnostic.message.isEmpty)
    }
    for statement in parsed.program.statements {
      #expect(bounds.contains(statement.span.start) && statement.span.start <= statement.span.end)
    }
    if parsed.diagnostics.isEmpty {
      #expect(!parsed.program.description.contains("…"), "\(bytes)")
    }
    _ = DiagnosticRenderer(source: parsed.source, file: "a").render(parsed.diagnostics)
    _ = tokens(of: parsed.source)
  }
}
