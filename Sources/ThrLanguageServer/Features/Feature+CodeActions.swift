import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What can be done about a stretch of text.
  static let codeActions = Feature(
    capabilities: { client in
      guard client.codeActionLiterals else { return ["codeActionProvider": true] }
      return [
        "codeActionProvider": [
          "codeActionKinds": .array(ActionKind.allCases.map { .string($0.rawValue) }),
          "resolveProvider": true,
        ]
      ]
    },
    requests: [
      RequestHandler("textDocument/codeAction") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let span = text.coordinates.span(of: try LineRange(try params["range"]))
        let context = try params["context"]
        let reported = try context["diagnostics"].elements.map(\.json)
        let wanted = try context.optional("only")?.elements.map { (kind) throws(ResponseError) in
          try kind.string
        }
        // What can be done anywhere is not worth a lamp that lights up by itself.
        let isAsked = context.json["triggerKind"]?.integer != 2
        return .array(
          server.actions(
            in: span, of: text, reported: reported,
            only: wanted ?? (isAsked ? nil : [ActionKind.quickFix.rawValue])))
      },
      RequestHandler("codeAction/resolve") { (server, params) throws(ResponseError) in
        try server.resolvedAction(params)
      },
    ])
}

/// The kinds of actions that are offered.
enum ActionKind: String, CaseIterable {
  case quickFix = "quickfix"
  case rewrite = "refactor.rewrite"
  case fixAll = "source.fixAll"

  /// Whether a client that wants only some kinds, which stand for those below them too, wants this.
  func isWanted(_ only: [String]?) -> Bool {
    guard let only else { return true }
    return only.contains { $0.isEmpty || rawValue == $0 || rawValue.hasPrefix($0 + ".") }
  }
}

extension Server {
  fileprivate func actions(
    in span: Span, of text: ReadableText, reported: [JSON], only: [String]?
  ) -> [JSON] {
    var actions: [JSON] = []
    if ActionKind.quickFix.isWanted(only) {
      actions += text.document.fixes(in: span).map { quickFix($0, $1, text, reported) }
    }
    if ActionKind.fixAll.isWanted(only), let all = fixAll(text) { actions.append(all) }
    guard let open = text.open, let statement = text.document.statement(at: span.start) else {
      return actions
    }
    if only == nil {
      actions.append(
        command(.runToHere, titled: "Run to here", at: statement.span, of: text.coordinates, open))
    }
    if ActionKind.rewrite.isWanted(only), statement.showsValue {
      actions.append(insertion(after: statement, of: text, open))
    }
    return actions.filter { !$0.isNull }
  }

  private func quickFix(
    _ diagnostic: Diagnostic, _ fix: Diagnostic.Fix, _ text: ReadableText, _ reported: [JSON]
  ) -> JSON {
    let edit = workspaceEdit([Edit(fix.span, fix.replacement)], of: text)
    guard client.codeActionLiterals else { return Command.applyEdit(fix.title, edit) }
    var action: JSON.Object = [
      "title": .string(fix.title), "kind": .string(ActionKind.quickFix.rawValue),
    ]
    // The client's own copies, so that it finds them again.
    let range = text.coordinates.json(diagnostic.span)
    let copies = reported.filter {
      $0["code"]?.string == diagnostic.kind.code && $0["range"] == range
    }
    if !copies.isEmpty { action["diagnostics"] = .array(copies) }
    if client.preferredActions, diagnostic.fixes == [fix] { action["isPreferred"] = true }
    action["edit"] = edit
    return .object(action)
  }

  // MARK: - All at once

  private func fixAll(_ text: ReadableText) -> JSON? {
    guard client.codeActionLiterals, let edits = text.document.allFixes else { return nil }
    var action: JSON.Object = [
      "title": "Fix all", "kind": .string(ActionKind.fixAll.rawValue),
    ]
    if client.resolvesActionEdits, let open = text.open {
      action["data"] = [
        "uri": .string(open.address), "generation": .number(Double(open.generation)),
      ]
    } else {
      action["edit"] = workspaceEdit(edits, of: text)
    }
    return .object(action)
  }

  fileprivate func resolvedAction(_ params: Params) throws(ResponseError) -> JSON {
    guard case .object(var action) = params.json else {
      throw ResponseError(.invalidParams, "an action must be an object")
    }
    guard let data = params.optional("data") else { return .object(action) }
    let open = try workspace.openDocument(try data["uri"].string)
    guard open.generation == (try data["generation"].integer) else {
      throw ResponseError(.contentModified, "the text has changed")
    }
    let text = ReadableText(open)
    action["edit"] = workspaceEdit(text.document.allFixes ?? [], of: text)
    return .object(action)
  }

  // MARK: - Results

  private func insertion(
    after statement: StatementOutline, of text: ReadableText, _ open: OpenDocument
  ) -> JSON {
    let title = "Insert the result as a comment"
    let known = open.values.statement(at: statement.span.start)
    if known?.state == .failed {
      guard client.disabledActions else { return .null }
      return [
        "title": .string(title), "kind": .string(ActionKind.rewrite.rawValue),
        "disabled": ["reason": "the statement fails"],
      ]
    }
    var action: JSON.Object = [
      "title": .string(title), "kind": .string(ActionKind.rewrite.rawValue),
    ]
    // A value that is known can be shown beforehand, and needs no client that takes edits later.
    if let full = known?.full, client.codeActionLiterals {
      let edit = ResultComment.edit(full, below: statement.span, in: text.document.source)
      action["edit"] = workspaceEdit([edit], of: text)
      return .object(action)
    }
    guard client.appliesEdits else { return .null }
    let command = command(
      .insertResult, titled: title, at: statement.span, of: text.coordinates, open)
    guard client.codeActionLiterals else { return command }
    action["command"] = command
    return .object(action)
  }
}

extension Document {
  /// The fixes of all diagnostics; `nil` if there is none.
  fileprivate var allFixes: [Edit]? {
    let edits = diagnostics.certainFixes
    return edits.isEmpty ? nil : edits
  }
}
