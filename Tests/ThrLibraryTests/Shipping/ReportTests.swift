import Foundation
import TableIO
import Testing
import ThrModel

@testable import ThrLibrary

/// Reports as pages.
@Suite struct ReportTests {
  private static let evil = "<script>alert(\"1\")</script> & 'x'"

  private static func page(_ parts: String) throws -> String {
    let run = LibraryRun(
      """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      write(report([\(parts)]), "r.html")
      """)
    #expect(run.codes == [])
    return String(decoding: try run.files.readFile("r.html"), as: UTF8.self)
  }

  /// No text of a program becomes a tag, wherever it stands.
  @Test func textsAreEscaped() throws {
    let text = "\"\(Self.evil.replacing("\"", with: "\\\""))\""
    let html = try Self.page("\"# \" + \(text), \(text), [\(text)], plot(roc(s), title=\(text))")
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"))
  }

  /// Nothing is asked of a network, and nothing runs.
  @Test func standsAlone() throws {
    let html = try Self.page("tune(s, f1), plot(roc(s)), s")
    #expect(html.contains("default-src 'none'"))
    for part in ["src=\"http", "href=", "url(", "@import", "<script", "onload"] {
      #expect(!html.contains(part), "\(part)")
    }
    #expect(html.matches(of: /<img src="data:image\/svg\+xml,[^"<>]+"/).count >= 2)
  }

  /// Every tag is closed, in order.
  @Test func isWellFormed() throws {
    let html = try Self.page("\"# A\", \"b & c\", tune(s, f1), plot(roc(s))")
    var open: [Substring] = []
    for match in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      let name = match.2
      if ["meta", "img"].contains(name) { continue }
      if match.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
    }
    #expect(open == [])
    #expect(html.contains("<h1>A</h1>"))
  }
}
