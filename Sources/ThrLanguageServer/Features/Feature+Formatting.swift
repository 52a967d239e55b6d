import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// The one style of the language; what a client asks for about tabs and widths is not in it.
  static let formatting = Feature(
    capabilities: { _ in
      [
        "documentFormattingProvider": true, "documentRangeFormattingProvider": true,
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
      RequestHandler("textDocument/onTypeFormatting") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let offset = try text.offset(params)
        guard let typed = try params["ch"].string.first else { return [] }
        return text.edits(formatEdits(text.document.parse, afterTyping: typed, at: offset))
      },
    ])
}

extension ReadableText {
  fileprivate func edits(_ edits: [Edit]) -> JSON {
    .array(edits.map { coordinates.edit($0.span, $0.replacement) })
  }
}
