import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// The one style of the language; what a client asks for about tabs and widths is not in it.
  static let formatting = Feature(
    capabilities: { _ in
      [
        "documentFormattingProvider": true,
        "documentRangeFormattingProvider": ["rangesSupport": true],
        "documentOnTypeFormattingProvider": [
          "firstTriggerCharacter": "\n", "moreTriggerCharacter": ["}"],
        ],
      ]
    },
    requests: [
      RequestHandler("textDocument/formatting") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        return text.edits(formatEdits(text.document.parse))
      },
      RequestHandler("textDocument/rangeFormatting") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let span = text.coordinates.span(of: try LineRange(try params["range"]))
        return text.edits(formatEdits(text.document.parse, in: span))
      },
      RequestHandler("textDocument/rangesFormatting") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        var edits: [Edit] = []
        for range in try params["ranges"].elements {
          let span = text.coordinates.span(of: try LineRange(range))
          edits.add(formatEdits(text.document.parse, in: span))
        }
        return text.edits(edits)
      },
      RequestHandler("textDocument/onTypeFormatting") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let offset = try text.offset(params)
        guard let typed = try params["ch"].string.first else { return [] }
        return text.edits(formatEdits(text.document.parse, afterTyping: typed, at: offset))
      },
    ])
}

extension [Edit] {
  /// Adds those that change nothing that is changed already: ranges may touch the same statement.
  fileprivate mutating func add(_ more: [Edit]) {
    let new = more.filter { edit in
      !contains { $0 == edit || $0.span.start < edit.span.end && edit.span.start < $0.span.end }
    }
    append(contentsOf: new)
  }
}

extension ReadableText {
  fileprivate func edits(_ edits: [Edit]) -> JSON {
    .array(edits.map { coordinates.edit($0.span, $0.replacement) })
  }
}
