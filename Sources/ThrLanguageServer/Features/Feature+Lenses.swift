import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What can be done with statements, above them.
  static let lenses = Feature(
    capabilities: { _ in ["codeLensProvider": ["resolveProvider": true]] },
    requests: [
      RequestHandler("textDocument/codeLens") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        return .array(server.lenses(of: text))
      },
      RequestHandler("codeLens/resolve") { (server, params) throws(ResponseError) in
        try server.resolvedLens(params)
      },
    ])
}

extension Server {
  /// Above every statement that shows a value, and above those that do not run by themselves.
  fileprivate func lenses(of text: ReadableText) -> [JSON] {
    guard settings.lenses, let open = text.open else { return [] }
    let tasks = tasks(of: text).map { lens(.checkAnswer, at: $0.span, of: text, open) }
    return tasks
      + text.document.statements.flatMap { statement -> [JSON] in
        let isSkipped = open.values.statement(at: statement.span.start)?.isSkipped == true
        var commands: [Command] = []
        if statement.showsValue || isSkipped { commands.append(.runToHere) }
        if statement.showsValue, client.appliesEdits { commands.append(.insertResult) }
        return commands.map { lens($0, at: statement.span, of: text, open) }
      }
  }

  private func lens(
    _ command: Command, at span: Span, of text: ReadableText, _ open: OpenDocument
  ) -> JSON {
    [
      "range": text.coordinates.json(text.firstLine(of: span)),
      "data": [
        "uri": .string(open.address), "generation": .number(Double(open.generation)),
        "offset": .number(Double(span.start)), "command": .string(command.rawValue),
      ],
    ]
  }

  fileprivate func resolvedLens(_ params: Params) throws(ResponseError) -> JSON {
    guard case .object(var lens) = params.json else {
      throw ResponseError(.invalidParams, "a lens must be an object")
    }
    guard let data = params.optional("data") else { return .object(lens) }
    let open = try workspace.openDocument(try data["uri"].string)
    guard open.generation == (try data["generation"].integer) else {
      throw ResponseError(.contentModified, "the text has changed")
    }
    let offset = try data["offset"].integer
    guard let command = Command(rawValue: try data["command"].string) else {
      throw ResponseError(.invalidParams, "no such command")
    }
    lens["command"] = self.command(
      command, titled: command.lensTitle, at: Span(offset, offset), of: open.coordinates, open)
    return .object(lens)
  }
}

extension EvaluatedStatement {
  /// What stands beside the statement: its value, or why it has none.
  var shownHint: String? {
    if case .skipped(let reason) = state { "not run: \(reason)" } else { hint }
  }
}

extension ReadableText {
  /// The part of a span on its first line.
  func firstLine(of span: Span) -> Span {
    let lines = document.source.lines
    return Span(span.start, min(span.end, lines.span(ofLine: lines.line(at: span.start)).end))
  }
}
