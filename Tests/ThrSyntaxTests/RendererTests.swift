import Testing
import ThrSyntax

@Suite struct RendererTests {
  private func render(_ text: String) -> String {
    let parsed = parse(text)
    return DiagnosticRenderer(source: parsed.source, file: "a.thr").render(parsed.diagnostics)
  }

  /// Inputs of a prompt have no file: their lines are named.
  @Test(arguments: [
    ("input 3", "line 2, column 5"), ("input 2", "an earlier input, line 2, column 5"),
    ("input", "input:2:5"), ("input x", "input x:2:5"), ("inputs 2", "inputs 2:2:5"),
    ("a.thr", "a.thr:2:5"),
  ])
  func namesLinesOfInputs(file: String, place: String) {
    let parsed = parse("a = 1\nb = )")
    let text = DiagnosticRenderer(
      source: parsed.source, file: file, typed: TypedInputs(current: "input 3")
    ).render(parsed.diagnostics)
    #expect(text.contains("--> \(place)\n"))
  }

  @Test func showsPlaceReasonAndRemedy() {
    #expect(
      render("x = 1\n1 < x < 2\n") == """
        error[E0116] chained-comparison: a comparison has two sides, not three
         --> a.thr:2:7
          |
        2 | 1 < x < 2
          |       ^
          = help: write `1 < x and x < 2`

        """)
  }

  @Test func showsNotesWithTheirPlaces() {
    #expect(
      render("x = f(1, 2\ny = 3") == """
        error[E0111] unclosed-bracket: `(` is not closed before the end of the line
         --> a.thr:1:11
          |
        1 | x = f(1, 2
          |           ^
        note: `(` is here
         --> a.thr:1:6
          |
        1 | x = f(1, 2
          |      ^
          = help: close it with `)`

        """)
  }

  @Test(arguments: [
    // Tabs, wide characters and combining marks keep the mark under its place.
    ("\tx = 1_", "    x = 1_", "        ^^"),
    ("a\t= 1_", "a   = 1_", "      ^^"),
    ("\"日本\" 1_", "\"日本\" 1_", "       ^^"),
    ("\"e\u{301}\" 1_", "\"e\u{301}\" 1_", "    ^^"),
    ("\"👩‍🔬\" 1_", "\"👩‍🔬\" 1_", "     ^^"),
    // Nothing of the source reaches the terminal as a command.
    ("x = 1_ # \u{1B}[2J\u{7}\u{202E}", "x = 1_ # ␛[2J␇\u{FFFD}", "    ^^"),
    ("x\0", "x␀", " ^"),
  ])
  func alignsTheMark(_ text: String, _ line: String, _ mark: String) {
    let lines = render(text).split(separator: "\n")
    #expect(lines[3] == "1 | \(line)")
    #expect(lines[4] == "  | \(mark)")
  }

  @Test func marksInvalidBytes() {
    let parsed = parse([0x78, 0x20, 0xFF, 0xFE, 0x20, 0x79])
    let text = DiagnosticRenderer(source: parsed.source, file: "a.thr").render(parsed.diagnostics)
    #expect(text.contains("1 | x \u{FFFD}\u{FFFD} y\n  |   ^^\n"))
  }

  @Test func cutsLongLines() {
    let long = Array(repeating: "a + ", count: 5000).joined()
    let lines = render(long + "1_ + " + long + "b").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1] == " --> a.thr:1:20001")
    #expect(lines[3].hasPrefix("1 | …") && lines[3].hasSuffix("…") && lines[3].count < 110)
    let column = lines[4].count - 2
    #expect(lines[3].dropFirst(column).hasPrefix("1_ + a"))
    #expect(lines[4].hasSuffix(" ^^"))
  }

  @Test func coloursOnlyWhenAsked() {
    let parsed = parse("x = 1_")
    let plain = DiagnosticRenderer(source: parsed.source, file: "a")
    let coloured = DiagnosticRenderer(source: parsed.source, file: "a", colour: true)
    #expect(!plain.render(parsed.diagnostics).contains("\u{1B}"))
    #expect(coloured.render(parsed.diagnostics).contains("\u{1B}[1;31merror[E0103]\u{1B}[0m"))
  }

  @Test func marksTheFirstLineOfALongSpan() {
    let source = Source("x = f(\n  1)\n")
    let diagnostic = Diagnostic(.expectedExpression, at: Span(4, 11), "made up")
    let text = DiagnosticRenderer(source: source, file: "a").render(diagnostic)
    #expect(text.contains("1 | x = f(\n  |     ^^\n"))
  }
}
