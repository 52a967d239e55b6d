import TestSupport
import Testing
import ThrSyntax

/// Formatting as changes of a text, for editors.
@Suite struct FormatEditTests {
  private func applied(_ edits: [Edit], to text: String) -> String {
    var bytes = Array(text.utf8)
    for edit in edits.reversed() {
      bytes.replaceSubrange(edit.span.start..<edit.span.end, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func editsMakeTheFormattedText() {
    for seed in 0..<150 {
      let text = RandomProgram(seed: UInt64(seed)).text
      let parsed = parse(text)
      let edits = formatEdits(parsed)
      #expect(zip(edits, edits.dropFirst()).allSatisfy { $0.span.end <= $1.span.start })
      #expect(applied(edits, to: text) == formatted(parsed))
      #expect(formatEdits(parse(formatted(parsed))) == [])
    }
  }

  @Test func onlySpacesChangeWhereOnlySpacesDiffer() {
    let edits = formatEdits(parse("x=f( a,b )  # c\ny = 2\n"))
    #expect(edits.allSatisfy { $0.replacement.allSatisfy { $0 == " " } && $0.span.count <= 1 })
    #expect(edits.count == 5)
  }

  @Test func aRangeTouchesItsStatementsOnly() {
    let text = "a=1\nb=2\nc=3\n"
    let edits = formatEdits(parse(text), in: Span(5, 6))
    #expect(applied(edits, to: text) == "a=1\nb = 2\nc=3\n")
  }

  @Test func aRangeIsFormattedAsInTheWhole() {
    var random = SeededGenerator(3)
    for seed in 0..<150 {
      var text = RandomProgram(seed: UInt64(seed), statements: 12).text
      if seed % 3 == 0 { text = text.replacing(" = ", with: " =  # c\n") }
      if seed % 4 == 0 { text = text.replacing(" 1", with: " )") }
      if seed % 5 == 0 { text = text.replacing("\n", with: "\r\n") + "\r\n\r\n}" }
      let parsed = parse(text)
      let whole = FormattedProgram(parsed)
      for _ in 0..<10 {
        let start = Int.random(in: 0...text.utf8.count, using: &random)
        let span = Span(start, Int.random(in: start...text.utf8.count, using: &random))
        #expect(formatEdits(parsed, in: span) == whole.edits(of: parsed.source, in: span))
      }
    }
  }

  /// `^` is the cursor, after the character typed last.
  @Test(arguments: [
    ("x=1\n^", "x = 1\n"), ("fn f(a) {\n^", "fn f(a) {\n  "), ("f(\n^)", "f(\n)"),
    ("x = [f(\n^", "x = [f(\n  "), ("if a {\n  for x in xs {\n^", "if a {\n  for x in xs {\n    "),
    ("x = 1 +\n^", "x = 1 +\n  "), ("s\n^|> f", "s\n  |> f"),
    ("if a{\nb=1\n}^", "if a {\n  b = 1\n}"),
    ("x = (1\n    ^", "x = (1\n  "), ("x = (1\ny=2\n  ^", "x = (1\ny = 2\n"),
    ("if a {\n x= = 1\n y=1\n}^", "if a {\n  x= = 1\n  y = 1\n}"), ("a=)\n^", "a=)\n"),
  ])
  func followsTheTypist(marked: String, expected: String) {
    let parts = marked.split(separator: "^", omittingEmptySubsequences: false)
    let text = parts.joined()
    let typed: Character = parts[0].last == "}" ? "}" : "\n"
    let edits = formatEdits(parse(text), afterTyping: typed, at: parts[0].utf8.count)
    #expect(applied(edits, to: text) == expected)
  }
}
