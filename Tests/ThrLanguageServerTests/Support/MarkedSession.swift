import Foundation
import JSONText
import Testing
import ThrFrontEnd
import ThrLanguageServer
import ThrLibrary
import ThrModel

@testable import ThrLanguageServer

/// A script open in the server, and the questions in its comments.
struct MarkedSession {
  let lines: [String]
  private let client: TestClient
  private let translation: PositionTranslation
  private let diagnostics: [JSON]

  private static func capabilities(_ encoding: PositionEncoding) -> JSON {
    [
      "general": ["positionEncodings": [.string(encoding.rawValue)]],
      "workspace": ["applyEdit": true],
      "textDocument": [
        "inlayHint": [:], "diagnostic": [:],
        "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
        "completion": [
          "completionItem": ["snippetSupport": true, "documentationFormat": ["plaintext"]]
        ],
        "codeAction": ["codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix"]]]],
      ],
    ]
  }

  init(_ text: String, _ encoding: PositionEncoding) {
    lines = text.components(separatedBy: "\n")
    translation = PositionTranslation(lines: lines, encoding: encoding)
    let showsValues = lines.contains { ServerMarker($0)?.question == "values" }
    client = TestClient(
      Self.capabilities(encoding), options: ["liveValues": .bool(showsValues)],
      folder: "file:///project", running: NotebookEvaluator(.standard),
      vocabulary: Library.standard.vocabulary)
    client.open(text)
    if showsValues {
      // Values come in the order of the statements, so with the last all are there.
      let last = lines.lastIndex { !$0.isEmpty && !$0.hasPrefix("#") } ?? 0
      while !Self.hints(client).contains(where: {
        $0["kind"] == nil && $0["position"]?["line"]?.integer == last
      }) {
        client.settle()
      }
    }
    let report = client.result("textDocument/diagnostic", ThrLanguageServerTests.text())
    diagnostics = translation.heard(report)["items"]?.array ?? []
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

  // MARK: - Asking

  private func ask(_ method: String, _ params: JSON) -> JSON {
    translation.heard(client.result(method, translation.reported(params)))
  }

  private func askOfText(_ method: String, _ more: (String, JSON)...) -> JSON {
    ask("textDocument/" + method, more.reduce(text()) { $0.with($1.0, $1.1) })
  }

  private static let style: JSON = ["tabSize": 2, "insertSpaces": true]

  private func answer(to marker: ServerMarker, line: Int) -> String {
    let here = ("position", position(line, marker.column))
    let part = ("range", range(line, marker.column, marker.end))
    let parts = marker.question.split(separator: " ", maxSplits: 1)
    let rest = parts.count > 1 ? String(parts[1]) : ""
    switch parts[0] {
    case "diagnostics": return list(diagnostics(at: line).map(reported))
    case "completion": return completions(askOfText("completion", here))
    case "resolve": return resolved(rest, askOfText("completion", here))
    case "signature": return signature(askOfText("signatureHelp", here))
    case "hover":
      return askOfText("hover", here)["contents"]?["value"]?.string.map(oneLine) ?? ""
    case "plot":
      // Dots of Braille draw it.
      let value = askOfText("hover", here)["contents"]?["value"]?.string ?? ""
      let lines = value.split(separator: "\n").filter { line in
        line.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
      }
      return "\(lines.count) lines"
    case "definition": return spot(askOfText("definition", here))
    case "references":
      return spots(askOfText("references", here, ("context", ["includeDeclaration": true])))
    case "highlights":
      return list(
        (askOfText("documentHighlight", here).array ?? []).map {
          spot($0) + ($0["kind"] == 3 ? " written" : " read")
        })
    case "prepare": return askOfText("prepareRename", here)["placeholder"]?.string ?? "nothing"
    case "rename": return renamed(at: here.1, to: rest)
    case "symbols": return list((askOfText("documentSymbol").array ?? []).map(symbol))
    case "find":
      return list(
        (ask("workspace/symbol", ["query": .string(rest)]).array ?? []).map {
          "\($0["name"]?.string ?? "") \(spot($0["location"] ?? .null))"
        })
    case "tokens":
      let whole = range(line, 0, lines[line].utf8.count)
      return tokens(askOfText("semanticTokens/range", ("range", whole)), line)
    case "folding":
      return list((askOfText("foldingRange").array ?? []).map(folding))
    case "selection":
      return selections(askOfText("selectionRange", ("positions", [here.1]))[0])
    case "actions": return actions(line, part.1)
    case "insert": return inserted(line)
    case "formatting":
      return edits(
        askOfText("formatting", ("options", Self.style)).array?.filter {
          $0["range"]?["start"]?["line"]?.integer == line
        })
    case "part":
      return edits(askOfText("rangeFormatting", part, ("options", Self.style)).array)
    case "typed":
      let typed = JSON.string(rest == "newline" ? "\n" : rest)
      return edits(
        askOfText("onTypeFormatting", here, ("ch", typed), ("options", Self.style)).array)
    case "lenses": return list(lenses(line))
    case "values": return hints(line) { $0 == nil }
    case "names": return hints(line) { $0 == 2 }
    default: return "?"
    }
  }

  private func diagnostics(at line: Int) -> [JSON] {
    diagnostics.filter { $0["range"]?["start"]?["line"]?.integer == line }
  }

  private func renamed(at place: JSON, to name: String) -> String {
    let params = text().with("position", place).with("newName", .string(name))
    let response = client.response("textDocument/rename", translation.reported(params))
    guard let changes = response["result"]?["changes"]?["file:///project/a.thr"] else {
      return response["error"]?["message"]?.string ?? "nothing"
    }
    return spots(translation.heard(changes))
  }

  private func lenses(_ line: Int) -> [String] {
    (askOfText("codeLens").array ?? []).filter {
      $0["range"]?["start"]?["line"]?.integer == line
    }.map { lens in
      let whole = lens["command"] == nil ? ask("codeLens/resolve", lens) : lens
      let command = whole["command"]
      return "\(command?["title"]?.string ?? "") (\(command?["command"]?.string ?? ""))"
    }
  }

  /// What the command writes below a statement.
  private func inserted(_ line: Int) -> String {
    let arguments: JSON = ["file:///project/a.thr", translation.reported(position(line, 0))]
    let id = client.ask(
      "workspace/executeCommand", ["command": "thr.insertResult", "arguments": arguments])
    let request = client.message("workspace/applyEdit")
    client.reply(to: request, ["applied": true])
    _ = client.answer(to: id)
    let changes = request["params"]?["edit"]?["changes"]?["file:///project/a.thr"] ?? .null
    return edits(translation.heard(changes).array)
  }

  // MARK: - Answers in a line

  private func list(_ parts: [String]) -> String { parts.joined(separator: " | ") }

  private func spots(_ values: JSON) -> String { list((values.array ?? []).map(spot)) }

  private func edits(_ edits: [JSON]?) -> String {
    list((edits ?? []).map { "\(spot($0)) → \(($0["newText"]?.string ?? "").debugDescription)" })
  }

  private func number(_ value: JSON?) -> String { value?.integer.map(String.init) ?? "?" }

  /// Where it is, in lines and bytes from 0, and what stands there.
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

  private func reported(_ diagnostic: JSON) -> String {
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
    let replaced = items.first.flatMap { $0["textEdit"] }.map { "\(spot($0)) → " } ?? ""
    return replaced + list(shown) + (items.count > 6 ? " | …" : "")
  }

  private func resolved(_ label: String, _ answer: JSON) -> String {
    guard let item = answer["items"]?.array?.first(where: { $0["label"]?.string == label }) else {
      return "no such item"
    }
    let whole = ask("completionItem/resolve", item)
    return oneLine(whole["documentation"]?["value"]?.string ?? "nothing")
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
    let place = symbol["selectionRange"]?["start"]
    return "\(symbol["name"]?.string ?? "") (\(number(symbol["kind"])))"
      + " \(number(place?["line"])):\(number(place?["character"]))\(inner)"
  }

  private func folding(_ folding: JSON) -> String {
    "\(number(folding["startLine"])):\(number(folding["startCharacter"]))"
      + "–\(number(folding["endLine"])):\(number(folding["endCharacter"]))"
      + " \(folding["kind"]?.string ?? "region")"
  }

  private func tokens(_ answer: JSON, _ line: Int) -> String {
    let data = (answer["data"]?.array ?? []).compactMap(\.integer)
    let bytes = Array(lines[line].utf8)
    var column = 0
    var shown: [String] = []
    for start in stride(from: 0, to: data.count - 4, by: 5) {
      column = data[start] == 0 ? column + data[start + 1] : data[start + 1]
      let ends = [column, column + data[start + 2]].map { translation.byte(line, $0) }
      let text = String(decoding: bytes[ends[0]..<ends[1]], as: UTF8.self)
      let modifiers = data[start + 4] == 0 ? "" : "+\(data[start + 4])"
      shown.append("\(text) \(data[start + 3])\(modifiers)")
    }
    return list(shown)
  }

  private func hints(_ line: Int, _ isWanted: (JSON?) -> Bool) -> String {
    let all = translation.heard(.array(Self.hints(client))).array ?? []
    return list(
      all.filter { $0["position"]?["line"]?.integer == line && isWanted($0["kind"]) }.map {
        "\($0["label"]?.string ?? "") at \(number($0["position"]?["character"]))"
      })
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
  private func actions(_ line: Int, _ part: JSON) -> String {
    let context: JSON = ["diagnostics": .array(diagnostics(at: line))]
    let answer = askOfText("codeAction", ("range", part), ("context", context))
    return list(
      (answer.array ?? []).map { action in
        let whole =
          action["edit"] == nil && action["data"] != nil
          ? ask("codeAction/resolve", action) : action
        let changes = whole["edit"]?["changes"]?["file:///project/a.thr"]?.array ?? []
        let edits = changes.map { "\(spot($0)) → `\($0["newText"]?.string ?? "")`" }
        let title = action["title"]?.string ?? ""
        return ([title] + edits).joined(separator: ": ")
      })
  }
}
