import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// What a text declares.
  static let documentSymbols = Feature(
    capabilities: { _ in ["documentSymbolProvider": true] },
    requests: [
      RequestHandler("textDocument/documentSymbol") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        let symbols = text.document.symbols
        guard server.client.nestedSymbols else {
          return .array(symbols.flatMap { $0.flat(in: text, container: nil) { _ in true } })
        }
        return .array(symbols.map { $0.nested(text.coordinates) })
      }
    ])

  /// What all texts of the client's folders declare.
  static let workspaceSymbols = Feature(
    capabilities: { _ in ["workspaceSymbolProvider": true] },
    requests: [
      RequestHandler(
        "workspace/symbol",
        later: { (server, params, id) throws(ResponseError) in
          let query = Array(try params["query"].string.lowercased())
          let gathered = GatheredItems(
            PartialResult(server, token: params.json["partialResultToken"]))
          var left = mostSymbols
          server.scan(server.workspace.allTexts, for: id) { [unowned server] place in
            guard left > 0, server.workspace.mayDeclare(query, at: place) else { return }
            let found = server.workspace.text(at: place)?.symbols(matching: query).prefix(left)
            left -= found?.count ?? 0
            gathered.add(Array(found ?? [])) { $0 }
          } finish: {
            .array(gathered.items)
          }
          return nil
        })
    ])
}

/// No one reads a list of more; another letter of the query makes it shorter.
private let mostSymbols = 128

extension Workspace {
  /// Whether all letters of a query stand in a text at all: most texts are not worth an analysis.
  fileprivate func mayDeclare(_ query: [Character], at place: TextPlace) -> Bool {
    let letters = Set(query.compactMap(\.asciiValue))
    guard !letters.isEmpty, let source = source(at: place) else { return true }
    var missing = letters
    for byte in source.bytes {
      missing.remove(byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
      if missing.isEmpty { return true }
    }
    return false
  }
}

extension ReadableText {
  fileprivate func symbols(matching query: [Character]) -> [JSON] {
    document.symbols.flatMap { symbol in
      symbol.flat(in: self, container: nil) { $0.lowercased().contains(inOrder: query) }
    }
  }
}

extension String {
  /// Whether the letters stand in the text one after the other, others between them or not.
  fileprivate func contains(inOrder letters: [Character]) -> Bool {
    var rest = letters[...]
    for character in self where character == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}

extension Symbol {
  fileprivate func nested(_ coordinates: TextCoordinates) -> JSON {
    [
      "name": .string(name), "detail": .string(detail), "kind": .number(Double(kindNumber)),
      "range": coordinates.json(span), "selectionRange": coordinates.json(nameSpan),
      "children": .array(children.map { $0.nested(coordinates) }),
    ]
  }

  /// The symbol and those inside it, one after the other.
  fileprivate func flat(
    in text: ReadableText, container: String?, where isWanted: (String) -> Bool
  ) -> [JSON] {
    let inside = children.flatMap { $0.flat(in: text, container: name, where: isWanted) }
    guard isWanted(name) else { return inside }
    var own: JSON.Object = [
      "name": .string(name), "kind": .number(Double(kindNumber)),
      "location": ["uri": .string(text.address), "range": text.coordinates.json(nameSpan)],
    ]
    if let container { own["containerName"] = .string(container) }
    return [.object(own)] + inside
  }

  /// The protocol's number of the kind.
  private var kindNumber: Int {
    switch kind {
    case .file: 1
    case .function: 12
    case .variable: 13
    }
  }
}
