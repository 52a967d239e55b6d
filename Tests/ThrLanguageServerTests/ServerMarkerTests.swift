import Foundation
import JSONText
import Testing
import ThrLanguageServer
import ThrLibrary
import ThrModel

@testable import thr

/// Scripts with what an editor is told of their places written below them, in comments whose `^`
/// marks the place, by the whole library and with real values: `#    ^ hover: tune`.
///
/// What the comments say is made anew and must be what stands there. Run the tests with
/// `THR_UPDATE_MARKERS=1` to write it, and read what has changed.
@Suite("What an editor is told") struct ServerMarkerTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Markers")

  static let scripts: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.filter { $0.hasSuffix(".thr") }.sorted()
  }()

  @Test(arguments: scripts) func isAsWritten(script: String) throws {
    let url = Self.folder.appending(path: script)
    let text = try String(contentsOf: url, encoding: .utf8)
    let made = MarkedSession(text).made
    if ProcessInfo.processInfo.environment["THR_UPDATE_MARKERS"] != nil {
      try made.write(to: url, atomically: true, encoding: .utf8)
    } else {
      #expect(made == text)
    }
  }

  /// A folder a feature.
  @Test func coversTheFeatures() {
    let folders = Set(Self.scripts.compactMap { $0.split(separator: "/").first.map(String.init) })
    #expect(
      folders == [
        "actions", "completion", "definition", "diagnostics", "folding", "formatting", "hover",
        "lenses", "references", "rename", "selection", "signature", "symbols", "tokens", "values",
      ])
  }
}

/// A script open in the server, and the questions in its comments.
private struct MarkedSession {
  private let lines: [String]
  private let client: TestClient
  private let diagnostics: [JSON]

