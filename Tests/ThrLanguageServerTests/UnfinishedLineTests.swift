import Foundation
import Testing
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrSyntax

/// A line that someone is writing hides nothing of what is known of the others.
@Suite("An unfinished line")
struct UnfinishedLineTests {
  /// What stands on the screen in the middle of writing.
  private static let beginnings = [
    "tune(", "tune(scores(", "u = tune(m, data.val, ", "u = tune(m, data.val, f1, step=",
    "u = [1, ",
    "u = {fp: ", "u = ", "print(\"a ", "print(\"a {", "\"a {u.", "data.", "u = 1 + ", "u = m |> ",
    "if u > ", "if u > 1 {", "for u in ", "for u in [1, 2] {", "fn u(", "fn u(a) = ", "fn u(a) {",
    "[u for u in ", "use \"", "not ", "(", ")", "]", "}", "@", "0.5.", "1e", "u = 'a",
  ]

  /// Every third beginning of each script, another third in the next; every one with THR_LONG_FUZZ
  /// set in the environment.
  private static let pairs: [(URL, String)] = {
    let isLong = ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] != nil
    return SameAnswersTests.scripts.enumerated().flatMap { place, script in
      beginnings.enumerated().filter { isLong || ($0.offset + place) % 3 == 0 }
        .map { (script, $0.element) }
    }
  }()

  private func document(_ text: String) -> Document {
    Document(
      Source(text), knowing: Library.standard.vocabulary,
      following: Interface(["args": .list(.text)]))
  }

  private struct Known {
    /// What the pointer shows of each name of each line.
    var hovers: [[String]]
    var diagnostics: [[String]]
  }

  private func known(_ document: Document) -> Known {
    let lines = document.source.lines
    let none = (0..<lines.count).map { _ in [String]() }
    var known = Known(hovers: none, diagnostics: none)
    for token in document.parse.tokens where token.kind == .name {
      let hover = document.hover(at: token.start)?.document.text() ?? "nothing"
      known.hovers[lines.line(at: token.start) - 1].append(hover)
    }
    for diagnostic in document.diagnostics {
      known.diagnostics[lines.line(at: diagnostic.span.start) - 1].append(diagnostic.message)
    }
    return known
  }

  /// A line that goes on with a value may be what the line above waits for, so the line below is an
  /// assignment here.
  @Test("Others keep what is known of them", arguments: pairs)
  func hidesNothing(script: URL, beginning: String) throws {
    let text = try String(contentsOf: script, encoding: .utf8)
    let whole = document(text)
    let expected = known(whole)
    let assignments = whole.statements.filter { !$0.showsValue }
    let below = try #require(assignments.dropFirst(assignments.count / 2).first).span.start
    let place = whole.source.lines.line(at: below) - 1
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines.insert(Substring(beginning), at: place)
    var found = known(document(lines.joined(separator: "\n")))
    found.hovers.remove(at: place)
    found.diagnostics.remove(at: place)
    #expect(found.hovers == expected.hovers)
    // Where the end is missed may be the end of the text.
    for (some, all) in zip(expected.diagnostics, found.diagnostics) {
      #expect(Set(some).isSubset(of: all))
    }
  }
}
