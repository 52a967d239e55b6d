import Foundation
import JSONText
import Testing
import ThrFrontEnd
import ThrLanguageServer
import ThrLibrary
import ThrModel

/// A threshold that the pointer shows, read back, decides the same rows as the one that was chosen.
@Suite struct HoverThresholdTests {
  private struct Sets {
    var state: UInt64 = 5

    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 0x1p53
    }

    /// Scores of several sizes, many of them close to each other.
    mutating func scores(_ round: Int) -> (values: [Double], labels: [Int]) {
      let size = [1e-7, 1e-3, 1.0, 2_500.0, 1e7][round % 5]
      let blur = [1.0, 1e-4, 1e-9][round % 3]
      let centre = next()
      let values = (0..<12).map { _ in size * (centre + blur * next()) }
      return (values, values.map { _ in next() < 0.5 ? 1 : 0 })
    }
  }

  @Test func shownThresholdsDecideAlike() throws {
    var sets = Sets()
    let rounds = (0..<250).map { sets.scores($0) }
    let lines = rounds.enumerated().flatMap { round, rows in
      [
        "s\(round) = scores(\(rows.values), \(rows.labels))",
        "t\(round) = tune(s\(round), f1)", "t\(round).threshold",
      ]
    }
    let client = TestClient(
      ["textDocument": ["inlayHint": [:]]], folder: "file:///project",
      running: NotebookEvaluator(.standard), vocabulary: Library.standard.vocabulary)
    client.open(lines.joined(separator: "\n") + "\n{end: 1}.end")
    func hover(_ line: Int, _ column: Int) -> String {
      let contents = client.result("textDocument/hover", place(line, column))["contents"]
      return contents?["value"]?.string ?? ""
    }
    while !hover(lines.count, 9).contains("= 1") {}
    var seen = 0
    for (round, rows) in rounds.enumerated() {
      let value = hover(3 * round + 1, 0)
      let member = hover(3 * round + 2, 2 + "\(round)".count)
      guard let exact = number(member, after: "t\(round).threshold = "),
        let shown = number(value, after: "threshold  ")
      else { continue }
      seen += 1
      #expect(rows.values.contains(exact), "\(member)")
      let flags = rows.values.map { $0 >= exact }
      #expect(rows.values.map { $0 >= shown } == flags, "\(value) for \(exact)")
      if let lower = number(value, after: "plateau    (") {
        #expect(rows.values.map { $0 > lower } == flags, "\(value)")
      }
    }
    // Flagging nothing is seldom best.
    #expect(seen > 200, "\(seen)")
  }

  private func number(_ text: String, after words: String) -> Double? {
    guard let range = text.range(of: words) else { return nil }
    return Double(text[range.upperBound...].prefix { !" ,:;\n)`".contains($0) })
  }
}