  private static let capabilities: JSON = [
    "general": ["positionEncodings": ["utf-8"]],
    "textDocument": [
      "inlayHint": [:], "diagnostic": [:],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
      "completion": ["completionItem": ["snippetSupport": true]],
      "codeAction": ["codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix"]]]],
    ],
  ]

  init(_ text: String) {
    lines = text.components(separatedBy: "\n")
    client = TestClient(
      Self.capabilities, options: ["parameterNames": false], folder: "file:///project",
      running: NotebookEvaluator(.standard), vocabulary: Library.standard.vocabulary)
    client.open(text)
    if lines.contains(where: { ServerMarker($0)?.question == "values" }) {
      // Values come in the order of the statements, so with the last all are there.
      let last = lines.lastIndex { !$0.isEmpty && !$0.hasPrefix("#") } ?? 0
      while !Self.hints(client).contains(where: { $0["position"]?["line"]?.integer == last }) {
        client.settle()
      }
    }
    diagnostics =
      client.result("textDocument/diagnostic", ThrLanguageServerTests.text())["items"]?
      .array ?? []
  }

  private static func hints(_ client: TestClient) -> [JSON] {
    let all: JSON = ["start": position(0, 0), "end": position(100_000, 0)]
    return client.result("textDocument/inlayHint", text().with("range", all)).array ?? []
  }

  /// The script with the comments as they should be.
  var made: String {
    var made: [String] = []
    var code = 0
    for (index, line) in lines.enumerated() {
      guard let marker = ServerMarker(line) else {
        made.append(line)
        code = index
        continue
      }
      made.append(marker.with(answer(to: marker, line: code)))
    }
    return made.joined(separator: "\n")
  }

  // MARK: - Questions

  private func answer(to marker: ServerMarker, line: Int) -> String {
    let here = place(line, marker.column)
    func ask(_ method: String, _ params: JSON) -> JSON {
      client.result("textDocument/" + method, params)
    }
    switch marker.question {
    case "diagnostics": return list(diagnostics(at: line).map(told))
    case "completion": return completions(ask("completion", here))
    case "signature": return signature(ask("signatureHelp", here))
    case "hover":
      return ask("hover", here)["contents"]?["value"]?.string.map(oneLine) ?? ""
    case "definition": return spot(ask("definition", here))
    case "references":
      let context: JSON = ["includeDeclaration": true]
      return list((ask("references", here.with("context", context)).array ?? []).map(spot))
    case "highlights":
      return list(
        (ask("documentHighlight", here).array ?? []).map {
          spot($0) + ($0["kind"] == 3 ? " written" : " read")
        })
    case "prepare": return ask("prepareRename", here)["placeholder"]?.string ?? "nothing to rename"
    case let question where question.hasPrefix("rename "):
      let name = JSON.string(String(question.dropFirst(7)))
      let response = client.response("textDocument/rename", here.with("newName", name))
      guard let changes = response["result"]?["changes"]?["file:///project/a.thr"] else {
        return response["error"]?["message"]?.string ?? "nothing"
      }
      return list((changes.array ?? []).map(spot))
    case "symbols":
      return list((ask("documentSymbol", text()).array ?? []).map(symbol))
    case "tokens":
      let part = text().with("range", range(line, 0, lines[line].utf8.count))
      return tokens(ask("semanticTokens/range", part), line)
    case "folding":
      return list(
        (ask("foldingRange", text()).array ?? []).map {
          "\(number($0["startLine"]))–\(number($0["endLine"])) \($0["kind"]?.string ?? "region")"
        })
    case "selection":
      let positions = JSON.array([position(line, marker.column)])
      return selections(ask("selectionRange", text().with("positions", positions))[0])
    case "actions": return actions(line, marker)
    case "formatting":
      let options: JSON = ["tabSize": 2, "insertSpaces": true]
      return list(
        (ask("formatting", text().with("options", options)).array ?? []).filter {
          $0["range"]?["start"]?["line"]?.integer == line
        }.map { "\(spot($0)) → \(($0["newText"]?.string ?? "").debugDescription)" })
    case "lenses":
      return list(
        (ask("codeLens", text()).array ?? []).filter {
          $0["range"]?["start"]?["line"]?.integer == line
        }.map { lens in
          let whole = lens["command"] == nil ? client.result("codeLens/resolve", lens) : lens
          return
            "\(whole["command"]?["title"]?.string ?? "") (\(whole["command"]?["command"]?.string ?? ""))"
        })
    case "values":
      return list(
        Self.hints(client).filter { $0["position"]?["line"]?.integer == line }.map {
          "\($0["label"]?.string ?? "") at \(number($0["position"]?["character"]))"
        })
    default: return "?"
    }
  }

  private func diagnostics(at line: Int) -> [JSON] {
    diagnostics.filter { $0["range"]?["start"]?["line"]?.integer == line }
  }

  // MARK: - Answers in a line

  private func list(_ parts: [String]) -> String { parts.joined(separator: " | ") }

  private func number(_ value: JSON?) -> String { value?.integer.map(String.init) ?? "?" }

  /// Where it is, in lines and columns from 0, and what stands there.
  private func spot(_ value: JSON) -> String {
    guard let range = value["range"], let line = range["start"]?["line"]?.integer,
      let start = range["start"]?["character"]?.integer,
      let end = range["end"]?["character"]?.integer
    else { return "" }
    let isOneLine = range["end"]?["line"]?.integer == line
    let bytes = Array(lines[line].utf8)
    let text = String(decoding: bytes[start..<(isOneLine ? end : bytes.count)], as: UTF8.self)
    return "\(line):\(start) `\(text)`"
  }

  private func oneLine(_ text: String) -> String {
    let line = text.split(separator: "\n").filter { !$0.hasPrefix("```") }.joined(separator: " ")
    return line.count > 120 ? line.prefix(120) + "…" : line
  }

  private func told(_ diagnostic: JSON) -> String {
    let code = diagnostic["code"]?.string ?? ""
    return "\(spot(diagnostic)) \(code) \(oneLine(diagnostic["message"]?.string ?? ""))"
  }

  private func completions(_ answer: JSON) -> String {
    let items = answer["items"]?.array ?? []
    let shown = items.prefix(6).map { item in
      let text = item["textEdit"]?["newText"]?.string ?? item["insertText"]?.string ?? ""
      let label = item["label"]?.string ?? ""
      return "\(label) (\(number(item["kind"])))" + (text == label ? "" : " `\(text)`")
    }
    return list(shown) + (items.count > 6 ? " | …" : "")
  }

  private func signature(_ help: JSON) -> String {
    guard let form = help["signatures"]?[help["activeSignature"]?.integer ?? 0] else { return "" }
    let active = help["activeParameter"]?.integer ?? -1
    let parameters = form["parameters"]?.array ?? []
    let marked = parameters.indices.contains(active) ? parameters[active]["label"]?.string : nil
    let count = help["signatures"]?.array?.count ?? 0
    return "\(oneLine(form["label"]?.string ?? "")), of \(count): \(marked ?? "none")"
  }

  private func symbol(_ symbol: JSON) -> String {
    let children = (symbol["children"]?.array ?? []).map { self.symbol($0) }
    let inner = children.isEmpty ? "" : " [\(children.joined(separator: ", "))]"
    return "\(symbol["name"]?.string ?? "") (\(number(symbol["kind"])))\(inner)"
  }

  private func tokens(_ answer: JSON, _ line: Int) -> String {
    let data = (answer["data"]?.array ?? []).compactMap(\.integer)
    let bytes = Array(lines[line].utf8)
    var column = 0
    var shown: [String] = []
    for start in stride(from: 0, to: data.count - 4, by: 5) {
      column = data[start] == 0 ? column + data[start + 1] : data[start + 1]
      let text = String(decoding: bytes[column..<(column + data[start + 2])], as: UTF8.self)
      let modifiers = data[start + 4] == 0 ? "" : "+\(data[start + 4])"
      shown.append("\(text) \(data[start + 3])\(modifiers)")
    }
    return list(shown)
  }

  private func selections(_ range: JSON?) -> String {
    var shown: [String] = []
    var next = range
    while let range = next, range != .null, shown.count < 6 {
      shown.append(spot(range))
      next = range["parent"]
    }
    return list(shown)
  }

  /// The titles of the actions, and what their edits write.
  private func actions(_ line: Int, _ marker: ServerMarker) -> String {
    let part = range(line, marker.column, marker.end)
    let context: JSON = ["diagnostics": .array(diagnostics(at: line))]
    let answer = client.result(
      "textDocument/codeAction", text().with("range", part).with("context", context))
    return list(
      (answer.array ?? []).map { action in
        let whole =
          action["edit"] == nil && action["data"] != nil
          ? client.result("codeAction/resolve", action) : action
        let changes = whole["edit"]?["changes"]?["file:///project/a.thr"]?.array ?? []
        let edits = changes.map { "\(spot($0)) → `\($0["newText"]?.string ?? "")`" }
        let title = action["title"]?.string ?? ""
        return ([title] + edits).joined(separator: ": ")
      })
  }
}

/// A comment that asks: where its `^^` stand, the question, and what stands behind the colon.
private struct ServerMarker {
  let head: String
  let column: Int
  let end: Int
  let question: String

  init?(_ line: String) {
    guard line.hasPrefix("#"), let caret = line.firstIndex(where: { $0 == "^" || $0 == "<" }),
      line[line.index(after: line.startIndex)..<caret].allSatisfy({ $0 == " " })
    else { return nil }
    let rest = line[caret...].drop { $0 == "^" || $0 == "<" }
    // `#<` asks about the beginning of the line, which the `#` itself covers.
    column = line[caret] == "<" ? 0 : line.utf8.distance(from: line.startIndex, to: caret)
    end = line.utf8.distance(from: line.startIndex, to: rest.startIndex)
    question = String(rest.drop { $0 == " " }.prefix { $0 != ":" })
    head = String(line[..<rest.startIndex])
  }

  func with(_ answer: String) -> String {
    "\(head) \(question):" + (answer.isEmpty ? "" : " \(answer)")
  }
}
