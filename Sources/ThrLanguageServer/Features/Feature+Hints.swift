import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What the text does not say itself: values beside the statements that made them, and the names
  /// of parameters before literals.
  static let hints = Feature(
    capabilities: { _ in ["inlayHintProvider": ["resolveProvider": true]] },
    requests: [
      RequestHandler("textDocument/inlayHint") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let span = text.coordinates.span(of: try LineRange(try params["range"]))
        return .array(server.hints(in: span, of: text))
      },
      RequestHandler("inlayHint/resolve") { (server, params) throws(ResponseError) in
        try server.resolvedHint(params)
      },
    ])
}

extension Server {
  fileprivate func hints(in span: Span, of text: ReadableText) -> [JSON] {
    var hints: [JSON] = []
    if settings.parameterNames {
      hints += text.document.hints.filter { span.touches($0.offset) }.map { hint in
        [
          "position": text.coordinates.position(at: hint.offset).json,
          "label": .string(hint.label), "kind": 2, "paddingRight": true,
        ]
      }
    }
    guard let open = text.open else { return hints }
    for statement in open.values.statements where span.touches(statement.span.end) {
      guard let hint = statement.shownHint else { continue }
      hints.append([
        "position": text.coordinates.position(at: statement.span.end).json,
        "label": .string(hint), "paddingLeft": true,
        "data": [
          "uri": .string(text.address), "generation": .number(Double(open.generation)),
          "offset": .number(Double(statement.span.start)),
        ],
      ])
    }
    return hints
  }

  /// Adds the whole value to a hint, for a client that asks for it when the pointer rests there.
  fileprivate func resolvedHint(_ params: Params) throws(ResponseError) -> JSON {
    guard case .object(var hint) = params.json else {
      throw ResponseError(.invalidParams, "a hint must be an object")
    }
    guard let data = params.optional("data") else { return .object(hint) }
    let open = try workspace.openDocument(try data["uri"].string)
    guard open.generation == (try data["generation"].integer) else {
      throw ResponseError(.contentModified, "the text has changed")
    }
    open.bringUpToDate()
    let value = open.values.statement(at: try data["offset"].integer)
    if let full = value?.full {
      hint["tooltip"] = prose(.markdown, [.code(full, language: "text")])
    } else if let remark = value?.remark {
      hint["tooltip"] = .string("not run: \(remark)")
    }
    return .object(hint)
  }

  /// Values have come, or have gone: the client should look again.
  func valuesChanged() {
    refreshHints()
    refreshDiagnostics()
  }

  func refreshHints() {
    guard lifecycle == .running, client.refreshesHints else { return }
    ask("workspace/inlayHint/refresh", nil)
  }
}
