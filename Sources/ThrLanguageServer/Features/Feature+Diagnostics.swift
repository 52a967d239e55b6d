import ContentHash
import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// Diagnostics, reported by the server or asked for by the client.
  static let diagnostics = Feature(
    capabilities: { client in
      guard client.pullsDiagnostics else { return [:] }
      return [
        "diagnosticProvider": [
          "identifier": "thr", "interFileDependencies": true, "workspaceDiagnostics": true,
        ]
      ]
    },
    requests: [
      RequestHandler("textDocument/diagnostic") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let previous = try params.optional("previousResultId")?.string
        return server.report(on: text, previous: previous)
      },
      RequestHandler(
        "workspace/diagnostic",
        later: { (server, params, id) throws(ResponseError) in
          var previous: [String: String] = [:]
          for result in try params["previousResultIds"].elements {
            previous[try result["uri"].string] = try result["value"].string
          }
          let all = server.workspace.allTexts
          let gathered = GatheredItems(
            PartialResult(server, token: params.json["partialResultToken"]))
          server.scan(all, for: id) { [unowned server] place in
            let report = server.workspaceReport(on: place, previous: previous)
            gathered.add([report].compactMap { $0 }) { ["items": $0] }
          } finish: { [unowned server] in
            server.workspace.forgetReports(but: all)
            return ["items": .array(gathered.items)]
          }
          return nil
        }),
    ])
}

extension Server {
  // MARK: - Reporting

  /// Reports the errors of the texts that have changed, but not with one that changes again in
  /// the message that waits already.
  func publishDiagnostics() {
    guard lifecycle == .running else { return }
    for document in workspace.documents.values where document.needsPublishing {
      guard !isNextChange(of: document.address) else { continue }
      document.needsPublishing = false
      guard !client.pullsDiagnostics else { continue }
      let found = diagnostics(of: ReadableText(document))
      guard document.publish(found) else { continue }
      publish(found, of: document.address, version: document.version)
    }
  }

  private func isNextChange(of address: String) -> Bool {
    inbox.isNext(where: {
      guard case .message(.notification("textDocument/didChange", let params)) = $0 else {
        return false
      }
      return params?["textDocument"]?["uri"]?.string == address
    })
  }

  func publish(_ diagnostics: [JSON], of address: String, version: Int?) {
    guard !client.pullsDiagnostics else { return }
    var params: JSON.Object = ["uri": .string(address)]
    if let version, client.diagnosticVersions { params["version"] = .number(Double(version)) }
    params["diagnostics"] = .array(diagnostics)
    notify("textDocument/publishDiagnostics", .object(params))
  }

  /// Has a client that asks for diagnostics ask again.
  func refreshDiagnostics() {
    guard lifecycle == .running, client.pullsDiagnostics, client.refreshesDiagnostics else {
      return
    }
    ask("workspace/diagnostic/refresh", nil)
  }

  // MARK: - Being asked

  fileprivate func report(on text: ReadableText, previous: String?) -> JSON {
    let items = JSON.array(diagnostics(of: text))
    return .object(report(items, ResultIdentifier.of(items), previous: previous))
  }

  private func report(_ items: JSON, _ identifier: String, previous: String?) -> JSON.Object {
    guard previous != identifier else {
      return ["kind": "unchanged", "resultId": .string(identifier)]
    }
    return ["kind": "full", "resultId": .string(identifier), "items": items]
  }

  /// A report on a text, open or not: what a change of one file breaks in those that use it shows
  /// whether someone looks at them or not.
  fileprivate func workspaceReport(on place: TextPlace, previous: [String: String]) -> JSON? {
    switch place {
    case .open(let address):
      guard let open = workspace.documents[address] else { return nil }
      let items = JSON.array(diagnostics(of: ReadableText(open)))
      var report = report(items, ResultIdentifier.of(items), previous: previous[address])
      report["uri"] = .string(address)
      report["version"] = .number(Double(open.version))
      return .object(report)
    case .file(let path):
      let known = workspace.report(onFile: path) { .array(diagnostics(of: $0)) }
      guard let known else { return nil }
      let address = FileAddress.address(of: path)
      var report = report(known.items, known.identifier, previous: previous[address])
      report["uri"] = .string(address)
      report["version"] = .null
      return .object(report)
    }
  }

  // MARK: - Translating

  /// What is wrong with a text, by looking at it and by running it; where the client has no other
  /// place for them, the values too.
  func diagnostics(of text: ReadableText) -> [JSON] {
    if text.open?.isTooLarge == true { return [Self.tooLarge(text)] }
    let rules = workspace.rules(for: text.address)
    let known = (text.document.diagnostics + columnFaults(of: text))
      .filter { rules.reports($0.kind) }
    var all = known.map { translated($0, text) }
    if client.hasDiagnosticTag(Self.unnecessary) { all += unusedNames(in: text) }
    for statement in text.open?.values.statements ?? [] {
      // The run finds again what the checker has reported.
      let own = text.document.parse.withoutIgnored(statement.diagnostics)
      let unseen = own.filter { found in
        rules.reports(found.kind)
          && !known.contains { $0.kind == found.kind && $0.span.overlaps(found.span) }
      }
      all += unseen.map { translated($0, text) }
      if !client.hints, let hint = statement.shownHint {
        all.append(value(hint, statement, text))
      }
    }
    return all
  }

