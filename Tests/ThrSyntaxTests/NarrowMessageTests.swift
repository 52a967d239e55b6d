import Testing
import ThrSyntax

/// Messages in a terminal of some width: whole words, and each mark under what it marks.
@Suite struct NarrowMessageTests {
  private let text = "total = first_number + second_number + thrid_number + fourth_number"
  private var diagnostic: Diagnostic {
    Diagnostic(
      .expectedName, at: Span(39, 51), "`thrid_number` is not defined anywhere in this text",
      remedy: "give it a value before the line that uses it, or correct its name")
  }

  private func lines(width: Int?) -> [Substring] {
    DiagnosticRenderer(source: Source(text), file: "a.thr", width: width).render(diagnostic)
      .split(separator: "\n")
  }

  @Test(arguments: [20, 30, 40, 60]) func fit(width: Int) {
    let lines = lines(width: width)
    for line in lines where !line.contains("E0") { #expect(line.count <= width, "\(line)") }
    let words = lines.joined(separator: " ").split(separator: " ")
    for word in ["defined", "anywhere", "before", "correct"] {
      #expect(words.contains { $0 == word })
    }
  }

  /// A name of several words stays on one line, where it is no longer than half of it.
  @Test func keepNamesWhole() {
    let diagnostic = Diagnostic(
      .expectedName, at: Span(0, 5), "the column is not there: `blood sugar (mg/dl)`, nor `a`",
      remedy: "it has `a very long name that has no room on half of a line at all`, or others")
    func lines(_ width: Int) -> String {
      DiagnosticRenderer(source: Source(text), file: "a.thr", width: width).render(diagnostic)
    }
    for width in 44...70 { #expect(lines(width).contains("`blood sugar (mg/dl)`"), "\(width)") }
    for width in 20...70 {
      let words = lines(width).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
      #expect(words.contains("name that has no room on half of a line at all`, or others"))
    }
  }

  @Test(arguments: [30, 40, 60]) func mark(width: Int) throws {
    let lines = lines(width: width)
    let marks = try #require(lines.first { $0.contains("^") })
    let line = lines[try #require(lines.firstIndex(of: marks)) - 1]
    let start = marks.prefix { $0 != "^" }.count
    #expect(line.dropFirst(start).hasPrefix("thrid_number"))
    #expect(marks.count { $0 == "^" } == 12)
  }

  @Test func stayAsTheyAreElsewhere() {
    #expect(lines(width: nil) == lines(width: 200))
    #expect(lines(width: nil).contains { $0.hasSuffix(text) })
  }
}
