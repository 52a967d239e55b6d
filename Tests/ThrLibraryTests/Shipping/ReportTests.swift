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
    // The page's own script, and the slider's numbers where there is one.
    #expect(html.matches(of: /<script/).count == 1)
    #expect(html.contains("<script>\(ReportScript.text)</script>"))
    #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"))
  }

  /// Nothing is asked of a network, and nothing runs but the one script that the policy names.
  @Test func standsAlone() throws {
    let html = try Self.page("tune(s, f1), plot(roc(s)), s")
    #expect(html.contains("default-src 'none'"))
    #expect(html.contains("script-src \(ReportScript.source)\">"))
    #expect(html.matches(of: /<script>/).count == 1)
    for part in ["src=\"http", "href=", "url(", "@import", "onload", "onclick"] {
      #expect(!html.contains(part), "\(part)")
    }
    #expect(html.matches(of: /<img src="data:image\/svg\+xml,[^"<>]+"/).count >= 2)
  }

  /// Every tag is closed, in order.
  @Test func isWellFormed() throws {
    let page = try Self.page("\"# A\", \"b & c\", tune(s, f1), plot(roc(s)), [{a: 1}, {a: 2}]")
    // Within a script nothing is a tag.
    let html = page.replacing(ReportScript.text, with: "")
    var open: [Substring] = []
    for match in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      let name = match.2
      if ["meta", "img", "input"].contains(name) { continue }
      if match.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
    }
    #expect(open == [])
    #expect(html.contains("<h1>A</h1>"))
  }

  /// A figure is there once, as a picture, and every page has one heading of the first level.
  @Test func showsFiguresOnce() throws {
    let html = try Self.page("roc(s), calibration(s)")
    #expect(html.matches(of: /<h1[ >]/).count == 1)
    #expect(html.contains("AUC"))
    #expect(!html.contains { ("\u{2800}"..."\u{28FF}").contains($0) })
    #expect(try Self.page("\"# A\", s").matches(of: /<h1[ >]/).count == 1)
  }

  /// The numbers of the slider are those of each labelling; that of the decision is chosen.
  @Test func holdsEveryLabelling() throws {
    let html = try Self.page("tune(s, f1)")
    let data = try #require(
      html.firstMatch(of: /<script type="application\/json" id="labellings">(.*?)<\/script>/))
    let json = try JSONSerialization.jsonObject(with: Data(data.1.utf8)) as? [String: Any]
    #expect((json?["t"] as? [Any])?.map { $0 as? Double } == [nil, 0.9, 0.6, 0.4, 0.1])
    #expect(json?["tp"] as? [Double] == [0, 1, 1, 2, 2])
    #expect(json?["fp"] as? [Double] == [0, 0, 1, 1, 2])
    #expect(json?["positives"] as? Double == 2)
    // F1 is best at 0.4: 2 · 2 / (2 · 2 + 1).
    #expect(json?["chosen"] as? Double == 3)
  }

  /// A page of many rows stays small, and each step is exact.
  @Test func staysBelowOneMegabyte() throws {
    let run = LibraryRun(
      """
      n = range(60000)
      s = scores([x / 59999 for x in n], [round(x / 59999) for x in n])
      write(report(evaluate(s, at=0.3)), "r.html")
      """)
    #expect(run.codes == [])
    let bytes = try run.files.readFile("r.html")
    #expect(bytes.count < 1_000_000)
    let html = String(decoding: bytes, as: UTF8.self)
    let data = try #require(html.firstMatch(of: /id="labellings">(.*?)<\/script>/))
    let json = try JSONSerialization.jsonObject(with: Data(data.1.utf8)) as? [String: Any]
    let thresholds = try #require(json?["t"] as? [Any]).map { $0 as? Double }
    let flagged = try #require(json?["fp"] as? [Double])
    #expect(thresholds.count > 5_000 && thresholds.count <= 10_000)
    // Scores are k / 59,999, and positive from 30,000 on.
    for (threshold, count) in zip(thresholds, flagged) {
      let first = threshold.map { ($0 * 59_999).rounded() } ?? 60_000
      #expect(count == max(0, 30_000 - first))
    }
  }

  @Test func base64AsEverywhere() {
    for count in 0..<10 {
      let bytes = (0..<count).map { UInt8($0 * 37 % 256) }
      #expect(bytes.base64 == Data(bytes).base64EncodedString())
    }
  }
}
