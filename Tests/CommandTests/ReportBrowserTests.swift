import Foundation
import TestSupport
import Testing

/// A report in a browser, by keyboard and by mouse.
@Suite(
  .serialized,
  .enabled(if: BrowserTools.areInstalled, "python3 and chromium are not installed"))
struct ReportBrowserTests {
  private static let script = """
    x = range(150)
    raw = [(k * 37 - 101 * floor(k * 37 / 101)) / 100 for k in x]
    y = [round(v) for v in raw]
    z = [y[k] + (1 - 2 * y[k]) * floor((k - 7 * floor(k / 7)) / 6) for k in x]
    s = scores([round(v * 49) / 49 for v in raw], z, group=[text(k - 3 * floor(k / 3)) for k in x])
    """

  private struct Found: Decodable {
    struct Table: Decodable {
      let before, ascending, descending: [String]
      let state, announced: String
    }
    let steps: [[String: String]]
    let end, chosen, more, mouse, priced: [String: String]
    let place: Int
    let spoken, announced: String
    let requests: [String]
    let table: Table
  }

  /// The numbers of `evaluate` at each distinct score, from flagging nothing on.
  private func expected(_ shell: Shell) throws -> [[String: Double?]] {
    let names = [
      "tp", "fp", "fn", "tn", "precision", "recall", "specificity", "npv", "f1",
      "flag_rate", "accuracy", "balanced_accuracy",
    ]
    try Data(
      """
      \(Self.script)
      for t in [none] + reverse(sort(unique(s.score))) {
        e = evaluate(s, at=t)
        print(text([e.threshold, \(names.map { "e.\($0)" }.joined(separator: ", "))]))
      }
      """.utf8
    ).write(to: shell.folder.appending(path: "numbers.thr"))
    let run = try shell.run("thr numbers.thr")
    #expect(run.status == 0, "\(run.messages)")
    return run.output.split(separator: "\n").map { line in
      let cells = line.dropFirst().dropLast().split(separator: ",").map {
        Double($0.trimmingCharacters(in: .whitespaces))
      }
      return Dictionary(uniqueKeysWithValues: zip(["threshold"] + names, cells))
    }
  }

  @Test func movesThroughEveryLabelling() throws {
    let folder = try TemporaryFolder()
    let shell = Shell(folder: folder.url)
    try Data(
      """
      \(Self.script)
      "# A report"
      t = tune(s, f1)
      t
      evaluate(s, at=t, by="group")
      """.utf8
    ).write(to: folder.url.appending(path: "page.thr"))
    let made = try shell.run("thr report page.thr -o page.html")
    #expect(made.status == 0, "\(made.messages)")
    let truths = try expected(shell)
    #expect(truths.count == 51)
    let browse = Command.root.appending(path: "scripts/report/browse.py").path
    let run = try shell.run("python3 '\(browse)' page.html --steps \(truths.count)")
    #expect(run.status == 0, "\(run.messages)")
    let found = try JSONDecoder().decode(Found.self, from: Data(run.output.utf8))
    for (step, truth) in zip(found.steps, truths) { expectEqual(step, truth) }
    #expect(found.steps.count == truths.count)
    expectEqual(found.end, try #require(truths.last))
    expectEqual(found.mouse, truths[found.place])
    // The button steps on by one from the chosen threshold.
    let chosen = try #require(truths.firstIndex { matches(found.chosen, $0) })
    expectEqual(found.more, truths[chosen + 1])
    // A miss costs 5, a false positive 1.
    let mouse = truths[found.place]
    let cost = 5 * (mouse["fn"]?.flatMap { $0 } ?? -1) + (mouse["fp"]?.flatMap { $0 } ?? -1)
    #expect(found.priced["cost"].flatMap(Double.init) == cost)
    #expect(found.announced == found.spoken + ".")
    #expect(found.requests.allSatisfy { $0.hasSuffix("/page.html") })
    #expect(found.table.before == ["0", "1", "2"])
    #expect(found.table.descending == ["2", "1", "0"])
    #expect(found.table.state == "descending")
    #expect(found.table.announced == "Table copied")
  }

  private func matches(_ state: [String: String], _ truth: [String: Double?]) -> Bool {
    truth["threshold"] == Double(state["threshold-value"] ?? "")
  }

  private func expectEqual(_ state: [String: String], _ truth: [String: Double?]) {
    for (name, value) in truth {
      let id =
        switch name {
        case "threshold": "threshold-value"
        case "tp", "fp", "fn", "tn": "count-\(name)"
        default: "rate-\(name)"
        }
      let shown = state[id].flatMap(Double.init)
      guard let value else {
        #expect(shown == nil || shown?.isNaN == true, "\(name) is \(shown ?? 0)")
        continue
      }
      #expect(shown.map { abs($0 - value) <= 1e-12 } == true, "\(name): \(shown ?? .nan), \(value)")
    }
  }
}

private enum BrowserTools {
  static let areInstalled = Shell.isInstalled("python3") && Shell.isInstalled("chromium")
}
