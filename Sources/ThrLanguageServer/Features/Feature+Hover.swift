import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What is known of the thing under the pointer, its value included.
  static let hover = Feature(
    capabilities: { _ in ["hoverProvider": true] },
    requests: [
      RequestHandler("textDocument/hover") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        return server.hover(over: text, at: try text.offset(params)) ?? .null
      }
    ])
}

extension Server {
  fileprivate func hover(over text: ReadableText, at offset: Int) -> JSON? {
    let hover = text.document.hover(at: offset)
    let value = text.value(at: offset, under: hover?.span)
    var parts: [Prose] = []
    if let page = hover?.document { parts.append(.help(page)) }
    if let full = value?.full { parts.append(.code(full, language: "text")) }
    guard !parts.isEmpty, let span = hover?.span ?? value?.span else { return nil }
    return ["contents": prose(client.hoverMarkup, parts), "range": text.coordinates.json(span)]
  }
}

extension ReadableText {
  /// The value of the variable under the pointer, else that of the statement around it.
  fileprivate func value(at offset: Int, under span: Span?) -> EvaluatedStatement? {
    guard let values = open?.values else { return nil }
    if let span {
      let name = document.source.text(span)
      if let statement = values.statement(giving: name, before: offset) { return statement }
    }
    return values.statement(at: offset)
  }
}