  /// The protocol's tag for text that does nothing, which editors show paler.
  private static let unnecessary = 1

  private func unusedNames(in text: ReadableText) -> [JSON] {
    text.document.unusedNames.map { span in
      [
        "range": text.coordinates.json(span), "severity": 4, "source": "thr",
        "message": .string("`\(text.document.source.text(span))` is never read"),
        "tags": [.number(Double(Self.unnecessary))],
      ]
    }
  }

  /// Names of columns that a table lacks, where its file is one that the text may read.
  private func columnFaults(of text: ReadableText) -> [Diagnostic] {
    let columns = surroundings(of: text, at: 0).columns
    return text.document.columnFaults(columns)
  }

  /// Who sees no problems must not think that there are none.
  private static func tooLarge(_ text: ReadableText) -> JSON {
    let end = text.coordinates.source.lines.span(ofLine: 1).end
    let first = Span(0, min(1, end))
    return [
      "range": text.coordinates.json(first), "severity": 3, "source": "thr",
      "message": """
      this file is too large to be checked while you edit it; it still runs, and `thr check` \
      reports its errors
      """,
    ]
  }

  private func value(_ hint: String, _ statement: EvaluatedStatement, _ text: ReadableText) -> JSON
  {
    // A mark over the whole statement would hide its colours.
    let end = text.document.source.characterStart(before: statement.span.end)
    return [
      "range": text.coordinates.json(Span(end, statement.span.end)), "severity": 4,
      "source": "thr value",
      "message": .string(hint),
    ]
  }

  func translated(_ diagnostic: Diagnostic, _ text: ReadableText) -> JSON {
    var object: JSON.Object = [
      "range": text.coordinates.json(diagnostic.span),
      "severity": diagnostic.severity == .error ? 1 : 2,
      "code": .string(diagnostic.kind.code),
    ]
    if client.diagnosticLinks || client.pullsDiagnostics,
      let link = host.explanation(diagnostic.kind)
    {
      object["codeDescription"] = ["href": .string(link)]
    }
    object["source"] = "thr"
    object["message"] = .string(diagnostic.sentence)
    let tags = diagnostic.tags.filter(client.hasDiagnosticTag)
    if !tags.isEmpty { object["tags"] = .array(tags.map { .number(Double($0)) }) }
    if client.relatedInformation, !diagnostic.notes.isEmpty {
      object["relatedInformation"] = .array(diagnostic.notes.compactMap { related($0, text) })
    }
    if client.diagnosticData { object["data"] = ["name": .string(diagnostic.kind.name)] }
    return .object(object)
  }

  private func related(_ note: Diagnostic.Note, _ text: ReadableText) -> JSON? {
    guard let place = place(note.span, inFile: note.file, of: text) else { return nil }
    return ["location": place, "message": .string(note.message)]
  }

  /// A place in a text, or in a file that the text names from its folder.
  func place(_ span: Span, inFile file: String?, of text: ReadableText) -> JSON? {
    guard let file else {
      return ["uri": .string(text.address), "range": text.coordinates.json(span)]
    }
    guard let path = FileAddress.path(of: text.address) else { return nil }
    let other = SourcePath.resolve(file, in: SourcePath.folder(of: path))
    guard let target = workspace.text(ofFile: other) else { return nil }
    return ["uri": .string(target.address), "range": target.coordinates.json(span)]
  }
}

extension Source {
  /// Where the character before a place begins.
  fileprivate func characterStart(before offset: Int) -> Int {
    var start = max(0, offset - 1)
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }
}

extension Span {
  fileprivate func overlaps(_ other: Span) -> Bool { start <= other.end && other.start <= end }
}

extension Diagnostic {
  /// What happened and what to write instead.
  var sentence: String { remedy.map { "\(message); \($0)" } ?? message }

  /// The protocol's tags: 1 for text that does nothing.
  fileprivate var tags: [Int] { kind.name == "unreachable" ? [1] : [] }
}

/// Names a result by its content, so that the same result has the same name.
enum ResultIdentifier {
  static func of(_ json: JSON) -> String {
    var bytes: [UInt8] = []
    json.write(into: &bytes)
    return text(ContentHash(bytes))
  }

  static func of(_ numbers: [Int]) -> String { text(ContentHash(numbers)) }

  private static func text(_ hash: ContentHash) -> String { String(hash.value, radix: 16) }
}
