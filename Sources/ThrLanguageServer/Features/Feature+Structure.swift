import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What can be folded away.
  static let folding = Feature(
    capabilities: { _ in ["foldingRangeProvider": true] },
    requests: [
      RequestHandler("textDocument/foldingRange") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let wholeLines = server.client.foldsWholeLines
        return .array(
          text.document.foldings.compactMap { $0.json(text.coordinates, wholeLines: wholeLines) })
      }
    ])

  /// What is selected step by step around a cursor.
  static let selectionRanges = Feature(
    capabilities: { _ in ["selectionRangeProvider": true] },
    requests: [
      RequestHandler("textDocument/selectionRange") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        return .array(
          try params["positions"].elements.map { (position) throws(ResponseError) in
            let offset = text.coordinates.offset(of: try LinePosition(position))
            return text.selection(at: offset)
          })
      }
    ])
}

extension ReadableText {
  /// The innermost range, each with the one around it as its parent.
  fileprivate func selection(at offset: Int) -> JSON {
    var spans = document.selections(at: offset)
    if spans.isEmpty { spans = [Span(offset, offset)] }
    return spans.reversed().reduce(JSON.null) { parent, span in
      var range: JSON.Object = ["range": coordinates.json(span)]
      if !parent.isNull { range["parent"] = parent }
      return .object(range)
    }
  }
}

extension Folding {
  fileprivate func json(_ coordinates: TextCoordinates, wholeLines: Bool) -> JSON? {
    let range = coordinates.range(of: span)
    // The line with the closing bracket stays visible where only whole lines can be hidden.
    let end = wholeLines && kind == .region ? range.end.line - 1 : range.end.line
    guard end > range.start.line else { return nil }
    var object: JSON.Object = ["startLine": .number(Double(range.start.line))]
    if !wholeLines { object["startCharacter"] = .number(Double(range.start.character)) }
    object["endLine"] = .number(Double(end))
    if !wholeLines { object["endCharacter"] = .number(Double(range.end.character)) }
    if kind == .comment { object["kind"] = "comment" }
    return .object(object)
  }
}
