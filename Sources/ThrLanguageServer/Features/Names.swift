import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// From a name to where it got its value.
  static let definition = Feature(
    capabilities: { _ in ["definitionProvider": true] },
    requests: [
      RequestHandler("textDocument/definition") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let found = text.document.definition(at: try text.offset(params))
        return found.flatMap { server.place($0.span, inFile: $0.file, of: text) } ?? .null
      }
    ])

  /// Every place of a name.
  static let references = Feature(
    capabilities: { _ in ["referencesProvider": true] },
    requests: [
      RequestHandler("textDocument/references") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let found = text.document.references(
          at: try text.offset(params),
          includingDeclaration: try params["context"]["includeDeclaration"].bool)
        return .array(found.compactMap { server.place($0, inFile: nil, of: text) })
      }
    ])

  /// The places of the name under the cursor, told apart by whether they give it a value.
  static let highlights = Feature(
    capabilities: { _ in ["documentHighlightProvider": true] },
    requests: [
      RequestHandler("textDocument/documentHighlight") {
        (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        return .array(
          text.document.highlights(at: try text.offset(params)).map {
            ["range": text.coordinates.json($0.span), "kind": $0.isWrite ? 3 : 2]
          })
      }
    ])

  /// Another name for the same thing.
  static let rename = Feature(
    capabilities: { client in
      ["renameProvider": client.preparesRename ? ["prepareProvider": true] : true]
    },
    requests: [
      RequestHandler("textDocument/prepareRename") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        guard let span = text.document.renameTarget(at: try text.offset(params)) else {
          return .null
        }
        return [
          "range": text.coordinates.json(span),
          "placeholder": .string(text.document.source.text(span)),
        ]
      },
      RequestHandler("textDocument/rename") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let name = try params["newName"].string
        switch text.document.rename(at: try text.offset(params), to: name) {
        case .success(let edits): return server.workspaceEdit(edits, of: text)
        case .failure(let error): throw ResponseError(.requestFailed, error.message)
        }
      },
    ])
}

extension Server {
  /// Edits of one text as the client takes them, bound to the version that they were made for
  /// where it can tell.
  func workspaceEdit(_ edits: [Edit], of text: ReadableText) -> JSON {
    let edits = JSON.array(edits.map { text.coordinates.edit($0.span, $0.replacement) })
    guard client.versionedEdits else {
      return ["changes": .object(JSON.Object([JSON.Member(text.address, edits)]))]
    }
    let version = text.open.map { JSON.number(Double($0.version)) } ?? .null
    return [
      "documentChanges": [
        ["textDocument": ["uri": .string(text.address), "version": version], "edits": edits]
      ]
    ]
  }
}
